import { MalformedNote, type NoteVerifier, witnessFrom } from '../../engine/log/note.js';
import { ADD_CHECKPOINT } from '../../engine/log/witnessProtocol.js';
import type { OutsideWitness } from '../../engine/signing/cosigning.js';

/** Timeout of a request, in milliseconds. */
const WITNESS_TIMEOUT_MS = 10_000;

/** Longest response that is accepted, in bytes. A response has a few lines. */
const MAX_WITNESS_ANSWER = 64_000;

/** A configured witness: its key, and the address to which checkpoints are sent. */
export interface WitnessSetting {
  readonly key: NoteVerifier;
  readonly url: string;
}

/** Parses the setting of a witness, `name+id+key https://address`. Returns undefined when the text is not one. */
export function witnessSetting(text: string): WitnessSetting | undefined {
  const [key = '', url = '', ...rest] = text.split(/\s+/);
  if (rest.length > 0 || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return undefined;
  try {
    return { key: witnessFrom(key), url: withoutTrailingSlashes(url) };
  } catch (error) {
    if (error instanceof MalformedNote) return undefined;
    throw error;
  }
}

/** Returns a client for a witness, by the C2SP tlog-witness protocol over HTTP. */
export function outsideWitness({ key, url }: WitnessSetting): OutsideWitness {
  return {
    key,
    async ask(body) {
      const signal = AbortSignal.timeout(WITNESS_TIMEOUT_MS);
      const answer = await fetch(url + ADD_CHECKPOINT, { method: 'POST', body, signal, redirect: 'error' });
      return { status: answer.status, body: await responseText(answer) };
    },
  };
}

async function responseText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > MAX_WITNESS_ANSWER) throw new MalformedNote('the response of the witness is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function withoutTrailingSlashes(url: string): string {
  let end = url.length;
  while (url.charAt(end - 1) === '/') end -= 1;
  return url.slice(0, end);
}
