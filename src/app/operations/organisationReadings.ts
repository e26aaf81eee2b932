import { z } from 'zod';
import { type ReadingOrganisation, readingPart } from '../../domain/organisation/ownWordings.js';
import type { Party } from '../../domain/parties.js';
import type { Schedule } from '../../domain/schedule.js';
import { operation } from './operation.js';
import { uuidOf } from './uuid.js';
import { knownOrganisationOf } from './wordings.js';

const WindowRecord = z.object({ start: z.string(), end: z.string() });

const ScheduleRecord: z.ZodType<Schedule> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dates'),
    form: z.enum(['date', 'range', 'month', 'months']),
    windows: z.array(WindowRecord),
    time: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('deadline'), dates: z.array(z.string()) }),
  z.object({ kind: z.literal('recurring'), rule: z.string(), time: z.string().exactOptional() }),
  z.object({
    kind: z.literal('quota'),
    count: z.number(),
    atLeast: z.boolean(),
    per: z.enum(['day', 'week', 'month', 'quarter', 'halfYear', 'year', 'term', 'trimester']),
    noun: z.string().nullable(),
    windows: z.array(WindowRecord).exactOptional(),
  }),
  z.object({ kind: z.literal('throughout'), window: WindowRecord }),
  z.object({ kind: z.literal('onDemand'), answerWithin: z.string().nullable() }),
  z.object({ kind: z.literal('external') }),
  z.object({ kind: z.literal('unknown') }),
]);

const PartyRecord: z.ZodType<Party<never>> = z.object({
  name: z.array(z.string()),
  kind: z.enum(['org', 'unit', 'role', 'group', 'person']),
  agreement: z.boolean(),
  joint: z.boolean(),
});

const ReadingOrganisationRecord: z.ZodType<ReadingOrganisation> = z.object({
  settings: z.object({
    terms: z.array(WindowRecord.extend({ kind: z.enum(['term', 'trimester']) })),
    calendar: z.object({ daysOff: z.array(z.string()), workingDays: z.array(z.string()) }).exactOptional(),
  }),
  wordings: z.record(
    z.string(),
    z.object({ text: z.string(), schedule: ScheduleRecord, period: WindowRecord.nullable() }),
  ),
  partyCells: z.record(z.string(), z.object({ text: z.string(), parties: z.array(PartyRecord) })),
});

/**
 * Returns the own readings, school terms and working days of an organisation, with which a preview reads like a draft.
 */
export const organisationReadings = operation({
  name: 'organisation readings',
  input: z.object({ organisationId: z.string() }),
  progress: z.never(),
  result: ReadingOrganisationRecord,
  open: {},
  // biome-ignore lint/correctness/useYield: there is no progress to report.
  async *run({ services: { events } }, { organisationId }) {
    const found = await knownOrganisationOf(events, uuidOf(organisationId, 'organisation'));
    return readingPart(found);
  },
});
