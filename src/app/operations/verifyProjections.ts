import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { START } from '../../engine/eventstore/port.js';
import { compareWithChronicle } from '../../engine/projections/compare.js';
import { openSqliteReadStore } from '../../engine/readstore/sqlite/store.js';
import { OperationRefused, operation } from './operation.js';

/** Number of differences that are listed. All are counted. */
const MAX_DIFFERENCES = 200;

/** Compares the live read models with read models that are built from the event store for this comparison. */
export const verifyProjections = operation({
  name: 'verify projections',
  input: z.object({}),
  progress: z.object({ events: z.number(), documents: z.number() }),
  result: z.object({
    documents: z.number(),
    found: z.number(),
    differences: z.array(
      z.object({
        model: z.string(),
        documentId: z.string(),
        problem: z.enum(['EDITED', 'MISSING', 'ALIEN', 'MISFILED']),
      }),
    ),
  }),
  open: { following: false },
  async *run({ services: { events, store, runner } }) {
    if (runner.position === START && (await events.head()) !== START) {
      throw new OperationRefused({
        ru: 'у представлений нет позиции: запустите сервер или постройте их заново (npx letopis rebuild)',
        en: 'the read models have no position: start the server, or rebuild them (npx letopis rebuild)',
      });
    }
    const directory = await mkdtemp(join(tmpdir(), 'letopis-verify-'));
    const scratch = await openSqliteReadStore(join(directory, 'readmodels.db'));
    try {
      let [read, documents, found] = [0, 0, 0];
      const told = [];
      for await (const compared of compareWithChronicle(events, store, runner, scratch)) {
        read = Math.max(read, compared.events);
        documents += compared.documents;
        found += compared.differences.length;
        told.push(...compared.differences.slice(0, MAX_DIFFERENCES - told.length));
        yield { events: read, documents };
      }
      return { documents, found, differences: told };
    } finally {
      await scratch.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
});
