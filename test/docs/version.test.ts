import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { version } from '../../src/app/version.js';
import { letopis } from '../support/process.js';

/** Every place that names the version of Letopis, and how. */
const PLACES: readonly (readonly [file: string, named: RegExp])[] = [
  ['package.json', /^ {2}"version": "([\d.]+)"/m],
  ['package-lock.json', /^ {2}"version": "([\d.]+)"/m],
  ['src/web/package.json', /^ {2}"version": "([\d.]+)"/m],
  ['clients/typescript/package.json', /^ {2}"version": "([\d.]+)"/m],
  ['docs/openapi.json', /"title": "Letopis",\s+"version": "([\d.]+)"/],
  ['docs/operations.md', /✓ Letopis ([\d.]+),/],
  ['docker-compose.yml', /image: letopis:([\d.]+)/],
  ['deploy/kubernetes/kustomization.yaml', /name: letopis, newTag: ([\d.]+)/],
];

const textOf = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

it.each(PLACES)('%s names the version of package.json', (file, named) => {
  expect(named.exec(textOf(file))?.[1]).toBe(version);
});

it('the changelog begins with the version, and the schema of it is stored', () => {
  const [, newest = ''] = /^## (\d+\.\d+)/m.exec(textOf('docs/api-changelog.md')) ?? [];
  expect(version.startsWith(`${newest}.`)).toBe(true);
  expect(textOf(`test/fixtures/api/schema-${newest}.0.graphql`)).toContain('type Query');
});

it('npx letopis --version prints it', async () => {
  expect((await letopis(['--version'])).stdout.trim()).toBe(version);
});
