import { z } from 'zod';
import { administratorCode } from '../signInCodes.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

/** Makes a one-time code that signs in: the administrator, or the holder of some access. */
export const signInCode = operation({
  name: 'signIn',
  /** `id`: the global id of the access; null for the configured administrator. */
  input: z.object({ id: z.string().nullable() }),
  progress: z.never(),
  result: z.object({ code: z.string() }),
  open: {},
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run(letopis, { id }) {
    if (id === null) return { code: await administratorCode(letopis) };
    const access = letopis.directory.accessOf(uuidOf(id, 'access'));
    if (!access)
      throw new OperationRefused({
        ru: `действующего доступа ${id} нет: смотрите npx letopis keys list`,
        en: `there is no access ${id} in force: see npx letopis keys list`,
      });
    return { code: await letopis.sessions.newCode(access, letopis.services.clock()) };
  },
});
