import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { clientTypes } from '../support/clientTypes.js';

const ROOT = new URL('../../', import.meta.url);
const CLIENT = new URL('examples/integrator/', ROOT);

it('the types of the typed client are those of schema.graphql and its operations (LETOPIS_WRITE_CLIENT=1 writes them)', async () => {
  const made = await clientTypes();
  if (process.env.LETOPIS_WRITE_CLIENT === '1') {
    for (const [path, content] of made) writeFileSync(new URL(path, CLIENT), content);
  }
  const names = readdirSync(new URL('generated/', CLIENT)).map((name) => `generated/${name}`);
  const committed = names.map((path) => [path, readFileSync(new URL(path, CLIENT), 'utf8')]);
  expect(Object.fromEntries(committed)).toEqual(Object.fromEntries(made));
});

it('the typed client is made and compiled here with the versions that it names itself', () => {
  const Package = z.object({
    dependencies: z.record(z.string(), z.string()).default({}),
    devDependencies: z.record(z.string(), z.string()),
  });
  const read = (directory: URL) => Package.parse(JSON.parse(readFileSync(new URL('package.json', directory), 'utf8')));
  const { dependencies, devDependencies } = read(ROOT);
  const here = { ...dependencies, ...devDependencies };
  const shared = Object.entries(read(CLIENT).devDependencies).filter(([name]) => name in here);
  expect(shared.map(([name]) => name)).toContain('@graphql-codegen/client-preset');
  expect(shared).toEqual(shared.map(([name]) => [name, here[name]]));
});
