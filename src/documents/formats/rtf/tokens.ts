/** A part of an RTF file; the format is that of «Rich Text Format Specification 1.9.1». */
export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** A control word or symbol, such as `par`, `~` or `*`, with its numeric parameter. */
  | { readonly kind: 'word'; readonly word: string; readonly number: number | null }
  /** Bytes of text in the encoding that is in force. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

const [OPEN, CLOSE, BACKSLASH, QUOTE] = [0x7b, 0x7d, 0x5c, 0x27];
const [NEW_LINE, RETURN, SPACE, MINUS] = [0x0a, 0x0d, 0x20, 0x2d];

/** Yields the tokens of an RTF file. Bytes that follow `\bin` are skipped. Never throws: every file has tokens. */
export function* rtfTokens(file: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < file.length) {
    const byte = file[at];
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? 'open' : 'close' };
      at += 1;
    } else if (byte === NEW_LINE || byte === RETURN || byte === 0) {
      at += 1;
    } else if (byte === BACKSLASH) {
      const control = controlAt(file, at + 1);
      at = control.end;
      yield control.token;
    } else {
      const end = endOfText(file, at);
      yield { kind: 'bytes', bytes: file.subarray(at, end) };
      at = end;
    }
  }
}

function controlAt(file: Uint8Array, start: number): { readonly token: RtfToken; readonly end: number } {
  const first = file[start];
  if (first === QUOTE) {
    const code = Number.parseInt(latin(file, start + 1, start + 3), 16);
    return { token: { kind: 'bytes', bytes: Uint8Array.of(Number.isNaN(code) ? SPACE : code) }, end: start + 3 };
  }
  if (!isLetter(first)) {
    // A line break after a backslash is a paragraph mark.
    const isBreak = first === NEW_LINE || first === RETURN;
    const word = isBreak ? 'par' : latin(file, start, start + 1);
    return { token: { kind: 'word', word, number: null }, end: start + 1 };
  }
  const wordEnd = endWhile(file, start, isLetter);
  const digits = wordEnd + (file[wordEnd] === MINUS ? 1 : 0);
  const numberEnd = endWhile(file, digits, isDigit);
  const number = numberEnd > digits ? Number(latin(file, wordEnd, numberEnd)) : null;
  const last = number === null ? wordEnd : numberEnd;
  const end = last + (file[last] === SPACE ? 1 : 0);
  const word = latin(file, start, wordEnd);
  return { token: { kind: 'word', word, number }, end: word === 'bin' ? end + Math.max(0, number ?? 0) : end };
}

function endOfText(file: Uint8Array, start: number): number {
  return endWhile(
    file,
    start,
    (byte) => byte !== OPEN && byte !== CLOSE && byte !== BACKSLASH && byte !== NEW_LINE && byte !== RETURN,
  );
}

function endWhile(file: Uint8Array, start: number, holds: (byte: number | undefined) => boolean): number {
  let end = start;
  while (end < file.length && holds(file[end])) end += 1;
  return end;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function latin(file: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...file.subarray(start, Math.min(end, start + 40)));
}
