import { describe, expect, it } from '@jest/globals';
import type { OrganisationContext } from '../../src/domain/actor.js';
import type { OrganisationEvent } from '../../src/domain/organisation/catalogue.js';
import { decideOrganisation } from '../../src/domain/organisation/decide.js';
import { evolveOrganisation } from '../../src/domain/organisation/evolve.js';
import { NO_ORGANISATION, type Organisation } from '../../src/domain/organisation/organisation.js';
import { wordingKey } from '../../src/domain/organisation/ownReadings.js';
import { type ReadingOrganisation, readInOrganisation } from '../../src/domain/organisation/ownWordings.js';
import { rereadings } from '../../src/domain/rereading.js';
import type { Schedule } from '../../src/domain/schedule.js';
import { DEFAULT_SETTINGS, type SchoolTerm } from '../../src/domain/settings.js';
import { readTimeframe } from '../../src/domain/wording/read.js';
import { ADMINISTRATOR, draftOf, entry, given, ON_AN_ORDINARY_DAY, planAfter, YEAR, ZONE } from '../support/domain.js';

const registered: OrganisationEvent = {
  type: 'OrganisationRegistered',
  data: { name: 'МБУДО «ЦВР»', parentId: null, timeZone: ZONE, settings: DEFAULT_SETTINGS },
};
const SEPTEMBER: Schedule = { kind: 'dates', form: 'range', windows: [{ start: '2020-09-01', end: '2020-09-30' }] };
const adopted: OrganisationEvent = {
  type: 'WordingAdopted',
  data: { text: 'август - сентябрь', schedule: SEPTEMBER, period: YEAR },
};
const withdrawn: OrganisationEvent = { type: 'WordingWithdrawn', data: { text: 'август - сентябрь' } };

const TERMS: readonly SchoolTerm[] = [
  { kind: 'term', start: '2020-09-01', end: '2020-10-25' },
  { kind: 'term', start: '2020-11-05', end: '2020-12-29' },
  { kind: 'term', start: '2021-01-11', end: '2021-03-21' },
  { kind: 'term', start: '2021-03-29', end: '2021-05-28' },
];

function became(...events: readonly OrganisationEvent[]): Organisation {
  return events.reduce<Organisation>(evolveOrganisation, NO_ORGANISATION);
}

function groundAfter(...events: readonly OrganisationEvent[]): OrganisationContext {
  const organisation = became(registered, ...events);
  if (organisation.status === 'ABSENT') throw new Error('it was registered');
  const { settings, wordings, partyCells } = organisation;
  return { id: 'org', timeZone: ZONE, settings, wordings, partyCells, isOwn: false };
}

function reading(organisation: ReadingOrganisation, text: string, period = YEAR, heading = '') {
  return readInOrganisation(organisation, text, period, heading);
}

describe('the own wordings of an organisation', () => {
  const decide = (history: readonly OrganisationEvent[], command: Parameters<typeof decideOrganisation>[1]) =>
    decideOrganisation(became(registered, ...history), command, { ...ON_AN_ORDINARY_DAY, actor: ADMINISTRATOR });

  it('are settled, settled anew, and withdrawn', () => {
    const adopt = { type: 'adoptWording', text: ' август - сентябрь', schedule: SEPTEMBER, period: YEAR } as const;
    expect(decide([], adopt)).toEqual({ kind: 'accepted', events: [adopted] });
    expect(decide([adopted], adopt)).toMatchObject({ refusal: { code: 'NOTHING_CHANGES' } });
    expect(decide([adopted], { ...adopt, schedule: { kind: 'external' } })).toMatchObject({ kind: 'accepted' });
    expect(decide([adopted], { type: 'withdrawWording', text: 'август' })).toMatchObject({
      refusal: { code: 'WORDING_NOT_OWN' },
    });
    expect(decide([adopted], { type: 'withdrawWording', text: 'АВГУСТ –  сентябрь.' })).toEqual({
      kind: 'accepted',
      events: [withdrawn],
    });
    expect(decide([adopted, withdrawn], { type: 'withdrawWording', text: 'август - сентябрь' })).toMatchObject({
      refusal: { code: 'WORDING_NOT_OWN' },
    });
  });

  it('are no meaning at all, or one that no schedule can be', () => {
    const adopt = (schedule: Schedule) =>
      decide([], { type: 'adoptWording', text: 'как получится', schedule, period: YEAR });
    expect(adopt({ kind: 'unknown' })).toMatchObject({ refusal: { code: 'UNREAD_WORDING' } });
    const backwards = { ...SEPTEMBER, windows: [{ start: '2020-09-30', end: '2020-09-01' }] };
    expect(adopt(backwards)).toMatchObject({ refusal: { code: 'INVALID_SCHEDULE' } });
  });

  it('are read in the same plan and in that of another year, whose days move with the years', () => {
    const organisation = groundAfter(adopted);
    expect(reading(organisation, 'Август - сентябрь ')).toEqual({
      text: 'Август - сентябрь ',
      schedule: SEPTEMBER,
      ...{ confidence: 'certain', alternatives: [], flags: [], rules: 'own' },
    });
    const next = { start: '2021-09-01', end: '2022-08-31' };
    expect(reading(organisation, 'август - сентябрь', next).schedule).toEqual({
      ...SEPTEMBER,
      windows: [{ start: '2021-09-01', end: '2021-09-30' }],
    });
  });

  it.each([
    ['in a plan of other days of the year', { start: '2021-01-01', end: '2021-12-31' }, ''],
    ['below a month', YEAR, 'Сентябрь'],
    ['below a year', YEAR, '2020 год'],
  ])('are not used %s', (_, period, heading) => {
    const organisation = groundAfter(adopted);
    const { text, rules } = reading(organisation, 'август - сентябрь', period, heading);
    expect(reading(organisation, text, period, heading)).toEqual(readTimeframe(text, period, heading));
    expect(rules).not.toBe('own');
  });

  it('have the same key however they are typed', () => {
    expect(wordingKey('  Отчётный   ПЕРИОД. ')).toBe(wordingKey('отчетный период'));
    expect(wordingKey('май')).not.toBe(wordingKey('март'));
  });

  it('are used when a row is added to a plan', () => {
    const command = {
      type: 'addActivity',
      activity: entry('август - сентябрь'),
      sectionId: 's1',
      after: null,
    } as const;
    const row = (organisation: OrganisationContext | null) =>
      given(draftOf('октябрь 2020 г.')).when(command, { organisation }).plan().activities.get('a2')?.timeframe;
    expect(row(groundAfter(adopted))).toMatchObject({ confidence: 'certain', schedule: SEPTEMBER, rules: 'own' });
    expect(row(groundAfter(adopted, withdrawn))).toMatchObject({ confidence: 'assumed' });
    expect(row(null)).toMatchObject({ confidence: 'assumed' });
  });
});

