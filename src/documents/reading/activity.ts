import { ownValue } from '../../domain/objects.js';
import { normalName } from '../../domain/parties.js';
import { type NamedPerson, printOf } from '../../domain/personal.js';
import type { ImportedActivity } from '../../domain/plan/importedPlan.js';
import { citedDocuments } from '../../domain/references.js';
import { findPersons } from '../../domain/wording/persons.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import { NO_CELL, type Row } from '../model.js';
import type { Columns } from './columns.js';
import { GLUED_NUMBER } from './numbers.js';
import { entryOf } from './times.js';
import { type Note, notes, oneLine, readWording } from './wording.js';

/** The texts of a row by their role, each with `\n` between its lines. */
export interface Entry {
  readonly number: string | null;
  readonly title: string;
  readonly timeframe: string;
  readonly responsible: string;
  readonly extras: Readonly<Record<string, string>>;
  /** The name of the column of a month, as a hint for reading the timeframe. */
  readonly hint: string | null;
}

/** The owner of a plan: the printed name, and the normalised name for comparisons. */
export interface Owner {
  readonly printed: string;
  readonly normal: string;
}

/** «МБУДО «ЦВР», структурные подразделения»: an institution with its units. It may be one party or two. */
const OWN_UNIT_PATTERN =
  /(?<=^|[,;]\s?)[^,;]{1,300},\s(?:(?:его|е[её]|свои)\s)?(?:структурные подразделения|филиалы|отделения)(?![а-яё])/iu;

/** Returns the activity that a row describes. What is uncertain is recorded as an irregularity. */
export function activityOf(
  { number, title, timeframe, responsible, extras, hint }: Entry,
  source: string,
  owner: Owner,
  note: Note,
): ImportedActivity<NamedPerson> {
  const glued = number === null ? GLUED_NUMBER.exec(title)?.groups : undefined;
  if (glued) note('NUMBER_GLUED_TO_TITLE', 'number', glued.number ?? null);
  const wording = readWording(glued?.title ?? title, note);
  const parties = partiesOf(responsible);
  if (/,$/.test(responsible.trim())) note('TRAILING_COMMA', 'responsible', ',');
  const [units] = OWN_UNIT_PATTERN.exec(oneLine(responsible)) ?? [];
  if (units !== undefined) note('PARTY_OR_ITS_UNITS', 'responsible', units, [units]);
  for (const party of parties.parties) {
    const name = normalName(printOf(party.name));
    if (name !== owner.normal && name.startsWith(owner.normal)) {
      note('SIMILAR_PARTY', 'responsible', printOf(party.name), [owner.printed]);
    }
  }
  return {
    number: number ?? glued?.number ?? null,
    ...wording,
    timeframeText: timeframe.trim(),
    responsible: parties,
    references: citedDocuments(wording.text),
    extras,
    irregularities: [],
    source,
    ...(hint === null ? {} : { hint }),
  };
}

/**
 * Returns an activity with the content of the row below that continues it: further timeframes, parties or other cells.
 */
export function continuedBy(
  before: ImportedActivity<NamedPerson>,
  { cells }: Row,
  { roles, extras }: Columns,
  printed: string,
): ImportedActivity<NamedPerson> {
  const { found, note } = notes();
  const fresh = (index: number | undefined) => {
    const cell = cells[index ?? -1] ?? NO_CELL;
    return cell.continued ? '' : cell.text;
  };
  const title = fresh(roles.title);
  note('ROW_CONTINUED', title === '' ? 'timeframe' : 'title', printed);
  const timeframe = [before.timeframeText, fresh(roles.timeframe)].filter((text) => text !== '').join('\n');
  const responsible = [printOf(before.responsible.text), fresh(roles.responsible)]
    .filter((text) => text !== '')
    .join('\n');
  const more = extras.flatMap(({ index, name }) =>
    entryOf(name, [ownValue(before.extras, name) ?? '', fresh(index)].filter((text) => text !== '').join(' ')),
  );
  const wording = title === '' ? before : readWording(`${before.text} ${title}`, note);
  return {
    ...before,
    title: wording.title,
    text: wording.text,
    subItems: wording.subItems,
    timeframeText: timeframe,
    responsible: partiesOf(responsible),
    extras: { ...before.extras, ...Object.fromEntries(more) },
    irregularities: [...before.irregularities, ...found],
  };
}

/** Reads the parties from the cell as printed, because line breaks separate parties. The text is in one line. */
function partiesOf(cell: string) {
  return { text: findPersons(oneLine(cell)), parties: readResponsible(cell).parties };
}
