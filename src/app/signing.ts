import type { Logger } from 'pino';
import { BY_SYSTEM, type CommandHandlers } from '../application/commands.js';
import { logProblemText } from '../application/logProblems.js';
import type { LogCommand } from '../domain/log/keys.js';
import { type EventLog, type EventStore, type NativePosition, START } from '../engine/eventstore/port.js';
import { anchorEmpty, Checkpointer, LogNotAcceptable } from '../engine/signing/checkpointing.js';
import { Cosigning } from '../engine/signing/cosigning.js';
import { checkOutgoingKey, type LogKeyring, logKeyring } from '../engine/signing/logKeys.js';
import type { WorkerObserver } from '../engine/workers/supervisor.js';
import type { Config } from './config.js';
import type { OpenedStores } from './opened.js';
import { outsideWitness, witnessSetting } from './witness/outside.js';

/** Dependencies of signing and cosigning the log. */
export interface SigningParts {
  readonly config: Config;
  readonly kept: Pick<OpenedStores, 'vault' | 'anchors'>;
  readonly events: EventStore;
  readonly eventLog: EventLog;
  readonly handler: CommandHandlers['log'];
  readonly logger: Logger;
  readonly observer: WorkerObserver;
  /** Returns true while this process maintains and signs the log. */
  readonly isMine: () => boolean;
}

/** Returns the keys that sign the log: those of the configuration, or keys derived from the secret of the vault. */
export function configuredLogKeys({
  config,
  kept,
  events,
}: Pick<SigningParts, 'config' | 'kept' | 'events'>): LogKeyring {
  return logKeyring(events.chronicleId, kept.vault, {
    log: config.LETOPIS_LOG_KEY,
    before: config.LETOPIS_LOG_KEY_BEFORE,
  });
}

/**
 * Starts to sign the log.
 *
 * @throws LogKeyMissing when the key that signed the log is not available to hand over to the configured one.
 */
export async function startSigning(parts: SigningParts): Promise<Checkpointer> {
  const { kept, events, eventLog, handler, logger, observer, isMine } = parts;
  const { vault, anchors } = kept;
  const keys = configuredLogKeys(parts);
  const standing = {
    log: eventLog,
    head: () => events.head(),
    anchors,
    keys,
    secret: vault.secretFor('log anchor'),
  };
  await anchorEmpty(standing);
  await checkOutgoingKey(eventLog, anchors, keys);
  const record = (command: LogCommand, reason: string | null) => recorded(handler, events, command, reason);
  return new Checkpointer({
    ...standing,
    logger,
    observer,
    isMine,
    problemText: logProblemText,
    rotate: (key, previous) => record({ type: 'rotateLogKey', key, previous }, null),
    accept: (what, reason) => record({ type: 'acceptLog', ...what }, reason),
  });
}

/** Starts to request cosignatures from the configured witnesses. Returns undefined when there are none. */
export function startCosigning({ config, eventLog, logger, observer, isMine }: SigningParts): Cosigning | undefined {
  const witnesses = config.LETOPIS_WITNESSES.flatMap((text) => witnessSetting(text) ?? []).map(outsideWitness);
  if (witnesses.length === 0) return undefined;
  // The default quorum is all witnesses.
  const quorum = config.LETOPIS_WITNESS_QUORUM || witnesses.length;
  return new Cosigning({ log: eventLog, witnesses, quorum, logger, observer, isMine });
}

/** Records an event of the stream `log` and returns its position. */
async function recorded(
  handler: CommandHandlers['log'],
  events: EventStore,
  command: LogCommand,
  reason: string | null,
): Promise<NativePosition> {
  const { type: _, ...payload } = command;
  const { kind } = await handler.handle({
    ...BY_SYSTEM,
    id: '',
    reason,
    payload,
    command: () => command,
  });
  if (kind === 'refused' && command.type === 'acceptLog') {
    throw new LogNotAcceptable('another process recorded an event of the log at the same time: try again');
  }
  const [last] = await events.readStream('log', { direction: 'backwards', limit: 1 });
  return last?.position ?? START;
}
