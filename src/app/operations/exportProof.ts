import { proofPage } from '../../documents/printing/proofPage.js';
import { isOfPlan } from '../../domain/chronicle.js';
import { evolve } from '../../domain/evolve.js';
import { NO_PLAN, type Plan } from '../../domain/plan.js';
import { fromStore } from '../../domain/recorded.js';
import { narrowed } from '../../engine/eventstore/envelope.js';
import type { StoredEvent } from '../../engine/eventstore/port.js';
import { lookIntoChronicle } from '../../engine/eventstore/sqlite/look.js';
import { BUNDLE_FORMAT, embedded, type ProofBundle } from '../../engine/log/bundle.js';
import { parseCheckpoint } from '../../engine/log/checkpoint.js';
import { inclusionProof } from '../../engine/log/merkle.js';
import { subtreesIn } from '../../engine/log/tiles.js';
import { OperationRefused } from './operation.js';

/** A proof as an HTML page, and the number of events in it. */
export interface ExportedProof {
  readonly page: string;
  readonly events: number;
}

/**
 * Returns the whole history of a plan with inclusion proofs, read from the file of the chronicle. A server may run.
 *
 * @throws OperationRefused when the plan does not exist, or its last events are not signed yet.
 */
export async function exportProof(chronicle: string, planId: string): Promise<ExportedProof> {
  const look = await lookIntoChronicle(chronicle);
  try {
    look.freeze();
    const { log } = look;
    const stream = `plan-${planId}`;
    const events = look.stream(stream);
    const [first, last] = [events[0], events.at(-1)];
    if (!first || !last) throw new OperationRefused('there is no such plan: give its id from the API, plan_…');
    const [checkpoint, keys] = [log.lastCheckpoint(), log.publicKeys()];
    const size = checkpoint === undefined ? 0 : parseCheckpoint(checkpoint).size;
    if (checkpoint === undefined || !keys || size <= log.indexOf(last.position)) {
      throw new OperationRefused(
        'the last events of this plan are not signed yet: a running server signs them within a second; start the server and try again',
      );
    }
    const subtrees = subtreesIn(log);
    const bundle: ProofBundle = {
      ...{ format: BUNDLE_FORMAT, stream, keys, checkpoint },
      entries: events.map(({ position, body }) => {
        const index = log.indexOf(position);
        const proof = inclusionProof(index, size, subtrees).map((hash) => hash.toString('base64'));
        return { index, entry: body, proof };
      }),
    };
    const page = proofPage({
      title: titleOf(events),
      events: events.length,
      firstAt: fromStore(first).recordedAt,
      lastAt: fromStore(last).recordedAt,
      checkpoint,
      key: keys.log,
      element: embedded(bundle),
    });
    return { page, events: events.length };
  } finally {
    look.close();
  }
}

function titleOf(events: readonly StoredEvent[]): string {
  const plan = events.reduce<Plan>(
    (state, stored) => evolve(state, narrowed(fromStore(stored), isOfPlan).event),
    NO_PLAN,
  );
  return plan.status === 'ABSENT' ? '' : plan.details.title;
}
