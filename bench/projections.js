/**
 * Measures how fast stored events become read models with the server's runner: into empty read models, and when it
 * follows. Compares with folding the same events with the same `evolve` into records of one SQLite table, one write per
 * record and batch, and with Emmett's consumer, which folds the same way and writes one record per event.
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
    if (options.profile) await profile(report, events, directory);
    const ways = { 'empty read models': false, 'following the chronicle': true };
    const own = (name, following) => async (round) => {
      const { rate, documents } = await projected(events, join(directory, `${name}-${round}.db`), { following });
      progress(`projections: round ${round + 1}, ${name}, ${perSecond(rate, 'events')}`);
      counts.letopis = documents;
      return rate;
    };
    const counts = {};
    const rates = await interleaved(options.rounds, {
      ...Object.fromEntries(Object.entries(ways).map(([name, following]) => [name, own(name, following)])),
      raw: async (round) => {
        const { rate, documents } = await rawFold(events, join(directory, `raw-${round}.db`));
        counts.raw = documents;
        return rate;
      },
      ...(peer ? { emmett: (round) => emmettProjection(peer, round) } : {}),
    });
    const against = (name, other, goal) => {
      const share = ratio(rates[name], rates[other]);
      const absolutes = `${perSecond(median(rates[name]), 'events')} against ${perSecond(median(rates[other]))}`;
      report.goal(`${name}: ${other}`, times(share), `≥ ${goal}`, share >= goal, absolutes);
    };
    for (const name of Object.keys(ways)) {
      against(name, 'raw', GOALS.raw);
      if (peer) against(name, 'emmett', GOALS.emmett);
    }
    const perDocument = (name, of) => (median(rates[name]) * counts[of]) / wanted;
    report.figure(
      'empty read models: raw, records per second',
      times(perDocument('empty read models', 'letopis') / perDocument('raw', 'raw')),
      `${counts.letopis} records against ${counts.raw}`,
    );
    if (peer) {
      report.figure(
        'empty read models: emmett, records per second',
        times(perDocument('empty read models', 'letopis') / median(rates.emmett)),
        'Emmett writes one per event',
      );
    }
    report.note(
      `${wanted} events of a generated district, ${options.rounds} rounds. Empty read models are filled plan by plan; ` +
        'when following, the runner takes a thousand events at a time in the order of the event store. Letopis writes seven read models ' +
        'with their indexes, including an entry of the audit trail and one of the delta feed for each event; raw folding and ' +
        `Emmett write one record. Emmett takes the first ${peerEvents} events, a thousand at a time, without a pause.`,
    );
  } finally {
    await peer?.close();
    await events.close();
  }
  report.finish();
});

/** Profiles both ways, and measures the cost of each read model. */
async function profile(report, events, directory) {
  for (const [name, following] of [
    ['Empty read models', false],
    ['Following', true],
  ]) {
    await profiled(name, () => projected(events, join(directory, `profiled-${following}.db`), { following }));
  }
  for (const [name, seconds] of Object.entries(await costOfModels(events, directory))) {
    report.figure(`cost of ${name}`, `${((seconds / wanted) * 1_000_000).toFixed(0)} µs an event`, '');
  }
}
