import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { documentText } from '../../documents/printing/dates.js';
import { addDays, dayText, isLocalDate, type LocalDate, localTime, startOf } from '../../domain/dates.js';
import { AUDIT_FORMATS, type AuditWriter, auditFile } from '../../graphql/auditExport.js';
import { auditConditions } from '../../graphql/auditFilter.js';
import type { Context } from '../../graphql/context.js';
import { operatorContext } from '../../graphql/operator.js';
import { freshReadModels } from './fresh.js';
import { OperationRefused, operation } from './operation.js';

/** Formats of `letopis audit`: lines for people, and the files of /audit.csv and /audit.jsonl. */
export const AUDIT_PRINTS = ['text', 'csv', 'jsonl'] as const;
/** A format of `letopis audit`. */
export type AuditPrint = (typeof AUDIT_PRINTS)[number];

const AuditInput = z.object({
  format: z.enum(AUDIT_PRINTS),
  language: z.enum(['ru', 'en']),
  planId: z.string().nullable(),
  actorId: z.string().nullable(),
  text: z.string().nullable(),
  /** First local day in the time zone of the server. */
  from: z.string().nullable(),
  /** Last local day in the time zone of the server. */
  to: z.string().nullable(),
  /** Only entries after this position, as the files name it. */
  after: z.string().nullable(),
});
type AuditInput = z.infer<typeof AuditInput>;

/** Yields the entries of the audit trail as texts, oldest first. The names in them are recorded as read. */
export const printAudit = operation({
  name: 'audit',
  input: AuditInput,
  progress: z.object({ text: z.string() }),
  result: z.object({}),
  open: {},
  async *run({ services }, input) {
    await freshReadModels(services);
    const context = operatorContext(services, input.language, 'auditFile');
    try {
      const filter = [...conditionsOf(input, services.timeZone), await afterPosition(context, input.after)];
      for await (const text of auditFile(context, filter, writerOf(input, services.timeZone))) {
        await context.noteReadings();
        yield { text };
      }
      return {};
    } catch (error) {
      throw error instanceof GraphQLError ? new OperationRefused(error.message, { cause: error }) : error;
    } finally {
      await context.end();
    }
  },
});

async function afterPosition(context: Context, after: string | null) {
  return { field: 'at', op: 'range', after: after === null ? '' : await context.position(after) } as const;
}

function conditionsOf({ planId, actorId, text, from, to }: AuditInput, timeZone: string) {
  const [first, last] = [from, to].map((day) => (day === null ? null : knownDay(day)));
  return auditConditions({
    ...{ planId, actorId, text },
    from: first ? new Date(startOf(first, timeZone)) : null,
    // The last millisecond of the day: both ends of the range are included.
    to: last ? new Date(Date.parse(startOf(addDays(last, 1), timeZone)) - 1) : null,
  });
}

function knownDay(text: string): LocalDate {
  if (isLocalDate(text)) return text;
  throw new OperationRefused({
    ru: `«${text}» — не день: напишите его как 2020-10-31`,
    en: `«${text}» is not a day: write it as 2020-10-31`,
  });
}

function writerOf({ format, language }: AuditInput, timeZone: string): AuditWriter {
  if (format !== 'text') return AUDIT_FORMATS[format];
  return {
    beginning: '',
    line({ recordedAt, sentence, actor, reason }, { basis }) {
      const { day, time } = localTime(recordedAt, timeZone);
      const when = `${language === 'ru' ? dayText(day) : day} ${time.slice(0, 5)}`;
      const why = [reason, basis?.kind === 'document' ? documentText(basis.document) : null].filter(
        (each) => each !== null,
      );
      const line = [
        when,
        [actor.name, actor.post].filter((each) => each !== null).join(', '),
        [sentence, ...why].join('; '),
      ];
      // A line for each entry: what was written in several lines is printed in one.
      return `${line.join('  ').replace(/\s*\n\s*/g, ' ')}\n`;
    },
  };
}
