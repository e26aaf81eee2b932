import { remembered } from './memo.js';
import { mapPersons, type PersonalText, type PrintedText } from './personal.js';

/** What a responsible party is: an organisation, a unit of one, a post, a group of either, or a named person. */
export const PARTY_KINDS = ['org', 'unit', 'role', 'group', 'person'] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];

/** One responsible party (ответственный), named as printed. The first named leads by custom. */
export interface Party<Person = PersonalText> {
  readonly name: PrintedText<Person>;
  readonly kind: PartyKind;
  /** «по согласованию»: an outside body that takes part by consent. */
  readonly agreement: boolean;
  /** «совместно с». */
  readonly joint: boolean;
}

/** The responsible parties of an activity: the cell as printed and the parties read from it. */
export interface Responsible<Person = PersonalText> {
  readonly text: PrintedText<Person>;
  readonly parties: readonly Party<Person>[];
}

/** Case, quotation marks and runs of spaces do not tell two names apart. */
export function normalName(name: string): string {
  return name
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replace(/[«»"“”„']/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What makes two printed parties the same: their normal names, persons by subject. A name that only
 * begins like another is another party (the regional Centre is not the district's).
 */
export const partyKey = remembered((party: Party): string =>
  party.name.map((part) => (typeof part === 'string' ? normalName(part) : `person ${part.subject}`)).join(' '),
);

/** True when two cells name the same parties in the same words; how a name is sealed does not count. */
export function sameResponsible(a: Responsible, b: Responsible): boolean {
  const open = ({ text, parties }: Responsible) =>
    JSON.stringify([
      mapPersons(text, ({ subject }) => subject),
      parties.map(({ name, ...rest }) => ({ ...rest, name: mapPersons(name, ({ subject }) => subject) })),
    ]);
  return open(a) === open(b);
}

/** Bodies that a unit's or institution's plan does not task: ministries, departments, administrations, whole regions. */
const ABOVE_OR_OUTSIDE =
  /^(министерств|департамент|администраци(?!я (школы|учреждения|организации|центра|лицея|гимназии|колледжа))|правительств|комитет|управлени[ея] |отдел (народного )?образовани)|( области| края| республики)$/;

/** Who reports for an activity, by confirmation: the unit that keeps the plan, or the party with this key. */
export type ConfirmedAccountable = { readonly by: 'owner' } | { readonly by: 'party'; readonly key: string };

/** The party that reports for an activity: one of those printed, or the unit that owns the plan. */
export type Accountable = ({ readonly by: 'party'; readonly party: Party } | { readonly by: 'owner' }) & {
  /** False once somebody has confirmed it. */
  readonly assumed: boolean;
};

/**
 * The accountable party, by custom the first named. A body above or outside the plan's owner
 * is not tasked by the plan, and a body that takes part by agreement neither: then the owner unit is
 * accountable (field notes 2.3). An assumption until somebody confirms it.
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
