import type { QuotaUnit } from '../schedule.js';
import type { Token } from './tokens.js';

/** A place in a list of tokens, from which a rule reads what it knows and leaves the rest. */
export class Cursor {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** True when nothing is left. */
  get done(): boolean {
    return this.#at >= this.tokens.length;
  }

  /** The next token when it is of this kind. */
  take<K extends Token['kind']>(kind: K): Extract<Token, { kind: K }> | undefined {
    const token = this.tokens[this.#at];
    if (token === undefined || !isKind(token, kind)) return undefined;
    this.#at += 1;
    return token;
  }

  /** True when the next words are these; each may name several forms, split by `|`. */
  words(...forms: readonly string[]): boolean {
    const match = forms.every((form, index) => {
      const token = this.tokens[this.#at + index];
      return token?.kind === 'word' && form.split('|').includes(token.word);
    });
    if (match) this.#at += forms.length;
    return match;
  }

  /** The next word when it is of this form. */
  word(form: RegExp): string | undefined {
    const token = this.tokens[this.#at];
    if (token?.kind !== 'word' || !form.test(token.word)) return undefined;
    this.#at += 1;
    return token.word;
  }

  /** The next unit when it is one of these. */
  unit<U extends QuotaUnit>(...units: readonly U[]): U | undefined {
    const token = this.tokens[this.#at];
    const found = token?.kind === 'unit' ? units.find((unit) => unit === token.unit) : undefined;
    if (found !== undefined) this.#at += 1;
    return found;
  }

  /** The next number, with or without the ending of an ordinal. */
  count(): number | undefined {
    return (this.take('number') ?? this.take('ordinal'))?.value;
  }

  /** True when another one of a list follows: a comma, or «и». */
  another(): boolean {
    return this.take('comma') !== undefined || this.words('и');
  }

  /** Takes all that is left. */
  rest(): readonly Token[] {
    const left = this.tokens.slice(this.#at);
    this.#at = this.tokens.length;
    return left;
  }

  /** True when the next tokens are as `read` says; when not, the place is as before. */
  holds(read: (cursor: Cursor) => boolean): boolean {
    return this.attempt((at) => read(at) || undefined) ?? false;
  }

  /** What `read` finds; when it finds nothing the place is as before. */
  attempt<T>(read: (cursor: Cursor) => T | undefined): T | undefined {
    const start = this.#at;
    const found = read(this);
    if (found === undefined) this.#at = start;
    return found;
  }
}

function isKind<K extends Token['kind']>(token: Token, kind: K): token is Extract<Token, { kind: K }> {
  return token.kind === kind;
}