describe('the school calendar of an organisation', () => {
  const organisation: ReadingOrganisation = { settings: { terms: TERMS }, wordings: {}, partyCells: {} };
  const days = (text: string) => {
    const { schedule } = reading(organisation, text);
    return schedule.kind === 'dates' ? schedule.windows : schedule.kind;
  };

  it.each([
    ['1 четверть', '2020-09-01', '2020-10-25'],
    ['во II четверти', '2020-11-05', '2020-12-29'],
    ['осенние каникулы', '2020-10-26', '2020-11-04'],
    ['в период зимних каникул', '2020-12-30', '2021-01-10'],
    ['весенние каникулы', '2021-03-22', '2021-03-28'],
    ['летние каникулы', '2021-05-29', '2021-08-31'],
  ])('gives «%s» its days', (text, start, end) => {
    expect(days(text)).toEqual([{ start, end }]);
    expect(readTimeframe(text, YEAR).schedule.kind).not.toBe('throughout');
  });

  it('is read once for the rows of a plan, with and without an organisation', () => {
    for (const owner of [null, organisation]) {
      const read = (heading: string) => readInOrganisation(owner, 'каждый 3-тий понедельник', YEAR, heading);
      expect(read('Раздел 2')).toBe(read('Раздел 1'));
      expect(read('Май')).not.toBe(read('Раздел 1'));
    }
  });

  it('is needed for them', () => {
    expect(readTimeframe('1 четверть', YEAR).schedule).toEqual({ kind: 'external' });
    expect(readTimeframe('осенние каникулы', YEAR).schedule).toEqual({ kind: 'external' });
  });

  it('is offered to a draft when it changes, and taken over by a person; stored readings do not change', () => {
    const draft = draftOf('осенние каникулы', 'октябрь 2020 г.');
    const plan = planAfter(draft);
    expect(rereadings(plan, { settings: { terms: [] }, wordings: {}, partyCells: {} })).toEqual([]);
    expect(rereadings(plan, organisation)).toMatchObject([
      { activityId: 'a1', stored: { schedule: { kind: 'external' } }, now: { schedule: { kind: 'dates' } } },
    ]);
    const ground: OrganisationContext = { ...groundAfter(), settings: { ...DEFAULT_SETTINGS, terms: TERMS } };
    const again = given(draft).when({ type: 'readTimeframesAgain', activityIds: null }, { organisation: ground });
    expect(again.plan().activities.get('a1')?.timeframe.schedule).toMatchObject({
      windows: [{ start: '2020-10-26', end: '2020-11-04' }],
    });
    given(draft)
      .when({ type: 'readTimeframesAgain', activityIds: ['a2'] }, { organisation: ground })
      .thenRefused('NOTHING_CHANGES');
    given(draft)
      .when({ type: 'readTimeframesAgain', activityIds: ['a1', 'a99'] }, { organisation: ground })
      .thenRefused('ACTIVITY_NOT_FOUND', 'activityIds');
  });
});
