import { readFileSync } from 'node:fs';

const { version: stated }: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Version of this Letopis. */
export const version = stated;
