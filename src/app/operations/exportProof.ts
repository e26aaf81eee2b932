import { proofPage } from '../../documents/printing/proofPage.js';
import { isOfPlan } from '../../domain/chronicle.js';
import { evolve } from '../../domain/evolve.js';
import { NO_PLAN, type Plan } from '../../domain/plan.js';
import { fromStore } from '../../domain/recorded.js';
import { type OnClose, withOpened } from '../../engine/closing.js';
import { narrowed } from '../../engine/eventstore/envelope.js';
import type { StoredEvent } from '../../engine/eventstore/port.js';
import { lookIntoChronicle } from '../../engine/eventstore/sqlite/look.js';
import { embedded } from '../../engine/log/bundle.js';
import type { PublicKeys } from '../../engine/log/checkpoint.js';
import { type ProvableLog, proofOfStream } from '../../engine/signing/transparencyLog.js';
import type { Config } from '../config.js';
import { filesIn } from '../dataDirectory.js';
import { EMBEDDED, openChronicle } from '../stores.js';
import { besideLog, openVerifiable } from '../verifiableStores.js';
import { OperationRefused } from './operation.js';

/** A proof as an HTML page, and the number of events in it. */
export interface ExportedProof {
  readonly page: string;
  readonly events: number;
}

/** A chronicle with its log, opened read-only. */
interface ProofSource {
  readonly log: ProvableLog & { publicKeys(): Promise<PublicKeys | undefined> | PublicKeys | undefined };
  stream(name: string): Promise<readonly StoredEvent[]> | readonly StoredEvent[];
}

/**
 * Returns the whole history of a plan with inclusion proofs, read from the configured chronicle. A server may run.
 *
 * @throws OperationRefused when the plan does not exist, or its last events are not signed yet; EventStoreUnavailable,
 * ReadStoreUnavailable.
 */
export async function exportProof(config: Config, planId: string): Promise<ExportedProof> {
  return withOpened(async (onClose) => {
    const source = await openProofSource(config, onClose);
    const stream = `plan-${planId}`;
    const events = await source.stream(stream);
    const [first] = events;
    if (!first)
      throw new OperationRefused({
        ru: 'такого плана нет: номера, названия и id печатает letopis plans',
        en: 'there is no such plan: `letopis plans` prints numbers, titles and ids',
      });
    const keys = await source.log.publicKeys();
    const bundle = keys && (await proofOfStream(source.log, keys, stream, events));
    if (!bundle) {
      throw new OperationRefused({
        ru: 'последние события этого плана ещё не подписаны: работающий сервер подписывает их за секунду; запустите сервер и повторите',
        en: 'the last events of this plan are not signed yet: a running server signs them within a second; start the server and try again',
      });
    }
    const page = proofPage({
      title: titleOf(events),
      events: events.length,
      firstAt: fromStore(first).recordedAt,
      lastAt: fromStore(events.at(-1) ?? first).recordedAt,
      checkpoint: bundle.checkpoint,
      key: bundle.keys.log,
      element: embedded(bundle),
    });
    return { page, events: events.length };
  });
}

async function openProofSource(config: Config, onClose: OnClose): Promise<ProofSource> {
  const files = filesIn(config.LETOPIS_DATA);
  if (config.LETOPIS_EVENT_STORE === EMBEDDED) {
    const look = await lookIntoChronicle(files.chronicle);
    onClose(() => look.close());
    look.freeze();
    return look;
  }
  const store = await openChronicle(config, files, { mustExist: true });
  onClose(() => store.close());
  const log = await besideLog(await openVerifiable(config, files, onClose), files);
  return { log, stream: (name) => store.readStream(name) };
}

function titleOf(events: readonly StoredEvent[]): string {
  const plan = events.reduce<Plan>(
    (state, stored) => evolve(state, narrowed(fromStore(stored), isOfPlan).event),
    NO_PLAN,
  );
  return plan.status === 'ABSENT' ? '' : plan.details.title;
}
