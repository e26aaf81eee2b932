import type { PartyKind } from '../../parties.js';
import { FORMS, knownWord } from './lexicon.js';
import type { PartyToken } from './tokens.js';

/** Returns true for a word for one person, in any case: «учитель», «директора», «завучу», «рук». */
export function isPostWord(token: PartyToken): boolean {
  const known = knownWord(token);
  // «Учителя» may also be a genitive singular.
  return known ? known.people && (!known.plural || known.ambiguous) : kindInAnyCase(token) === 'role';
}

/** Returns the kind of a word in any case: «отделением», «школами», «директору». */
export function kindInAnyCase(token: Pick<PartyToken, 'lower'>): PartyKind | undefined {
  const stem = stemOf(token.lower);
  if (stem.length < 3) return undefined;
  // «Профком» and «лицей» have endings that look like endings of a case.
  const known = STEMS.get(stem) ?? FORMS.get(stem)?.kind ?? FORMS.get(`${stem}й`)?.kind;
  return known && /(?:ами|ями|ыми|ими|ам|ям)$/u.test(token.lower) ? 'group' : known;
}

/** Returns true for a word for a party in any case, also in the genitive plural of a group: «волонтёров». */
export function isBodyInAnyCase(token: Pick<PartyToken, 'lower'>): boolean {
  const stem = /^(.{3,40})[ое]в$/u.exec(token.lower)?.[1];
  return (
    kindInAnyCase(token) !== undefined ||
    (stem !== undefined && PLURAL_ENDINGS.some((ending) => isGroupOrBody(stem + ending)))
  );
}

const PLURAL_ENDINGS = ['ы', 'и', ''];

function isGroupOrBody(form: string): boolean {
  const known = FORMS.get(form);
  return known !== undefined && (known.lemma === form ? known.kind !== 'role' : !known.people);
}

function stemOf(word: string): string {
  return word.replace(
    /(?:иями|иям|ием|ией|ью|ами|ями|ам|ям|ому|ему|ом|ем|ой|ей|ий|ии|ия|ая|ие|а|я|ы|и|у|ю|е|о|ь|й)$/u,
    '',
  );
}
const STEMS = new Map(
  [...FORMS].filter(([form, { lemma }]) => form === lemma).map(([form, { kind }]) => [stemOf(form), kind]),
);
