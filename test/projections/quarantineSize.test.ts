import { expect, it } from '@jest/globals';
import { keyOf, QUARANTINE, Quarantine } from '../../src/engine/projections/quarantine.js';
import type { Write } from '../../src/engine/readstore/port.js';
import { openReadStoreInMemory } from '../../src/engine/readstore/sqlite/store.js';

const ROWS = 100_001;
const BATCH = 10_000;

function failureOf(row: number): Write {
  const failure = { model: 'tasks', stream: `list-${row}`, documentId: `task-${row}` };
  const position = String(row + 1).padStart(16, '0');
  const body = { ...failure, position, recordedAt: '2026-09-01T00:00:00.000Z', error: 'no', failures: 1 };
  const { model, stream } = failure;
  const document = { id: keyOf(failure), position, fields: { model, stream }, body };
  return { kind: 'put', expected: null, document };
}

it('a quarantine is loaded whole, however many rows it has', async () => {
  const store = await openReadStoreInMemory();
  try {
    await store.prepare([QUARANTINE]);
    for (let from = 0; from < ROWS; from += BATCH) {
      const length = Math.min(BATCH, ROWS - from);
      await store.write(
        QUARANTINE,
        Array.from({ length }, (_, row) => failureOf(from + row)),
      );
    }
    const quarantine = new Quarantine(store);
    await quarantine.load();
    expect(quarantine.size).toBe(ROWS);
    expect(quarantine.staleSince('tasks', `list-${ROWS - 1}`, `task-${ROWS - 1}`)).toBe('2026-09-01T00:00:00.000Z');
  } finally {
    await store.close();
  }
});
