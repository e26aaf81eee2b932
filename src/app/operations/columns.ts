import { z } from 'zod';

const column = z.number().nullable();

/** Schema of the columns of a document as the operator states them; null if they are found by its head. */
export const ColumnsRecord = z
  .object({ activity: z.number(), time: column, responsible: column, number: column })
  .nullable();
