import type { Given } from '../../src/domain/actor.js';
import type { ChronicleEvent } from '../../src/domain/chronicle.js';
import { presentVersion } from '../../src/domain/recorded.js';
import { derivedId, toStore } from '../../src/engine/eventstore/envelope.js';
import type { NewEvent } from '../../src/engine/eventstore/port.js';
import { NO_HASH } from '../../src/engine/log/merkle.js';

const UNSEALED = { subject: 'somebody', sealed: '' };

/** The place of a test event, and its command. */
export interface Place {
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: string;
  readonly command: string;
}

/** Returns a stored event that no command handler made and that names no previous event. */
export function storedBy(
  event: ChronicleEvent,
  { stream, revision, recordedAt, command }: Place,
  { actor, reason, basis, effectiveOn }: Given,
): NewEvent {
  return toStore(
    {
      id: derivedId(`${stream}/${revision}`),
      schemaVersion: presentVersion(event.type),
      stream,
      recordedAt,
      actor: { ...actor, name: UNSEALED },
      onBehalfOf: null,
      ...{ reason, basis, effectiveOn },
      commandId: derivedId(`command/${command}`),
      fingerprint: '',
      correlationId: '',
      causationId: null,
      client: UNSEALED,
      event,
    },
    NO_HASH,
  );
}
