import { operatorTerms } from '../../operatorTerms.js';
import { codeOf, isDenied, textOf } from './errors.js';

/** gRPC status code of a call without a valid user and password. */
const UNAUTHENTICATED = 16;

/** Returns what the operator does about a failed call of the server. */
export function adviceOn(error: unknown): string {
  const text = textOf(error);
  if (codeOf(error) === UNAUTHENTICATED) return `check the user and the password in ${operatorTerms().eventStore}`;
  if (isDenied(error)) {
    return `the account in ${operatorTerms().eventStore} must be allowed to read $all, and to read and write the streams of the chronicle; ${operatorTerms().clusterGuide} has the commands («Give the account its rights»)`;
  }
  if (/wrong version number|packet length too long|EPROTO/i.test(text)) {
    return `the server speaks without TLS: add tls=false to ${operatorTerms().eventStore}, or start the server with certificates`;
  }
  if (/self[- ]signed|certificate|altname/i.test(text)) {
    return `the certificate of the server is not trusted: name the file of its authority with tlsCAFile=… in ${operatorTerms().eventStore}, and the server as its certificate does`;
  }
  if (/name resolution|ENOTFOUND|EAI_AGAIN/i.test(text)) return `check the host name in ${operatorTerms().eventStore}`;
  return `check that it runs and can be reached, with TLS only if it has certificates (tls=false in ${operatorTerms().eventStore}), and ask again`;
}
