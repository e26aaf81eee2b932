import { readFileSync } from 'node:fs';

/** Wordings as they stand in real plans of schools and districts. */
export const phrases = JSON.parse(readFileSync(new URL('../../phrases.json', import.meta.url), 'utf8'));
