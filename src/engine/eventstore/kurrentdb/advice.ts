import { codeOf, isDenied, textOf } from './errors.js';

/** gRPC status code of a call without a valid user and password. */
const UNAUTHENTICATED = 16;

/** Why calls of the server fail, as far as the operator can do something about it. */
export type ServerFault = 'user' | 'rights' | 'noTls' | 'certificate' | 'hostName' | 'away';

/** Returns why a call of the server failed. */
export function faultOfServer(error: unknown): ServerFault {
  const text = textOf(error);
  if (codeOf(error) === UNAUTHENTICATED) return 'user';
  if (isDenied(error)) return 'rights';
  if (/wrong version number|packet length too long|EPROTO/i.test(text)) return 'noTls';
  if (/self[- ]signed|certificate|altname/i.test(text)) return 'certificate';
  return /name resolution|ENOTFOUND|EAI_AGAIN/i.test(text) ? 'hostName' : 'away';
}

/** Returns what the operator does about a failed call of the server. */
export function adviceOn(error: unknown): string {
  return ADVICE[faultOfServer(error)];
}

const ADVICE: Readonly<Record<ServerFault, string>> = {
  user: 'check the user and the password in LETOPIS_EVENT_STORE',
  rights:
    'the account in LETOPIS_EVENT_STORE must be allowed to read $all, and to read and write the streams of the chronicle; docs/cluster.md has the commands («Give the account its rights»)',
  noTls: 'the server speaks without TLS: add tls=false to LETOPIS_EVENT_STORE, or start the server with certificates',
  certificate:
    'the certificate of the server is not trusted: name the file of its authority with tlsCAFile=… in LETOPIS_EVENT_STORE, and the server as its certificate does',
  hostName: 'check the host name in LETOPIS_EVENT_STORE',
  away: 'check that it runs and can be reached, with TLS only if it has certificates (tls=false in LETOPIS_EVENT_STORE), and ask again',
};
