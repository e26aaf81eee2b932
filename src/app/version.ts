import { readFileSync } from 'node:fs';

const { version: stated }: { readonly version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Version of Letopis, from package.json. */
export const version = stated;
