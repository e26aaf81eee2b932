import { memoized } from './memo.js';
import { mapPersons, type PersonalText, type PrintedText } from './personal.js';

/** Kinds of responsible parties: an organisation, a unit of one, a post, a group of these, or a named person. */
export type PartyKind = 'org' | 'unit' | 'role' | 'group' | 'person';

/** A responsible party (ответственный), named as printed. By custom the first named party leads. */
export interface Party<Person = PersonalText> {
  readonly name: PrintedText<Person>;
  readonly kind: PartyKind;
  /** «по согласованию»: an outside body that takes part by consent. */
  readonly agreement: boolean;
  /** «совместно с». */
  readonly joint: boolean;
}

/** The responsible parties of an activity: the cell as printed, and the parties that it names. */
export interface Responsible<Person = PersonalText> {
  readonly text: PrintedText<Person>;
  readonly parties: readonly Party<Person>[];
  /** Who says which parties the cell names: the author of the row, or its organisation. Absent: the rules read them. */
  readonly statedBy?: 'author' | 'organisation';
}

/**
 * Returns a name in the form in which names are compared: without differences of case, ё, quotation marks and spaces.
 */
export function normalName(name: string): string {
  return name
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[«»"“”„']/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Returns the key of a party. Printed parties with the same key are the same party. Persons are compared by data
 * subject. A name that is only a prefix of another name is a different party.
 */
export const partyKey = memoized((party: Party): string => partyKeyOf(party.name));

/** Returns the key of the party with a printed name, see {@link partyKey}. */
export function partyKeyOf(name: PrintedText): string {
  return name.map((part) => (typeof part === 'string' ? normalName(part) : `person ${part.subject}`)).join(' ');
}

/**
 * Returns true if two cells have the same words and the same parties, and `statedBy` is the same. Persons are compared
 * by data subject, not by sealed text.
 */
export function sameResponsible(a: Responsible, b: Responsible): boolean {
  const open = ({ text, parties, statedBy }: Responsible) =>
    JSON.stringify([
      withSubjects(text),
      statedBy,
      ...parties.map(({ name, kind, agreement, joint }) => [withSubjects(name), kind, agreement, joint]),
    ]);
  return open(a) === open(b);
}

/** Bodies outside the reach of a unit or institution plan: ministries, departments, administrations, whole regions. */
const ABOVE_OR_OUTSIDE =
  /^(министерств|департамент|администраци(?!я (школы|учреждения|организации|центра|лицея|гимназии|колледжа))|правительств|комитет|управлени[ея] |отдел (народного )?образовани)|( области| края| республики)$/;

/** The confirmed accountable party of an activity: the unit that keeps the plan, or the party with this key. */
export type ConfirmedAccountable = { readonly by: 'owner' } | { readonly by: 'party'; readonly key: string };

/** The accountable party of an activity: one of the printed parties, or the unit that keeps the plan. */
export type Accountable = ({ readonly by: 'party'; readonly party: Party } | { readonly by: 'owner' }) & {
  /** True until somebody confirms the party. */
  readonly assumed: boolean;
};

/**
 * Returns the accountable party: the confirmed party, otherwise by custom the first named party. A plan gives no tasks
 * to a body above or outside its owner, nor to a body that takes part by agreement. If the first named party is such a
 * body, the owner unit is accountable. The result is assumed unless it is confirmed.
 */
export function accountableFor(
  parties: readonly Party[],
  ownerUnit: string,
  confirmed: ConfirmedAccountable | null,
): Accountable {
  const named = confirmed?.by === 'party' ? parties.find((party) => partyKey(party) === confirmed.key) : undefined;
  if (named) return { by: 'party', party: named, assumed: false };
  if (confirmed?.by === 'owner') return { by: 'owner', assumed: false };
  const first = parties[0];
  const owner: Accountable = { by: 'owner', assumed: true };
  if (first === undefined || first.agreement) return owner;
  const name = partyKey(first);
  if (name === normalName(ownerUnit)) return owner;
  return ABOVE_OR_OUTSIDE.test(name) ? owner : { by: 'party', party: first, assumed: true };
}

function withSubjects(text: PrintedText) {
  return mapPersons(text, ({ subject }) => ({ subject }));
}
