import type { PartyKind } from '../parties.js';
import { knownKind } from './partyKinds.js';
import { personAtEnd, personAtStart } from './persons.js';

/** Departments may be of several things: «отдел культуры, молодёжи и спорта». */
const DEPARTMENT = /^([а-яё]+(ый|ой|ий) )?(отдел|управлени|комитет|сектор|министерств|департамент|комисси|служб)/i;
/** Bodies whose names begin a party of their own, though no kind is known by them. */
const BODY = /^(администраци|министерств|департамент|управлени|комитет|школ|детск|дом |центр|музе)/i;
/** «Руководители РМО, ПМО»: one post in several bodies. */
const HEADS_OF = /^(руководители|заместители|директора|председатели) /i;
const WORD_END = /^[А-ЯЁ]{2}$/i;
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

/** A part of a name that commas have parted, with its first and last piece. */
interface Pieces {
  readonly first: string;
  last: string;
  readonly all: string[];
}

/** A comma inside a name parts nothing. */
function rejoined(parts: readonly { readonly part: string; readonly by: string }[]): string[] {
  const found: Pieces[] = [];
  for (const { part, by } of parts) {
    const before = found.at(-1);
    if (by === ',' && before && goesOn(before, part.trim())) {
      before.all.push(part);
      before.last = part;
    } else found.push({ first: part.trimStart(), last: part, all: [part] });
  }
  return found.map(({ all }) => all.join(','));
}

function goesOn({ first, last }: Pieces, next: string): boolean {
  const end = last.trimEnd();
  if (ABBREVIATION.test(next) && HEADS_OF.test(first) && WORD_END.test(end.slice(-2)) && !last.includes('\n'))
    return true;
  const isMore = /^[а-яё]/.test(next) && knownKind(next) === undefined && !BODY.test(next);
  return isMore && !end.endsWith(')') && DEPARTMENT.test(first);
}

/** «и» parts two parties of known kinds, «директор и завуч», and nothing inside one name, «молодёжи и спорта». */
function conjoined(part: string): string[] {
  const found = atConjunctions(part);
  const parts = found.every((each) => knownKind(each.trim()) !== undefined) && !DEPARTMENT.test(part.trim());
  return parts ? found : [part];
}

/** «и» inside of quotation marks or brackets parts nothing: the next sign after it is one that closes. */
function atConjunctions(part: string): string[] {
  const found: string[] = [];
  let end = part.length;
  let isInside = false;
  for (const { index, 0: sign } of [...part.matchAll(/ и |[«»()]/g)].reverse()) {
    if (sign !== ' и ') isInside = '»)'.includes(sign);
    else if (!isInside) {
      found.push(part.slice(index + sign.length, end));
      end = index;
    }
  }
  return [...found, part.slice(0, end)].reverse();
}

/** Most words of a name of a person, and of the beginning that tells the kind of a party. */
const PERSON_WORDS = 4;
const KIND_WORDS = 6;

/** Lines of a cell that a space has joined: «Директор ЗУВР», «Классные руководители Иванова И.И.». */
function sideBySide(part: string): string[] {
  const found: string[] = [];
  let own: string[] = [];
  let kind = kindByWords();
  for (const word of part.trim().split(/\s+/)) {
    if (own.length > 0 && beginsAnother(own, kind.of, word)) {
      found.push(own.join(' '));
      [own, kind] = [[], kindByWords()];
    }
    own.push(word);
    kind.add(word);
  }
  const last = own.join(' ');
  const person = personAtEnd(last);
  // A group and a name are two; a post and a name are one.
  if (person && FINISHED_GROUP.test(person.before)) return [...found, person.before, person.name];
  return found.length === 0 ? [part] : [...found, last];
}

function beginsAnother(own: readonly string[], kindOf: () => PartyKind | undefined, word: string): boolean {
  if (own.length <= PERSON_WORDS) {
    const before = own.join(' ');
    if (/^[А-ЯЁ][а-яё]/.test(word) && personAtStart(before) === before) return true;
    if (NAMED_BODY.test(word) && FINISHED_GROUP.test(before)) return true;
  }
  if (!POST.test(word)) return false;
  const kind = kindOf();
  return kind === 'role' || kind === 'group';
}

/** The kind of a party whose words come one by one. It stands in the first of them, but for a centre of accompaniment. */
function kindByWords() {
  const head: string[] = [];
  let known: { readonly kind: PartyKind | undefined } | undefined;
  return {
    add(word: string): void {
      if (head.length >= KIND_WORDS && !/сопровождения/i.test(word)) return;
      if (head.length <= KIND_WORDS) head.push(word);
      known = undefined;
    },
    of(): PartyKind | undefined {
      known ??= { kind: knownKind(head.join(' ')) };
      return known.kind;
    },
  };
}
