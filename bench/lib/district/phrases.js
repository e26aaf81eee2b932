import { readFileSync } from 'node:fs';

/** Wordings from real plans of schools and districts. */
export const phrases = JSON.parse(readFileSync(new URL('../../phrases.json', import.meta.url), 'utf8'));
