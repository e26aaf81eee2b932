import { describe, expect, it } from '@jest/globals';
import type { Given, OrganisationContext } from '../../src/domain/actor.js';
import { commonWindow } from '../../src/domain/indicators/periodReport.js';
import type { OrganisationCommand, OrganisationEvent } from '../../src/domain/organisation/catalogue.js';
import { decideOrganisation } from '../../src/domain/organisation/decide.js';
import { evolveOrganisation } from '../../src/domain/organisation/evolve.js';
import { NO_ORGANISATION, type Organisation } from '../../src/domain/organisation/organisation.js';
import type { RefusalCode } from '../../src/domain/refusal.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { ADMINISTRATOR, ON_AN_ORDINARY_DAY, ZONE } from '../support/domain.js';

const REGISTER = {
  type: 'registerOrganisation',
  name: 'МБУДО «ЦВР»',
  parentId: null,
  timeZone: ZONE,
  settings: {},
} as const;
const REASON: Partial<Given> = { reason: 'Новый порядок контроля' };
const DEPARTMENT: OrganisationContext = {
  id: 'department',
  timeZone: ZONE,
  settings: DEFAULT_SETTINGS,
  wordings: {},
  partyCells: {},
  isOwn: false,
};

const registered: OrganisationEvent = {
  type: 'OrganisationRegistered',
  data: { name: 'МБУДО «ЦВР»', parentId: null, timeZone: ZONE, settings: DEFAULT_SETTINGS },
};

function became(...events: readonly OrganisationEvent[]): Organisation {
  return events.reduce<Organisation>(evolveOrganisation, NO_ORGANISATION);
}

function given(...events: readonly OrganisationEvent[]) {
  return {
    when(command: OrganisationCommand, over: Partial<Given> = {}) {
      const decision = decideOrganisation(became(...events), command, {
        ...ON_AN_ORDINARY_DAY,
        actor: ADMINISTRATOR,
        ...over,
      });
      return {
        thenEvents: (...expected: readonly OrganisationEvent[]) =>
          expect(decision).toEqual({ kind: 'accepted', events: expected }),
        thenRefused: (code: RefusalCode, field: string | null = null) =>
          expect(decision).toMatchObject({ kind: 'refused', refusal: { code, field } }),
      };
    },
  };
}

describe('registerOrganisation', () => {
  it('begins with the usual settings, and with those that are stated', () => {
    given().when(REGISTER).thenEvents(registered);
    given()
      .when({ ...REGISTER, settings: { closingRule: 'ACCEPTANCE' } })
      .thenEvents({
        ...registered,
        data: { ...registered.data, settings: { ...DEFAULT_SETTINGS, closingRule: 'ACCEPTANCE' } },
      });
  });

  it('needs a name, a time zone that exists and a parent that is there', () => {
    given()
      .when({ ...REGISTER, name: ' ' })
      .thenRefused('REQUIRED', 'name');
    given()
      .when({ ...REGISTER, timeZone: 'Mars' })
      .thenRefused('INVALID_TIME_ZONE', 'timeZone');
    given()
      .when({ ...REGISTER, parentId: 'nobody' })
      .thenRefused('ORGANISATION_NOT_FOUND', 'parentId');
    given()
      .when({ ...REGISTER, parentId: 'department' }, { organisation: DEPARTMENT })
      .thenEvents({ ...registered, data: { ...registered.data, parentId: 'department' } });
  });

  it('happens once; before it there is nothing to change', () => {
    given(registered).when(REGISTER).thenRefused('ORGANISATION_EXISTS');
    given()
      .when({ type: 'changeOrganisation', name: 'Другая' })
      .thenRefused('ORGANISATION_NOT_FOUND', 'organisationId');
  });
});

describe('changeOrganisation', () => {
  it('leaves what it does not name, and says why', () => {
    given(registered).when({ type: 'changeOrganisation', name: 'ЦВР' }).thenRefused('REASON_REQUIRED', 'reason');
    given(registered)
      .when({ type: 'changeOrganisation', name: 'ЦВР' }, REASON)
      .thenEvents({ type: 'OrganisationDetailsChanged', data: { name: 'ЦВР', parentId: null, timeZone: ZONE } });
    given(registered).when({ type: 'changeOrganisation' }, REASON).thenRefused('NOTHING_CHANGES');
  });

  it('never puts an organisation under itself or under one that belongs to it', () => {
    const own: Partial<Given> = { ...REASON, organisation: { ...DEPARTMENT, id: 'school', isOwn: true } };
    given(registered)
      .when({ type: 'changeOrganisation', parentId: 'school' }, own)
      .thenRefused('PARENT_CYCLE', 'parentId');
  });
});

