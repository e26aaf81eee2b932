/**
 * How fast events already written become read models, by the runner that the server follows the chronicle with. Beside
 * it the same events folded by the same `evolve` and put as documents into one SQLite table, a write for a document and
 * batch; and Emmett's consumer, which folds them likewise and puts a document for an event.
 */
import { join } from 'node:path';
import { district, sizeOf } from './lib/district/generate.js';
import { emmett } from './lib/emmett.js';
import { emmettProjection, filledEmmett } from './lib/emmettProjection.js';
import { inDirectory } from './lib/files.js';
import { interleaved, median, ratio } from './lib/measure.js';
import { costOfModels } from './lib/models.js';
import { numbers, optionsOf } from './lib/options.js';
import { profiled } from './lib/profile.js';
import { rawFold } from './lib/rawFold.js';
import { perSecond, progress, Report, times } from './lib/report.js';
import { openChronicle, projected } from './lib/runner.js';

const GOALS = { raw: 0.3, emmett: 20 };

const options = optionsOf({ events: { type: 'string', default: '10000' }, peer: { type: 'string', default: '3000' } });
const [wanted] = options.quick ? [2_000] : numbers(options.events);
const [peerEvents] = options.quick ? [300] : numbers(options.peer);

await inDirectory(options.dir, async (directory) => {
  const report = new Report('Projections');
  const { files } = await district(options.dir, sizeOf(wanted));
  const events = await openChronicle(files);
  let peer;
  try {
    if (emmett.missing) report.note(emmett.missing);
    else {
      progress(`projections: ${peerEvents} events into Emmett's store`);
      peer = await filledEmmett(join(directory, 'emmett.db'), events, peerEvents);
    }
    if (options.profile) {
      await profiled('Projections', () => projected(events, join(directory, 'profiled.db')));
      for (const [name, seconds] of Object.entries(await costOfModels(events, directory))) {
        report.figure(`cost of ${name}`, `${((seconds / wanted) * 1_000_000).toFixed(0)} µs an event`, '');
      }
    }
    const rates = await interleaved(options.rounds, {
      letopis: async (round) => {
        const rate = await projected(events, join(directory, `readmodels-${round}.db`));
        progress(`projections: round ${round + 1}, ${perSecond(rate, 'events')}`);
        return rate;
      },
      raw: (round) => rawFold(events, join(directory, `raw-${round}.db`)),
      ...(peer ? { peer: (round) => emmettProjection(peer, round) } : {}),
    });
    const own = median(rates.letopis);
    const against = (name) => `${perSecond(own, 'events')} against ${perSecond(median(rates[name]))}`;
    const share = ratio(rates.letopis, rates.raw);
    report.goal('raw folding', times(share), `≥ ${GOALS.raw}`, share >= GOALS.raw, against('raw'));
    if (peer) {
      const ahead = ratio(rates.letopis, rates.peer);
      report.goal('emmett', times(ahead), `≥ ${GOALS.emmett}`, ahead >= GOALS.emmett, against('peer'));
    }
    report.note(
      `${wanted} events of a generated district, ${options.rounds} rounds. Letopis writes seven read models with their ` +
        'indexes, an entry of the audit trail and one of the delta feed for each event among them; raw folding and ' +
        `Emmett write one document. Emmett takes the first ${peerEvents} events, a thousand at a time, without a pause.`,
    );
  } finally {
    await peer?.close();
    await events.close();
  }
  report.finish();
});
