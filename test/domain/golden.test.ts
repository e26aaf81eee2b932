import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fromStore, presentVersion, UPCASTERS } from '../../src/domain/recorded.js';
import { canonicalJson } from '../../src/engine/eventstore/canonicalJson.js';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';

const DIRECTORY = new URL('../golden/', import.meta.url);
const Frozen = z.record(z.string(), z.object({ sha256: z.string(), leaf: z.string() }));
const frozen = Frozen.parse(JSON.parse(readFileSync(new URL('frozen.json', DIRECTORY), 'utf8')));
const files = readdirSync(DIRECTORY).filter((name) => name !== 'frozen.json');

const HOW =
  'a golden file is frozen: put it back. A new shape is a new version with an upcaster and a golden file of its own, which `npm run golden` freezes';

function bytesOf(name: string): Buffer {
  return readFileSync(new URL(name, DIRECTORY));
}

/** Returns the event in a golden file as the event store returns it. */
function stored(name: string): StoredEvent {
  const [type = '', version = ''] = name.split('.');
  const body = bytesOf(name).toString();
  const { id, stream } = z.object({ id: z.string(), stream: z.string() }).parse(JSON.parse(body));
  return { id, stream, type, schemaVersion: Number(version.slice(1)), body, revision: 0, position: '1' };
}

function keysOf(value: unknown): string[] {
  return Object.keys(z.record(z.string(), z.unknown()).parse(value)).sort();
}

describe('golden files: one stored event of every type and version', () => {
  it('stand for every version of every type, and for nothing else', () => {
    const expected = Object.entries(UPCASTERS).flatMap(([type, steps]) =>
      Array.from({ length: steps.length + 1 }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(files.toSorted()).toEqual(expected.toSorted());
    expect(Object.keys(frozen).toSorted()).toEqual(files.toSorted());
  });

  it.each(files)('%s is as it was frozen', (name) => {
    const sha256 = createHash('sha256').update(bytesOf(name)).digest('hex');
    if (sha256 !== frozen[name]?.sha256) throw new Error(`${name}: ${HOW}`);
  });

  it.each(files)('%s has the leaf it had: its canonical bytes come out of this code unchanged', (name) => {
    const again = canonicalJson(JSON.parse(bytesOf(name).toString()));
    const leaf = createHash('sha256').update(Buffer.of(0)).update(again).digest('hex');
    expect(leaf).toBe(frozen[name]?.leaf);
  });

  it.each(files)('%s is read in the present shape of its type', (name) => {
    const event = stored(name);
    const version = presentVersion(event.type);
    const { schemaVersion, event: read } = fromStore(event);
    expect(schemaVersion).toBe(version);
    expect(read.type).toBe(event.type);
    const present = fromStore(stored(`${event.type}.v${version}.json`));
    expect(keysOf(read.data)).toEqual(keysOf(present.event.data));
  });
});
