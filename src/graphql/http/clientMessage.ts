import type { Shared } from './sinks.js';

/** Maximum length of the messages that began the open operations of a connection, in characters. */
const MAX_OPEN = 1_000_000;

/**
 * A message of a client. It counts as being handled until its operation is open or has ended: an open subscription must
 * not stop the server from reading. The text of the message stays in memory until the operation ends, so there is a
 * second limit for it.
 */
export class ClientMessage {
  readonly #handled: () => void;
  #reserved = 0;

  constructor(
    private readonly characters: number,
    private readonly shared: Shared,
  ) {
    this.#handled = shared.watched.handling(characters);
  }

  /** Reserves memory for the operation of the message. Returns an error if the connection has too much already. */
  reserve(): string | undefined {
    if (this.shared.characters + this.characters > MAX_OPEN) {
      return `The operations of a connection have at most ${MAX_OPEN} characters in their messages.`;
    }
    this.#reserved = this.characters;
    this.shared.characters += this.#reserved;
    return undefined;
  }

  /** Call it when the operation of the message is open. */
  opened(): void {
    this.#handled();
  }

  /** Call it once: when the operation of the message has ended, or the message without an operation was handled. */
  ended(): void {
    this.#handled();
    this.shared.characters -= this.#reserved;
  }
}
