import type { Party, PartyKind, Responsible } from '../parties.js';
import { type NamedPerson, printOf } from '../personal.js';
import { findPersons, isPerson } from './persons.js';

const AGREEMENT = /\s*\(по согласованию\)/iu;
const JOINT = /^\(?совместно с(?:о)?\s+/iu;

/** Words that begin a name of each kind; the first that fits decides, an unknown beginning is an organisation. */
const KINDS: readonly (readonly [RegExp, PartyKind])[] = [
  [
    /^(все |младшие |классные руководители|учителя|педагоги|воспитатели|родител|руководители|заместители|специалисты|обще[а-я]+ организации|образовательные организации|организации|школы|участники|методисты)/,
    'group',
  ],
  [/^[а-яё-]+ые (организации|учреждения|объединения|общества)/, 'group'],
  [
    /^(директор|заведующ|зам|методист|педагог|учитель|воспитатель|руководитель|председатель|начальник|специалист|секретар|библиотекар|медсестра|врач|завхоз|психолог|социальный педагог|старший|музыкальный|классный руководитель|ответственн|организатор|координатор|инспектор)/,
    'role',
  ],
  [/^(зувр|звр|рук\.|ршмо|физрук)/, 'role'],
  [
    /^(центр поддержки|центр .*сопровождения|отдел(?! (народного )?образовани)|сектор|кафедра|факультет|администрация школы|шмо|рмо|пмо|методический совет|совет |комисси|рабочая группа|служба|лаборатори)/,
    'unit',
  ],
];

/** What a party is, by how its name begins. A regional body is an organisation, however it begins. */
export function partyKindOf(name: string): PartyKind {
  if (isPerson(name)) return 'person';
  const lower = name.toLocaleLowerCase('ru');
  if (/ (области|края|республики)$/.test(lower)) return 'org';
  return KINDS.find(([beginning]) => beginning.test(lower))?.[1] ?? 'org';
}

/**
 * The responsible parties of a printed cell, in order. Commas, semicolons and line breaks part
 * them, but not inside quotation marks or brackets; a trailing comma makes no empty party.
 */
export function readResponsible(cell: string): Responsible<NamedPerson> {
  const text = cell.trim();
  return { text: findPersons(text), parties: splitOutsideBrackets(text).map(partyOf).filter(isNamed) };
}

function partyOf(part: string): Party<NamedPerson> {
  const name = part.replace(AGREEMENT, '').replace(JOINT, '').trim();
  return {
    name: findPersons(name),
    kind: partyKindOf(name),
    agreement: AGREEMENT.test(part),
    joint: JOINT.test(part),
  };
}

/** Signs alone and a bare «(по согласованию)» name nobody. */
function isNamed({ name }: Party<NamedPerson>): boolean {
  return /[\p{L}\d]/u.test(printOf(name));
}

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  const marked = text.replace(/\s*\((совместно с[^)]*)\)/giu, ', $1').replace(/\s+(совместно с(?:о)?\s)/giu, ', $1');
  for (const sign of marked) {
    if ('«('.includes(sign)) depth += 1;
    if ('»)'.includes(sign)) depth = Math.max(0, depth - 1);
    if (depth === 0 && ',;\n'.includes(sign)) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part].map((each) => each.trim().replace(/(?<![А-ЯЁ])\.$/u, ''));
}
