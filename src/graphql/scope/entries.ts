import { START, type StoredEvent } from '../../engine/eventstore/port.js';
import type { Context } from '../context.js';
import { unscoped } from './unscoped.js';

/**
 * Returns the stored event of an audit entry that the caller may see. It is found by the audit trail. If the audit
 * trail is behind, a caller with an unrestricted scope gets it by its id.
 */
export async function storedEntry(context: Context, id: string): Promise<StoredEvent | undefined> {
  const { events } = unscoped(context);
  const body = await context.loaders.entry.load(id);
  if (!body && context.scope !== null) return undefined;
  const stored = body
    ? await events.eventAt(body.recorded.position)
    : await events.eventOf(id, { engine: events.engine, position: START });
  return stored?.id === id ? stored : undefined;
}
