import type { Logger } from 'pino';
import type { LocalDate } from '../../domain/dates.js';
import type { LegalGround, PersonEvent } from '../../domain/person/events.js';
import type { ForgottenPerson } from '../../domain/person/person.js';
import { refuse } from '../../domain/refusal.js';
import { batchesOf } from '../../eventstore/batches.js';
import type { EventStore } from '../../eventstore/port.js';
import type { Vault } from '../../vault/vault.js';
import type { CommandHandlers, CommandRequest, CommandResult } from '../handler.js';
import { isNamedIn } from './surnames.js';
import { type Sought, type TraceSources, type Traces, tracesOf } from './traces.js';

/** What is needed to forget a person. */
export interface ForgettingSources extends TraceSources {
  readonly forgotten: ForgottenList;
  readonly persons: Pick<CommandHandlers['persons'], 'handle'>;
}

/** Whom this place has forgotten, by their subjects. It stands apart from backups: what comes back with one is destroyed again. */
export interface ForgottenList {
  all(): Promise<ReadonlySet<string>>;
  /** Returns once it is durable. */
  add(subject: string): Promise<void>;
}

/** Who is to be forgotten, and why, with the circumstances of any command. */
export interface ForgetRequest extends Omit<CommandRequest, 'id' | 'payload' | 'command'> {
  readonly sought: Sought;
  readonly ground: LegalGround;
  readonly requestedOn: LocalDate | null;
  readonly despiteRetention: boolean;
}

/** What came of it, with the traces as they were before: what is named in free texts cannot be found any more. */
export interface ForgetOutcome {
  readonly result: CommandResult<ForgottenPerson, PersonEvent>;
  readonly traces: Traces;
}

/**
 * Erases a person: it is recorded first, then the key is destroyed, so that an end in between is made good at the next start.
 *
 * @throws VaultUnavailable when it is recorded and the key could not be destroyed: repeat it with the same commandId.
 */
export async function forgetPerson(sources: ForgettingSources, request: ForgetRequest): Promise<ForgetOutcome> {
  const { vault, persons, forgotten } = sources;
  const { sought, ground, requestedOn, despiteRetention, ...circumstances } = request;
  const { reason, basis } = circumstances;
  const traces = await tracesOf(sources, sought);
  const id = traces.subject ?? '';
  if (traces.subject === null) return { result: { id, ...refuse('PERSON_NOT_FOUND', 'person') }, traces };
  const document = basis?.kind === 'document' ? basis.document : null;
  const said = [reason, document?.issuer, document?.number].join(' ');
  const isKnown = await vault.holds(id);
  const result = await persons.handle({
    ...circumstances,
    id,
    payload: { ground, requestedOn, despiteRetention },
    command: () => ({
      type: 'forgetPerson',
      ...{ ground, requestedOn, despiteRetention, isKnown },
      isNamedHere: traces.name !== null && isNamedIn(traces.name, said),
      apiKeys: traces.apiKeys.filter(({ isSame }) => isSame).length,
      retainedPlans: traces.plans.filter(({ isRetained }) => isRetained).length,
    }),
  });
  const isRecorded = result.kind === 'done' || result.refusal.code === 'PERSON_FORGOTTEN';
  if (isRecorded) {
    await forgotten.add(id);
    await vault.forget(id);
  }
  return { result, traces };
}

/**
 * Destroys the keys of all who were forgotten as far as they are there: after an end in the middle of forgetting, and after a
 * chronicle or keys were put back from an older backup, which knows nothing of it.
 */
export async function keepForgotten(
  events: EventStore,
  vault: Vault,
  forgotten: ForgottenList,
  log: Logger,
): Promise<void> {
  const listed = await forgotten.all();
  for (const subject of listed) await destroyed(subject, vault, log);
  const kinds = await events.kinds();
  if (!kinds.some(({ type }) => type === 'PersonForgotten')) return;
  const filter = { streamPrefixes: ['subject-'], types: ['PersonForgotten'] };
  for await (const batch of batchesOf(events, filter)) {
    for (const { stream } of batch.events) {
      const subject = stream.slice('subject-'.length);
      if (!listed.has(subject)) await forgotten.add(subject);
      await destroyed(subject, vault, log);
    }
  }
}

async function destroyed(subject: string, vault: Vault, log: Logger): Promise<void> {
  const isThere = await vault.holds(subject);
  if (!isThere && vault.isErased(subject)) return;
  await vault.forget(subject);
  if (isThere) log.warn({ subject }, 'the key of a forgotten person was there again and is destroyed');
}
