import type { NamedPerson } from '../../domain/personal.js';
import type { ImportedActivity } from '../../domain/plan/importedPlan.js';
import { citedDocuments } from '../../domain/references.js';
import type { PlanPeriod } from '../../domain/schedule.js';
import { findPersons } from '../../domain/wording/persons.js';
import { isTimeframe } from '../../domain/wording/read.js';
import { readResponsible } from '../../domain/wording/responsible.js';
import type { Paragraph } from '../model.js';
import type { OpenSection } from './section.js';
import { notes, oneLine, readWording } from './wording.js';

/** A text with fewer items is not read as a plan. */
const MIN_ITEMS = 3;
/** Any period works here: it serves only to recognise a timeframe, and its schedule is not used. */
const ANY_PERIOD: PlanPeriod = { start: '2020-09-01', end: '2021-08-31' };

/** Matches «Октябрь– проверка кабинетов»: a time, any kind of dash, and the work. */
const ITEM = /^(?<time>[^–—:]{2,60}?)\s?[–—]\s?(?<what>\S.*)$|^(?<time2>[^–—:-]{2,60}?)\s-\s?(?<what2>\S.*)$/u;
/** «Министерство «Просвещения»: …» */
const HEAD = /^(?<name>[^:;.]{3,150}?):\s?(?<rest>.*)$/u;
const OFTEN_PREFIX = /\s(?<time>ежедневно|еженедельно|ежемесячно|ежеквартально|ежегодно|постоянно|регулярно)\s/iu;

/** A list in prose: the lines above it, and its sections. */
export interface Prose {
  readonly above: readonly string[];
  readonly sections: OpenSection[];
}

/**
 * Reads a list in prose: headings that end with a colon, with lines of the form «time — work» below each. The heading
 * is the responsible party. Undefined for any other text.
 */
export function readProse(paragraphs: readonly Paragraph[]): Prose | undefined {
  const above: string[] = [];
  const sections: OpenSection[] = [];
  const lines = paragraphs
    .map(({ text, source }) => ({ text: oneLine(text), source }))
    .filter(({ text }) => text !== '');
  const heads = new Set(lines.flatMap(({ text }) => firstWord(HEAD.exec(text)?.groups?.name) ?? []));
  for (const { text, source } of lines) {
    const head = HEAD.exec(text)?.groups;
    const isHead = head?.name !== undefined && !isProseTime(head.name);
    if (isHead) sections.push(sectionOf(head.name ?? ''));
    const rest = isHead ? (head.rest ?? '') : text;
    const section = sections.at(-1);
    const said = rest === '' ? [] : rest.split(/;\s?(?=\S)/u);
    const sentence = isHead ? undefined : sentenceOf(text, heads);
    for (const each of said) {
      const item = itemOf(each.replace(/\s?[;.]$/u, ''));
      if (item && section) section.activities.push(rowOf(item, section.title, source));
      else if (sentence) {
        const own = sectionOf(sentence.name);
        own.activities.push(rowOf(sentence, sentence.name, source));
        sections.push(own);
      } else if (section === undefined) above.push(each);
      else return undefined;
    }
  }
  const items = sections.reduce((sum, { activities }) => sum + activities.length, 0);
  return items >= MIN_ITEMS
    ? { above, sections: sections.filter(({ activities }) => activities.length > 0) }
    : undefined;
}

interface Item {
  readonly time: string;
  readonly what: string;
}

function itemOf(text: string): Item | undefined {
  const { time, what, time2, what2 } = ITEM.exec(text)?.groups ?? {};
  const [when, thing] = [(time ?? time2)?.trim(), (what ?? what2)?.trim()];
  return when !== undefined && thing !== undefined && isProseTime(when) ? { time: when, what: thing } : undefined;
}

/** Matches «Министерство «Печати» ежемесячно выпускает газету»: a sentence about a party that is also a heading. */
function sentenceOf(text: string, heads: ReadonlySet<string>): (Item & { readonly name: string }) | undefined {
  const found = OFTEN_PREFIX.exec(text);
  const name = found ? text.slice(0, found.index) : undefined;
  const time = found?.groups?.time;
  if (!found || name === undefined || time === undefined || !heads.has(firstWord(name) ?? '')) return undefined;
  return { name, time, what: text.slice(found.index + found[0].length).replace(/[.;]$/u, '') };
}

function isProseTime(text: string): boolean {
  return isTimeframe(text, ANY_PERIOD);
}

function firstWord(text: string | undefined): string | undefined {
  return text?.split(' ')[0]?.toLocaleLowerCase('ru');
}

function sectionOf(title: string): OpenSection {
  return { numberText: '', title, hint: null, activities: [] };
}

function rowOf({ time, what }: Item, who: string, source: string): ImportedActivity<NamedPerson> {
  const { found, note } = notes();
  const wording = readWording(what.trimEnd(), note);
  note('PARTY_FROM_SECTION', 'responsible', who);
  return {
    number: null,
    ...wording,
    timeframeText: time,
    responsible: { text: findPersons(who), parties: readResponsible(who).parties },
    references: citedDocuments(wording.text),
    extras: {},
    irregularities: found,
    source,
  };
}
