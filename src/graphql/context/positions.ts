import { type NativePosition, NOT_RETURNED, type StoredEvent } from '../../engine/eventstore/port.js';
import { InvalidPosition, knownPosition, positionToken, positionTokenAt } from '../../engine/eventstore/position.js';
import { apiError } from '../errors.js';
import type { ContextServices } from '../services.js';

/** Converts positions of the event store to position tokens, the form that clients know, and back. */
export class PositionTokens {
  constructor(private readonly services: Pick<ContextServices, 'events' | 'runner'>) {}

  /**
   * Returns the native position of a token.
   *
   * @throws GraphQLError BAD_POSITION for a position that this event store does not have.
   */
  async native(token: string): Promise<NativePosition> {
    const { events, runner } = this.services;
    try {
      return await knownPosition(events, token, runner.position);
    } catch (error) {
      if (error instanceof InvalidPosition) throw apiError('BAD_POSITION', error.message, { problem: error.problem });
      throw error;
    }
  }

  /** Returns the token of a position. Reads the event at the position from the event store. */
  async tokenAt(position: NativePosition): Promise<string> {
    const { events } = this.services;
    // A token without the id of the event is checked less, but creating it does not wait for an unavailable store.
    return events.known().awaySince === undefined ? positionTokenAt(events, position) : positionToken(events, position);
  }

  /** Returns the token of an event. Reads the event from the store if its position is not known yet. */
  tokenOf(event: Pick<StoredEvent, 'stream' | 'revision' | 'position' | 'id'>): string | Promise<string> {
    const { stream, revision, position, id } = event;
    if (position !== NOT_RETURNED) return this.token(position, id);
    return this.services.events
      .readStream(stream, { from: revision, limit: 1 })
      .then(([stored]) => this.token(stored?.position ?? position, id));
  }

  /** Returns the token of a position whose event id is known. */
  token(position: NativePosition, eventId: string): string {
    return positionToken(this.services.events, position, eventId);
  }
}
