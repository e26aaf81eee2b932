import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { cutText } from '../engine/readable.js';
import { EmbeddedAddresses } from './embedded.js';

/** Timeout of a call, in milliseconds. */
const WEBHOOK_TIMEOUT_MS = 10_000;
/** Length of the part of a response that is kept for the error message, in characters. */
const MAX_KEPT_RESPONSE = 500;

/** The outcome of a call. */
export type Called =
  | { readonly kind: 'delivered'; readonly status: number }
  | { readonly kind: 'failed'; readonly status: number | null; readonly error: string };

/** Calls webhooks. Addresses of internal networks are blocked unless they are allowed. */
export class WebhookClient {
  readonly #agents;
  readonly #embedded: EmbeddedAddresses;

  /** @param internal addresses and CIDR ranges of internal networks that may be called. */
  constructor(private readonly internal: readonly string[]) {
    const options = { allowIPAddressList: [...internal], keepAlive: false };
    this.#embedded = new EmbeddedAddresses(internal);
    this.#agents = {
      http: new RequestFilteringHttpAgent({ ...options, denyIPAddressList: ['0.0.0.0/0', '::/0'] }),
      https: new RequestFilteringHttpsAgent(options),
    };
  }

  /** Returns true when a URL may be called: https, or http if internal addresses are allowed. */
  mayCall(url: string): boolean {
    return url.startsWith('https:') || (url.startsWith('http:') && this.internal.length > 0);
  }

  /** Sends a body and returns the outcome. Does not follow redirects. Never rejects. */
  async post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Called> {
    try {
      const isSecure = url.startsWith('https:');
      if (!this.mayCall(url)) throw new Error('http:// is for internal addresses that are allowed');
      const refused = this.#embedded.refusal(new URL(url).hostname.replace(/^\[|\]$/g, ''));
      if (refused) throw refused;
      const request = (isSecure ? https : http).request(url, {
        method: 'POST',
        lookup: this.#embedded.lookup,
        agent: isSecure ? this.#agents.https : this.#agents.http,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
      });
      request.end(body);
      const [response]: http.IncomingMessage[] = await once(request, 'response');
      if (!response) throw new Error('no answer');
      const status = response.statusCode ?? 0;
      const said = await beginningOf(response);
      if (status >= 200 && status < 300) return { kind: 'delivered', status };
      return { kind: 'failed', status, error: `HTTP ${status}${said === '' ? '' : `: ${said}`}` };
    } catch (error) {
      return { kind: 'failed', status: null, error: errorText(error) };
    }
  }
}

async function beginningOf(response: http.IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const part of response) {
    text += String(part);
    if (text.length > MAX_KEPT_RESPONSE) break;
  }
  response.destroy();
  return cutText(text, MAX_KEPT_RESPONSE).replaceAll(/\s+/g, ' ').trim();
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `no answer within ${WEBHOOK_TIMEOUT_MS / 1_000} s`;
  // The message of the request filter about the blocked address.
  const internal = error.message.includes('is not allowed')
    ? /^DNS lookup ([^\s(]+)\(/.exec(error.message)?.[1]
    : undefined;
  if (internal !== undefined) {
    return `${internal} is an address of an internal network, which is not allowed: add it to LETOPIS_WEBHOOK_INTERNAL to allow it`;
  }
  return cutText(error.message, MAX_KEPT_RESPONSE);
}
