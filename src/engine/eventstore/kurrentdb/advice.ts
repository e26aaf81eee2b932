import { type OperatorTerms, operatorTerms } from '../../operatorTerms.js';
import { errorCode } from '../../storage/thrown.js';
import { isDenied, textOf } from './errors.js';

/** gRPC status code of a call without a valid user and password. */
const UNAUTHENTICATED = 16;

/** Why calls of the server fail, as far as the operator can do something about it. */
export type ServerFault = 'user' | 'rights' | 'noTls' | 'certificate' | 'hostName' | 'away';

/** Returns why a call of the server failed. */
export function faultOfServer(error: unknown): ServerFault {
  const text = textOf(error);
  if (errorCode(error) === UNAUTHENTICATED) return 'user';
  if (isDenied(error)) return 'rights';
  if (/wrong version number|packet length too long|EPROTO/i.test(text)) return 'noTls';
  if (/self[- ]signed|certificate|altname/i.test(text)) return 'certificate';
  return /name resolution|ENOTFOUND|EAI_AGAIN/i.test(text) ? 'hostName' : 'away';
}

/** Returns what the operator should do about a failed call of the server. */
export function adviceOn(error: unknown): string {
  return ADVICE[faultOfServer(error)](operatorTerms());
}

/** Advice for each fault, in the terms of the installation. */
const ADVICE: Readonly<Record<ServerFault, (terms: OperatorTerms) => string>> = {
  user: ({ eventStore }) => `check the user and the password in ${eventStore}`,
  rights: ({ eventStore, clusterGuide }) =>
    `the account in ${eventStore} must be allowed to read $all, and to read and write the streams of the chronicle; ${clusterGuide} has the commands («Give the account its rights»)`,
  noTls: ({ eventStore }) =>
    `the server speaks without TLS: add tls=false to ${eventStore}, or start the server with certificates`,
  certificate: ({ eventStore }) =>
    `the certificate of the server is not trusted: name the file of its authority with tlsCAFile=… in ${eventStore}, and the server as its certificate does`,
  hostName: ({ eventStore }) => `check the host name in ${eventStore}`,
  away: ({ eventStore }) =>
    `check that it runs and can be reached, with TLS only if it has certificates (tls=false in ${eventStore}), and ask again`,
};
