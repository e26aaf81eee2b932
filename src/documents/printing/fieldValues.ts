import type { Role } from '../../domain/actor.js';
import { dayText } from '../../domain/dates.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';
import type { PrintedText } from '../../domain/personal.js';
import { numberInActivity } from '../../domain/plan.js';
import { recurrenceText } from '../../domain/recurrenceText.js';
import { answerTimeText, readingText } from '../../domain/scheduleText.js';
import { ROLE_TEXTS } from './roles.js';
import {
  CLOSING_RULE_VALUES,
  DEADLINE_DAY_VALUES,
  DOCUMENT_TYPE_VALUES,
  type FieldWords,
  FORM_VALUES,
  GROUND_VALUES,
  KIND_VALUES,
  LATENESS_VALUES,
  OUTCOME_VALUES,
  PAPER_DUE,
  PERIOD_KIND_VALUES,
  STAMP_STATE_VALUES,
  STATUS_VALUES,
  UNIT_VALUES,
  YES_OR_NO,
} from './valueWords.js';

const LOG_PROBLEM_VALUES: FieldWords<string> = {
  NO_ANCHOR: ['нет якоря', 'no anchor'],
  ANCHOR_NOT_OURS: ['якорь не читается или чужой', 'the anchor is unreadable or foreign'],
  OTHER_CHRONICLE: ['якорь другой летописи', 'the anchor of another chronicle'],
  OTHER_KEY: ['другой ключ журнала', 'another key of the log'],
  CHECKPOINT_NOT_OURS: ['контрольная точка подписана другим ключом', 'the checkpoint is signed by another key'],
  CUT: ['записей меньше, чем в якоре', 'fewer entries than in the anchor'],
  REWRITTEN: ['записи отличаются от якоря', 'the entries differ from the anchor'],
};

/** Words for the values of fields, by the name of the field. Values that are not listed are printed unchanged. */
const VALUES_OF_FIELDS: ReadonlyMap<string, Readonly<Record<string, Sentence>>> = new Map<
  string,
  Readonly<Record<string, Sentence>>
>([
  ['status', STATUS_VALUES],
  ['kind', KIND_VALUES],
  ['per', UNIT_VALUES],
  ['type', DOCUMENT_TYPE_VALUES],
  ['state', STAMP_STATE_VALUES],
  ['periodKind', PERIOD_KIND_VALUES],
  ['ground', GROUND_VALUES],
  ['closingRule', CLOSING_RULE_VALUES],
  ['deadlineDay', DEADLINE_DAY_VALUES],
  ['paperDue', PAPER_DUE],
  ['lateness', LATENESS_VALUES],
  ['form', FORM_VALUES],
  ['outcome', OUTCOME_VALUES],
  ['problem', LOG_PROBLEM_VALUES],
  ['role', ROLE_TEXTS satisfies FieldWords<Role>],
  ['accountable', { owner: ['владелец плана', 'the owner of the plan'] }],
  ['scope', { all: ['всех организаций', 'of all organisations'] }],
  ['eventTypes', { all: ['все', 'all'] }],
  ['until', { never: ['бессрочно', 'never ends'] }],
  ...['excluded', 'interim', 'late', 'atLeast', 'isCouncil', 'accepterMayBeReporter', 'agreement', 'joint'].map(
    (name) => [name, YES_OR_NO] as const,
  ),
]);

const DAY_FIELDS = new Set([
  ...['actualOn', 'expectedOn', 'requestedOn', 'submittedOn', 'issuedOn', 'underControlFrom', 'date', 'dates'],
  ...['days', 'daysOff', 'workingDays', 'start', 'end'],
]);
/** The fields that contain ids, with the kind of the named thing. */
const ID_FIELDS: ReadonlyMap<string, string> = new Map([
  ['organisationId', 'organisation'],
  ['parentId', 'organisation'],
  ['scope', 'organisation'],
  ['planId', 'plan'],
  ['formerIds', 'access'],
]);
/** The fields that contain ids of control points within their activity, such as `a3.1`. */
const POINT_FIELDS = new Set(['pointId', 'points']);
const MOMENT_FIELDS = new Set(['until', 'previousUntil']);

/**
 * Returns true if a changed field is shown to people. Sort keys are not shown: they have no meaning without the other
 * rows.
 */
export function isShownField({ path }: { readonly path: string }): boolean {
  return !/(?:^(?:activities|sections)\[[^\]]*\]\.order)$/.test(path);
}

/**
 * Returns the value of a changed field in words: ids as the API gives them, control points by their numbers in the
 * activity. Texts that people wrote are not changed.
 */
export function fieldInWords(path: string, value: PrintedText, language: Language): PrintedText {
  const [text] = value;
  const field = path.replace(/^activities\[[^\]]*\]\.?/, '').replace(/\[[^[\]]*\]/g, '');
  if (typeof text !== 'string' || value.length > 1 || /^(?:extras|merged)\b/.test(field)) return value;
  const name = field.slice(field.lastIndexOf('.') + 1);
  return [valueInWords(name, text, language)];
}

function valueInWords(name: string, text: string, language: Language): string {
  const words = Object.entries(VALUES_OF_FIELDS.get(name) ?? {}).find(([value]) => value === text)?.[1];
  if (words) return translation(words, language);
  if (name === 'schedule') {
    const [kind = '', ...rest] = text.split(' ');
    return readingText({ kind, interpretation: rest.join(' ') }, language);
  }
  const kind = ID_FIELDS.get(name);
  if (kind !== undefined) return text.replace(/[^, ]+/g, (id) => `${kind}_${id}`);
  if (POINT_FIELDS.has(name)) return text.split(', ').map(numberInActivity).join(', ');
  if (name === 'rule') return recurrenceText(text, language);
  if (name === 'answerWithin') return answerTimeText(text, language);
  if (DAY_FIELDS.has(name) && language === 'ru') return text.replace(/\d{4}-\d\d-\d\d/g, dayText);
  if (MOMENT_FIELDS.has(name))
    return text.replace(
      /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):.*$/,
      (_, day: string, time: string) => `${dayText(day)} ${time} (UTC)`,
    );
  return text;
}
