import { knownKind } from './partyKinds.js';
import { personAtEnd, personAtStart } from './persons.js';

/** Departments may be of several things: «отдел культуры, молодёжи и спорта». */
const DEPARTMENT = /^([а-яё]+(ый|ой|ий) )?(отдел|управлени|комитет|сектор|министерств|департамент|комисси|служб)/i;
/** Bodies whose names begin a party of their own, though no kind is known by them. */
const BODY = /^(администраци|министерств|департамент|управлени|комитет|школ|детск|дом |центр|музе)/i;
/** «Руководители РМО, ПМО»: one post in several bodies. */
const HEADS_OF = /^(руководители|заместители|директора|председатели) .*[А-ЯЁ]{2,}$/i;
const ABBREVIATION = /^[А-ЯЁ]{2,6}$/;

/** A post that begins a party of its own where it stands capitalised behind another one. */
const POST =
  /^(Директор|Завуч|ЗУВР|ЗВР|ЗДУВР|ЗДВР|Зам|Зам\.|Зам\.по|Заместитель|Заведующий|Заведующая|Организатор|Педагог|Педагог-организатор|Педагог-психолог|Библиотекарь|Физрук|Психолог|Логопед|Медсестра|Завхоз|Методист|Руководитель|Рук\.|Учитель|Учителя|Воспитатель|Воспитатели|Классный|Классные|Секретарь|Вожатая|Председатель|Специалист|Старший|Старшая|Социальный)$/;
/** What a finished group may be followed by: a body with a name of its own. */
const NAMED_BODY = /^[А-ЯЁ][а-яё]+(ое|ый|ий|ая)$/;
const FINISHED_GROUP = /^(классные руководители|учителя|воспитатели|педагоги|родители|методисты)$/i;

/** The parties of a printed cell as they stand there, in order, empty ones too. */
export function splitParties(text: string): string[] {
  return rejoined(atSeparators(text))
    .flatMap(conjoined)
    .flatMap(sideBySide)
    .map((part) => part.trim().replace(/(?<!(?<![А-ЯЁа-яё])[А-ЯЁ])\.$/u, ''));
}

/** Commas, semicolons and line breaks part, but not inside quotation marks or brackets. */
function atSeparators(text: string): { readonly part: string; readonly by: string }[] {
  const parts: { part: string; by: string }[] = [];
  let part = '';
  let by = '';
  let depth = 0;
  for (const sign of text) {
    if ('«('.includes(sign)) depth += 1;
    if ('»)'.includes(sign)) depth = Math.max(0, depth - 1);
    if (depth === 0 && ',;\n'.includes(sign)) {
      parts.push({ part, by });
      [part, by] = ['', sign];
    } else part += sign;
  }
  return [...parts, { part, by }];
}

/** A comma inside a name parts nothing. */
function rejoined(parts: readonly { readonly part: string; readonly by: string }[]): string[] {
  const found: string[] = [];
  for (const { part, by } of parts) {
    const before = found.at(-1);
    if (by === ',' && before !== undefined && goesOn(before.trim(), part.trim()))
      found.splice(-1, 1, `${before},${part}`);
    else found.push(part);
  }
  return found;
}

function goesOn(before: string, next: string): boolean {
  if (HEADS_OF.test(before) && ABBREVIATION.test(next)) return true;
  const isMore = /^[а-яё]/.test(next) && knownKind(next) === undefined && !BODY.test(next);
  return DEPARTMENT.test(before) && !/\)$/.test(before) && isMore;
}

/** «и» parts two parties of known kinds, «директор и завуч», and nothing inside one name, «молодёжи и спорта». */
function conjoined(part: string): string[] {
  const found = part.split(/ и (?![^«(]*[»)])/);
  const parts = found.every((each) => knownKind(each.trim()) !== undefined) && !DEPARTMENT.test(part.trim());
  return parts ? found : [part];
}

/** Lines of a cell that a space has joined: «Директор ЗУВР», «Классные руководители Иванова И.И.». */
function sideBySide(part: string): string[] {
  const words = part.trim().split(/\s+/);
  const found: string[] = [];
  let own: string[] = [];
  for (const word of words) {
    if (own.length > 0 && beginsAnother(own.join(' '), word)) {
      found.push(own.join(' '));
      own = [];
    }
    own.push(word);
  }
  const last = own.join(' ');
  const person = personAtEnd(last);
  // A group and a name are two; a post and a name are one.
  if (person && FINISHED_GROUP.test(person.before)) return [...found, person.before, person.name];
  return found.length === 0 ? [part] : [...found, last];
}

function beginsAnother(before: string, word: string): boolean {
  if (personAtStart(before) === before && /^[А-ЯЁ][а-яё]/.test(word)) return true;
  if (FINISHED_GROUP.test(before) && NAMED_BODY.test(word)) return true;
  const kind = knownKind(before);
  return POST.test(word) && (kind === 'role' || kind === 'group');
}
