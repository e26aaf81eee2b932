import { operatorTerms } from '../operatorTerms.js';
import { CANTOPEN, primaryCode } from './sqlite.js';
import { faultOf } from './thrown.js';

const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const NOTADB = 26;

/** Returns true when SQLite reports a damaged file. Nothing must be written to such a file. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CORRUPT || code === NOTADB;
}

/**
 * Returns what went wrong with a file and what to do. Works for errors of another realm too, for which
 * `instanceof Error` is false.
 */
export function failureText(file: string, error: unknown): string {
  return `${file}: ${faultOf(error)}${advice(error)}`;
}

function advice(error: unknown): string {
  switch (primaryCode(error)) {
    case CORRUPT:
    case NOTADB:
      return `; the file is damaged: stop the server and restore it from a backup (${operatorTerms().restore}). Nothing more is written to it`;
    case FULL:
      return '; the disk is full: free space on it, then repeat. Nothing of this was stored';
    case IOERR:
      return '; the disk failed to read or write: look into the log of the system, then repeat';
    case READONLY:
      return '; the file may not be written to: give the owner of the server the right to, then start it again';
    case CANTOPEN:
      return '; check that its directory exists and may be written to';
    default:
      return '';
  }
}
