import { built } from '../dist.js';
import { responsibleOf } from './people.js';
import { phrases } from './phrases.js';

const { citedDocuments } = await built('domain/references.js');

/** The school year of every plan of the district, as in the sample plan. */
const PERIOD = { start: '2020-09-01', end: '2021-08-31' };
const SECTIONS = 5;

/** Returns a plan as a document reader would return it, with stamps, sections and rows. */
export function planDocument(random, number, activities, seal) {
  const institution = random.pick(phrases.institutions);
  const ownerUnit = random.pick(phrases.units);
  const titles = Array.from({ length: SECTIONS }, () => random.pick(phrases.sections));
  let row = 0;
  const sections = titles.map((title, index) => {
    const upTo = Math.round((activities * (index + 1)) / SECTIONS);
    const rows = [];
    while (row < upTo) {
      row += 1;
      rows.push(activityRow(random, row, seal));
    }
    return { numberText: `${index + 1}.`, title, activities: rows };
  });
  return {
    title: `План работы ${ownerUnit} ${institution} (${number}) на 2020-2021 учебный год`,
    documentKind: 'план работы',
    ownerUnit,
    institution,
    period: PERIOD,
    periodKind: 'SCHOOL_YEAR',
    periodText: 'на 2020-2021 учебный год',
    stamps: [approval(random, institution, seal)],
    columns: ['№', 'наименование', 'сроки', 'ответственные'],
    sections,
    irregularities: [],
  };
}

function activityRow(random, number, seal) {
  const text = random.pick(phrases.activities);
  const [title, ...items] = text.split(/:\s-\s|;\s-\s/u);
  return {
    number: `${number}`,
    title,
    text,
    subItems: items,
    timeframeText: random.pick(random.weighted(phrases.timeframes).texts),
    responsible: responsibleOf(random.pick(phrases.responsible), seal),
    references: citedDocuments(text),
    extras: {},
    irregularities: [],
    source: `line ${number + 20}`,
  };
}

function approval(random, institution, seal) {
  const person = `${random.pick(phrases.initials)} ${random.pick(phrases.surnames)}`;
  return {
    kind: 'approve',
    marker: 'Утверждаю',
    post: 'Директор',
    organisation: institution,
    person: [seal({ person })],
    date: null,
    document: null,
  };
}
