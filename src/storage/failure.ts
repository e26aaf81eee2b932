import { primaryCode } from './sqlite.js';

const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Whether SQLite found the file itself damaged: nothing may be written to it any more. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === CORRUPT || code === NOTADB;
}

/**
 * What went wrong with a file, and what to do. A driver may throw errors of another realm, which fail
 * `instanceof Error`, so that only their properties are looked at.
 */
export function failureText(file: string, error: unknown): string {
  return `${file}: ${faultOf(error)}${advice(error)}`;
}

/** Returns the words of an error alone. */
export function faultOf(error: unknown): string {
  return String(typeof error === 'object' && error !== null && 'message' in error ? error.message : error);
}

function advice(error: unknown): string {
  switch (primaryCode(error)) {
    case CORRUPT:
    case NOTADB:
      return '; the file is damaged: stop the server and restore it from a backup (letopis restore). Nothing more is written to it';
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
