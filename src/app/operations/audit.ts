import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { dayIn, documentText } from '../../documents/printing/dates.js';
import { addDays, isLocalDate, type LocalDate, localTime, startOf } from '../../domain/dates.js';
import type { NativePosition } from '../../engine/eventstore/port.js';
import type { Filter } from '../../engine/readstore/port.js';
import { AUDIT_FORMATS, type AuditWriter, auditFile } from '../../graphql/auditExport.js';
import { auditConditions } from '../../graphql/auditFilter.js';
import type { Context } from '../../graphql/context.js';
import { operatorContext } from '../../graphql/operator.js';
import { searchWords } from '../../projections/model.js';
import { freshReadModels } from './fresh.js';
import { OperationRefused, operation } from './operation.js';
import { uuidOf } from './uuid.js';

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
  /** Only entries after this position, in the form in which exported files contain it. */
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
      const { after } = input;
      const filter = [
        ...conditionsOf(input, services.timeZone),
        { field: 'at', op: 'range', after: after === null ? '' : await positionOf(context, after) } as const,
      ];
      for await (const text of auditFile(context, filter, auditWriterOf(input, services.timeZone))) {
        await context.names.record();
        yield { text };
      }
      return {};
    } finally {
      await context.end();
    }
  },
});

async function positionOf(context: Context, position: string): Promise<NativePosition> {
  try {
    return await context.positions.native(position);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const text = {
      ru: `«${position}» — не место в журнале: возьмите его из поля position последней строки`,
      en: `«${position}» is not a position: take it from the field position of the last line`,
    };
    throw new OperationRefused(text, { cause: error });
  }
}

/** Returns the conditions of a filter. @throws OperationRefused for a value that could match nothing by mistake */
function conditionsOf({ planId, actorId, text, from, to }: AuditInput, timeZone: string): Filter {
  if (planId !== null) uuidOf(planId, 'plan');
  if (actorId !== null) uuidOf(actorId, 'access');
  if (text !== null && searchWords(text).length === 0) {
    throw new OperationRefused({
      ru: `в «${text}» нет слов: дайте через --text слова или начала слов`,
      en: `there are no words in «${text}»: give words, or beginnings of words, by --text`,
    });
  }
  const [first, last] = [from, to].map((day) => (day === null ? null : knownDay(day)));
  if (first && last && first > last) {
    throw new OperationRefused({
      ru: '--from позже, чем --to: поменяйте их местами',
      en: '--from is after --to: exchange them',
    });
  }
  return auditConditions({
    planId,
    actorId,
    text,
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

function auditWriterOf({ format, language }: AuditInput, timeZone: string): AuditWriter {
  if (format !== 'text') return AUDIT_FORMATS[format];
  return {
    beginning: '',
    line({ recordedAt, sentence, actor, reason }, { basis }) {
      const { day, time } = localTime(recordedAt, timeZone);
      const when = `${dayIn(day, language)} ${time.slice(0, 5)}`;
      const why = [reason, basis?.kind === 'document' ? documentText(basis.document) : null].filter(
        (each) => each !== null,
      );
      const line = [
        when,
        [...new Set([actor.name, actor.post])].filter((each) => each !== null).join(', '),
        [sentence, ...why].join('; '),
      ];
      // One line for each entry: line breaks within a text are replaced.
      return `${joinedLines(line.join('  '))}\n`;
    },
  };
}

function joinedLines(text: string): string {
  return text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .join(' ');
}
