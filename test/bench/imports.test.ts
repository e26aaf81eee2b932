/** Scripts import the built server without a type check: a renamed function would fail only where it is called. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCRIPTS = ['bench', 'scripts', 'test/attacks'].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && !path.includes('node_modules'))
    .map((path) => `${folder}/${path}`),
);
/** `const { a, b: c } = await built('x.js')`, `const { a } = await import('../dist/x.js')`, and static imports. */
const IMPORTS = [
  /const \{([^{}]*)\} = await (?:built|import)\(\s*'(?:[./]*\/dist\/)?([^']+\.js)'\s*,?\s*\)/g,
  /import \{([^{}]*)\} from '[./]*\/dist\/([^']+\.js)'/g,
];

interface Imported {
  readonly script: string;
  readonly module: string;
  readonly names: readonly string[];
}

function importsOf(script: string): Imported[] {
  const text = readFileSync(`${ROOT}${script}`, 'utf8');
  return IMPORTS.flatMap((form) =>
    [...text.matchAll(form)].map(([, list = '', module = '']) => ({
      script,
      module,
      names: list
        .split(',')
        .map((each) => each.replace(/(:|\bas\b).*/s, '').trim())
        .filter((name) => name !== ''),
    })),
  );
}

const imported = SCRIPTS.flatMap(importsOf);

describe('what benchmarks, attacks and scripts import from the build', () => {
  it('is found by this test', () => {
    const calls = SCRIPTS.flatMap((script) => [
      ...readFileSync(`${ROOT}${script}`, 'utf8').matchAll(/await built\(|\/dist\/[^']+\.js'/g),
    ]);
    expect(calls.length).toBeGreaterThan(100);
    expect(imported).toHaveLength(calls.length);
  });

  it.each([...new Set(imported.map(({ module }) => module))])('%s exports what is imported from it', async (module) => {
    const exported: object = await import(`${ROOT}src/${module.replace(/\.js$/, '.ts')}`);
    const missing = imported
      .filter((each) => each.module === module)
      .flatMap(({ script, names }) => names.filter((name) => !(name in exported)).map((name) => `${script}: ${name}`));
    expect(missing).toEqual([]);
  });
});