describe('changeSettings', () => {
  const change = (settings: Partial<ControlSettings>): OrganisationCommand => ({ type: 'changeSettings', settings });

  it('keeps all of them as they are from then on', () => {
    given(registered)
      .when(change({ dueSoonDays: 14 }), REASON)
      .thenEvents({ type: 'SettingsChanged', data: { settings: { ...DEFAULT_SETTINGS, dueSoonDays: 14 } } });
  });

  it.each<[Partial<ControlSettings>, RefusalCode, string | null]>([
    [{ dueSoonDays: 7 }, 'NOTHING_CHANGES', null],
    [{ dueSoonDays: -1 }, 'OUT_OF_BOUNDS', 'settings.dueSoonDays'],
    [{ reportDueDay: 29 }, 'OUT_OF_BOUNDS', 'settings.reportDueDay'],
    [{ terms: [{ kind: 'term', start: '2020-10-25', end: '2020-09-01' }] }, 'PERIOD_INVALID', 'settings.terms.0'],
    [
      {
        terms: [
          { kind: 'term', start: '2020-09-01', end: '2020-10-25' },
          { kind: 'term', start: '2020-10-25', end: '2020-12-28' },
        ],
      },
      'TERMS_OVERLAP',
      'settings.terms.1',
    ],
    [{ calendar: { daysOff: ['2020-02-30'], workingDays: [] } }, 'INVALID_DATE', 'settings.calendar.daysOff.0'],
    [{ calendar: { daysOff: ['2020-11-04'], workingDays: ['2020-11-04'] } }, 'DAY_BOTH_WAYS', 'settings.calendar'],
    [{ discipline: { limitDays: 0, orderWeight: 3 } }, 'OUT_OF_BOUNDS', 'settings.discipline.limitDays'],
  ])('refuses %j: %s', (settings, code, field) => {
    given(registered).when(change(settings), REASON).thenRefused(code, field);
  });

  it('needs a reason', () => {
    given(registered)
      .when(change({ dueSoonDays: 14 }))
      .thenRefused('REASON_REQUIRED', 'reason');
  });
});

describe('the registry of parties', () => {
  const merged: OrganisationEvent = { type: 'PartiesMerged', data: { into: 'мбудо цвр', keys: ['цвр'] } };

  it('says that several wordings mean one party', () => {
    given(registered)
      .when({ type: 'mergeParties', into: 'мбудо цвр', keys: ['цвр'] })
      .thenEvents(merged);
    expect(became(registered, merged)).toMatchObject({ merged: { цвр: 'мбудо цвр' } });
  });

  it('takes along what was merged into a wording before', () => {
    const further: OrganisationEvent = { type: 'PartiesMerged', data: { into: 'центр', keys: ['мбудо цвр'] } };
    expect(became(registered, merged, further)).toMatchObject({ merged: { цвр: 'центр', 'мбудо цвр': 'центр' } });
  });

  it('has no chains, and nothing that changes nothing', () => {
    given(registered, merged)
      .when({ type: 'mergeParties', into: 'цвр', keys: ['дом'] })
      .thenRefused('PARTY_IS_MERGED', 'into');
    given(registered, merged)
      .when({ type: 'mergeParties', into: 'мбудо цвр', keys: ['цвр'] })
      .thenRefused('NOTHING_CHANGES');
    given(registered).when({ type: 'mergeParties', into: 'а', keys: [] }).thenRefused('REQUIRED', 'partyIds');
    given(registered)
      .when({ type: 'mergeParties', into: 'а', keys: ['а'] })
      .thenRefused('PARTY_INTO_ITSELF', 'partyIds');
  });

  it('separates a wording, which is then suggested no more', () => {
    const separated: OrganisationEvent = { type: 'PartySeparated', data: { key: 'цвр' } };
    given(registered, merged).when({ type: 'separateParty', key: 'цвр' }).thenEvents(separated);
    expect(became(registered, merged, separated)).toMatchObject({ merged: {}, apart: ['цвр'] });
    given(registered, separated).when({ type: 'separateParty', key: 'цвр' }).thenRefused('PARTY_NOT_MERGED', 'partyId');
    expect(became(registered, separated, merged)).toMatchObject({ merged: { цвр: 'мбудо цвр' }, apart: [] });
  });
});

describe('issueOrganisationReport', () => {
  const figures = { points: 3, firstTermPoints: 3, softPoints: 0, figures: [] };
  const issue = {
    type: 'issueOrganisationReport',
    kind: 'MONTH',
    window: { start: '2020-09-01', end: '2020-09-30' },
    issuedOn: '2020-10-15',
    plans: 1,
    figures,
    organisations: [{ organisationId: 'o1', name: 'ЦВР', plans: 1, figures }],
    note: ' Сентябрь ',
  } as const;

  it('keeps the figures that it was given, and counts reports', () => {
    const { type: _, ...data } = issue;
    const event: OrganisationEvent = {
      type: 'OrganisationReportIssued',
      data: { ...data, note: 'Сентябрь', reportId: 'or1' },
    };
    given(registered).when(issue).thenEvents(event);
    given(registered, event)
      .when(issue)
      .thenEvents({ ...event, data: { ...event.data, reportId: 'or2' } });
  });

  it('is on a period that is over, and on plans that there are', () => {
    const october = { start: '2020-10-01', end: '2020-10-31' };
    given(registered)
      .when({ ...issue, window: october })
      .thenRefused('PERIOD_NOT_OVER', 'day');
    given(registered)
      .when({ ...issue, plans: 0 })
      .thenRefused('NOTHING_PLANNED', 'organisationId');
    given().when(issue).thenRefused('ORGANISATION_NOT_FOUND', 'organisationId');
  });
});

describe('the period of a report over several plans', () => {
  it.each([
    ['MONTH', '2021-02-11', '2021-02-01', '2021-02-28'],
    ['QUARTER', '2020-09-11', '2020-07-01', '2020-09-30'],
    ['HALF_YEAR', '2020-12-31', '2020-09-01', '2020-12-31'],
    ['HALF_YEAR', '2021-01-01', '2021-01-01', '2021-08-31'],
    ['YEAR', '2021-08-31', '2020-09-01', '2021-08-31'],
    ['YEAR', '2021-09-01', '2021-09-01', '2022-08-31'],
  ] as const)('%s of %s is %s to %s', (kind, day, start, end) => {
    expect(commonWindow(kind, day)).toEqual({ start, end });
  });
});
