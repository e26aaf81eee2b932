import type { Logger } from 'pino';
import type { LocalDate } from '../../domain/dates.js';
import type { LegalGround, PersonEvent } from '../../domain/person/events.js';
import type { ForgottenPerson } from '../../domain/person/person.js';
import { fromStore } from '../../domain/recorded.js';
import { refuse } from '../../domain/refusal.js';
import { batchesOf } from '../../engine/eventstore/batches.js';
import type { EventStore } from '../../engine/eventstore/port.js';
import type { Vault } from '../../engine/vault/vault.js';
import type { CommandHandlers, CommandOutcome, CommandRequest } from '../commands.js';
import { isNamedIn } from './surnames.js';
import { type PersonSearch, type TraceSources, type Traces, tracesOf } from './traces.js';

/** Dependencies of forgetting a person. */
export interface ForgettingSources extends TraceSources {
  readonly events: EventStore;
  readonly forgotten: ForgottenList;
  readonly persons: Pick<CommandHandlers['persons'], 'handle'>;
}

/**
 * The list of forgotten persons, by data subject. It is not part of backups: keys that are restored from a backup are
 * destroyed again.
 */
export interface ForgottenList {
  /** Returns all data subjects of the list. */
  all(): Promise<ReadonlySet<string>>;
  /** Adds a data subject. Resolves when it is durable. */
  add(subject: string): Promise<void>;
}

/** A request to forget a person, with the legal ground and the circumstances of a command. */
export interface ForgetRequest extends Omit<CommandRequest, 'id' | 'payload' | 'command'> {
  readonly sought: PersonSearch;
  readonly ground: LegalGround;
  readonly requestedOn: LocalDate | null;
  readonly despiteRetention: boolean;
}

/** The result, with the traces from before: afterwards mentions in free texts can no longer be found by the name. */
export interface ForgetOutcome {
  readonly result: CommandOutcome<ForgottenPerson, PersonEvent>;
  readonly traces: Traces;
}

/**
 * Forgets a person. The event is recorded first, then the key is destroyed: after a crash in between, the next start
 * destroys it.
 *
 * @throws VaultUnavailable if the event was recorded but the key was not destroyed: repeat with the same commandId.
 */
export async function forgetPerson(sources: ForgettingSources, request: ForgetRequest): Promise<ForgetOutcome> {
  const { vault, persons, forgotten } = sources;
  const { sought, ground, requestedOn, despiteRetention, ...circumstances } = request;
  const { reason, basis, commandId } = circumstances;
  const traces = await tracesOf(sources, sought);
  const id = traces.subject ?? (await forgottenBy(sources.events, commandId)) ?? '';
  if (id === '') return { result: { id, ...refuse('PERSON_NOT_FOUND', 'person') }, traces };
  const document = basis?.kind === 'document' ? basis.document : null;
  const said = [reason, document?.issuer, document?.number].join(' ');
  const isKnown = await vault.holds(id);
  const result = await persons.handle({
    ...circumstances,
    id,
    // The name only as a keyed hash, so that a repeat for another person differs from one for the same person.
    payload: { ground, requestedOn, despiteRetention, sought: vault.fingerprint(JSON.stringify(sought)) },
    command: () => ({
      type: 'forgetPerson',
      ground,
      requestedOn,
      despiteRetention,
      isKnown,
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
 * Returns the data subject that a command has forgotten. A repeat of the command cannot find the person by name,
 * because the name is erased.
 */
async function forgottenBy(events: EventStore, commandId: string | null): Promise<string | undefined> {
  if (commandId === null) return undefined;
  for await (const batch of batchesOf(events, FORGOTTEN)) {
    const found = batch.events.find((event) => fromStore(event).commandId === commandId);
    if (found) return found.stream.slice(FORGOTTEN.streamPrefixes[0].length);
  }
  return undefined;
}

const FORGOTTEN = { streamPrefixes: ['subject-'], types: ['PersonForgotten'] } as const;

/**
 * Destroys existing keys of forgotten persons: after a crash during {@link forgetPerson}, and after the chronicle or
 * the keys were restored from an older backup.
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
  for await (const batch of batchesOf(events, FORGOTTEN)) {
    for (const { stream } of batch.events) {
      const subject = stream.slice(FORGOTTEN.streamPrefixes[0].length);
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
