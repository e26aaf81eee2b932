import type { Given, OrganisationContext } from '../../../src/domain/actor.js';
import type { PlanCommandOf } from '../../../src/domain/plan/catalogue.js';
import { LAST } from '../../../src/domain/plan/content/places.js';
import type { ImportedActivity, ImportedPlan } from '../../../src/domain/plan/importedPlan.js';
import { pointsOf } from '../../../src/domain/points.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../../../src/domain/settings.js';
import { at, DEPARTMENT_HEAD, DIRECTOR, entry, METHODOLOGIST, party, stamp, YEAR, ZONE } from '../domain.js';
import type { Ledger } from './ledger.js';

const PERSON = { subject: 'person-1', sealed: 'sealed' };
const OTHER_PERSON = { subject: 'person-2', sealed: 'sealed' };

/** Settings with a different value in every field. */
export const SETTINGS: ControlSettings = {
  ...DEFAULT_SETTINGS,
  dueSoonDays: 5,
  terms: [{ kind: 'term', start: '2020-09-01', end: '2020-10-25' }],
  calendar: { daysOff: ['2020-11-04'], workingDays: ['2021-02-20'] },
  discipline: { limitDays: 30, orderWeight: 3 },
};
const organisation = (id: string, wordings: OrganisationContext['wordings'] = {}): OrganisationContext => ({
  ...{ id, timeZone: ZONE, settings: SETTINGS, wordings, partyCells: {}, isOwn: false },
});
const ORDER = { type: 'order', issuer: 'Отдел образования', date: '2020-10-01', number: '143-р' } as const;
const BY_ORDER: Partial<Given> = {
  actor: DIRECTOR,
  reason: 'Приказ',
  basis: { kind: 'document', document: ORDER },
};
const WITH_REASON: Partial<Given> = { reason: 'Ошибка' };
const PROTOCOL = { type: 'protocol', issuer: 'Педсовет', date: '2020-10-02', number: '1' } as const;
const FULL_STAMP = { organisation: 'МБУДО «ЦВР»', person: [PERSON], date: '2020-10-02', document: PROTOCOL };

/** Executes every command on plans at least once, with a value in every field that is stored. */
export function everyPlanCommand(ledger: Ledger): void {
  draft(ledger);
  approve(ledger);
  work(ledger);
  report(ledger);
  end(ledger);
  imports(ledger);
  ledger.plan('gone', DRAFT);
  ledger.plan('gone', { type: 'withdrawPlan' }, WITH_REASON);
}

const DRAFT: PlanCommandOf<'draftPlan'> = {
  type: 'draftPlan',
  ...{ title: 'План', documentKind: 'план работы', ownerUnit: 'Центр', institution: 'МБУДО «ЦВР»' },
  ...{ period: { start: '2020-09-01', end: '2021-06-30' }, organisationId: null, timeZone: ZONE },
  externalId: 'план-7',
};

function draft(ledger: Ledger): void {
  const give = ledger.plan.bind(ledger, 'main');
  give({ ...DRAFT, organisationId: 'o1' }, { organisation: organisation('o1') });
  give({ type: 'addSection', title: 'Первый', numberText: 'I.', after: null, externalId: 'section 1' });
  give({ type: 'addSection', title: 'Второй', numberText: 'II.', after: null });
  give({ type: 'addSection', title: 'Лишний', numberText: 'III.', after: null });
  give({ type: 'removeSection', sectionId: 's3' });
  give({ type: 'changeSection', sectionId: 's2', title: 'Второй раздел', numberText: '2.' });
  const rows = [
    entry('сентябрь', {
      ...{ title: 'Семинар по приказу от 01.09.2020 № 5', subItems: ['доклад', 'отчёт'], externalId: 'строка-1' },
    }),
    entry('2 раза в квартал', { title: 'Форум' }),
    entry('как получится', { title: 'Сайт' }),
    entry('ноябрь 2020 г.', { title: 'Конкурс' }),
    entry('декабрь 2020 г.', { title: 'Лишнее' }),
  ];
  for (const activity of rows) give({ type: 'addActivity', sectionId: 's1', after: LAST, activity });
  give({ type: 'removeActivity', activityId: 'a5' });
  give({
    type: 'changePlanDetails',
    title: 'План на год',
    ownerUnit: 'Центр развития',
    institution: 'ЦВР',
    period: YEAR,
  });
  give({ type: 'rewordActivity', activityId: 'a2', title: 'Форум учителей', number: '22', subItems: ['первый'] });
  give({ type: 'rescheduleActivity', activityId: 'a1', timeframe: { text: 'сентябрь 2020 г.', schedule: null } });
  give({ type: 'reassignActivity', activityId: 'a1', responsible: { ...party('Форум'), text: ['Форум ', PERSON] } });
  give({ type: 'reassignActivity', activityId: 'a1', responsible: { ...party('Форум'), statedBy: 'author' } });
  give({ type: 'confirmAccountable', activityId: 'a1', place: 1 });
  give({ type: 'moveActivity', activityId: 'a4', sectionId: 's2', after: null });
  give({ type: 'reviseDraft', changes: [{ type: 'rewordActivity', activityId: 'a4', title: 'Конкурс чтецов' }] });
  const meant = {
    text: 'ноябрь 2020 г.',
    schedule: { kind: 'deadline', dates: ['2020-11-20'] },
    period: YEAR,
  } as const;
  give(
    { type: 'readTimeframesAgain', activityIds: ['a4'] },
    { organisation: organisation('o1', { 'ноябрь 2020 г': meant }) },
  );
  const days = [{ start: '2020-12-01', end: '2020-12-05' }];
  give({ type: 'resolveWording', activityId: 'a3', reading: { kind: 'dates', form: 'range', windows: days } });
  give({ type: 'resolveWording', activityId: 'a3', reading: { kind: 'deadline', dates: ['2020-12-10'] } });
  give({ type: 'assignPlan', organisationId: 'o2' }, { organisation: organisation('o2') });
}

function approve(ledger: Ledger): void {
  const give = ledger.plan.bind(ledger, 'main');
  const council = {
    kind: 'consider',
    post: 'Педсовет',
    organisation: 'МБУДО «ЦВР»',
    stage: 1,
    isCouncil: true,
  } as const;
  give({ type: 'submitPlan', route: [council] });
  give({ type: 'returnPlan', remarks: 'Нет сроков' }, { actor: DIRECTOR });
  give({ type: 'submitPlan', route: [council] });
  give({ type: 'agreePlan', stamp: stamp('Педсовет', FULL_STAMP) }, { actor: DEPARTMENT_HEAD });
  const approval = { stamp: stamp('Директор', FULL_STAMP), underControlFrom: '2020-09-01' };
  give({ type: 'approvePlan', ...approval }, { actor: DIRECTOR, organisation: organisation('o2') });
}

function work(ledger: Ledger): void {
  const give = ledger.plan.bind(ledger, 'main');
  const quota = { activityId: 'a2', pointId: 'a2.1', actualOn: '2020-10-05', note: 'Первый из двух' };
  give({ type: 'recordProgress', ...quota, count: 1, subItem: 1, expectedOn: '2020-10-20' });
  give({ type: 'completeActivity', ...quota, count: 2 });
  give({ type: 'withdrawCompletion', activityId: 'a2', pointId: 'a2.1' }, WITH_REASON);
  const later = { text: 'до 20 декабря 2020 г.', schedule: null };
  give({ type: 'requestReschedule', activityId: 'a1', timeframe: later }, WITH_REASON);
  give({ type: 'refuseReschedule', requestId: 'a1.q1' }, { actor: DIRECTOR, ...WITH_REASON });
  give({ type: 'requestReschedule', activityId: 'a1', timeframe: later }, WITH_REASON);
  give({ type: 'grantReschedule', requestId: 'a1.q2' }, BY_ORDER);
  const added = { ...entry('март 2021 г.', { title: 'Добавлено' }), responsible: party('Форум') };
  const adding = { type: 'addActivity', sectionId: 's2', after: LAST, activity: added } as const;
  give({ type: 'amendPlan', changes: [adding] }, BY_ORDER);
  give({ type: 'excludeActivity', activityId: 'a4' }, BY_ORDER);
  const reworded = { type: 'rewordActivity', activityId: 'a1', title: 'Уточнено по документу' } as const;
  give({ type: 'amendFromDocument', changes: [reworded], notAmendable: [] }, BY_ORDER);
}

function report(ledger: Ledger): void {
  const give = ledger.plan.bind(ledger, 'main');
  const evidence = [{ title: 'Справка', url: 'https://example.org/1', sha256: 'a'.repeat(64) }];
  const about = { activityId: 'a2', pointIds: ['a2.1'], text: 'Сделано', evidence, actualOn: '2020-10-05' };
  const now = at('2021-01-15');
  give({ type: 'noticeMissedDeadlines' }, { ...now, actor: { ...METHODOLOGIST, id: 'system', role: 'system' } });
  give({ type: 'submitReport', ...about, interim: true }, now);
  give({ type: 'withdrawReport', reportId: 'a2.r1' }, { ...now, ...WITH_REASON });
  give({ type: 'submitReport', ...about, interim: false }, now);
  give({ type: 'returnReport', reportId: 'a2.r2' }, { ...now, ...WITH_REASON, actor: DIRECTOR });
  give({ type: 'submitReport', ...about, interim: false }, now);
  give({ type: 'acceptReport', reportId: 'a2.r3' }, { ...now, actor: DIRECTOR });
  give({ type: 'issuePeriodReport', kind: 'QUARTER', day: '2020-11-01', note: 'За IV квартал' }, now);
}

function end(ledger: Ledger): void {
  const give = ledger.plan.bind(ledger, 'main');
  const over = { ...at('2021-09-10'), actor: DIRECTOR };
  const plan = ledger.planAt('main');
  const open = [...plan.activities.values()].flatMap((row) =>
    pointsOf(plan, row).filter(({ timing }) => timing.settled === null),
  );
  const outcomes = open.map(({ id }) => ({ pointId: id, outcome: 'NOT_DONE', explanation: 'Болезнь' }) as const);
  give({ type: 'closePlan', outcomes }, over);
  const source = ledger.planAt('main');
  const from = { planId: 'main', edition: source.edition };
  const copied = { from, source, organisationId: 'o2', period: null, title: 'План на новый год' };
  ledger.plan(
    'copy',
    { type: 'copyPlan', ...copied },
    { ...over, actor: METHODOLOGIST, organisation: organisation('o2') },
  );
}

function imports(ledger: Ledger): void {
  const command = (reader: string): PlanCommandOf<'importPlan'> => ({
    type: 'importPlan',
    plan: DOCUMENT,
    source: { fileName: 'план.docx', sha256: 'b'.repeat(64), reader },
    organisationId: null,
    timeZone: ZONE,
  });
  ledger.plan('imported', command('text-1'), {}, 2);
  ledger.plan('imported', { type: 'abandonImport', importCommandId: '' });
  ledger.plan('imported', command('text-2'));
  ledger.plan('imported', { type: 'changePlanDetails', title: 'План на год' });
  const confirmed = { date: '2020-08-31', underControlFrom: '2020-09-01' };
  ledger.plan(
    'imported',
    { type: 'confirmPrintedApproval', ...confirmed },
    {
      actor: DIRECTOR,
      organisation: organisation('o1'),
    },
  );
  ledger.plan('imported', { type: 'cancelPlan' }, BY_ORDER);
}

const ROW: ImportedActivity = {
  ...{ number: '1', title: 'Слёт', text: 'Слёт: - сбор', subItems: ['сбор'], timeframeText: 'в августе - сентябре' },
  responsible: {
    text: ['Методист ', OTHER_PERSON],
    parties: [{ name: ['Методист ', OTHER_PERSON], kind: 'role', agreement: true, joint: true }],
  },
  references: [{ ...ORDER, typeText: 'приказ', text: 'приказ № 143-р' }],
  extras: { Примечание: 'в зале' },
  irregularities: [{ code: 'HEADING_IS_ITEM', field: 'title', text: 'Слёт', alternatives: ['Сбор'] }],
  source: 'line 3',
};

const DOCUMENT: ImportedPlan = {
  ...{ title: 'План', documentKind: 'план работы', ownerUnit: 'Центр', institution: 'ЦВР', period: YEAR },
  ...{ periodKind: 'SCHOOL_YEAR', periodText: 'на 2020-2021 учебный год', columns: ['Примечание'] },
  stamps: [
    { kind: 'agree', marker: 'Согласовано', ...stamp('Начальник отдела', FULL_STAMP) },
    { kind: 'approve', marker: 'Утверждаю', ...stamp('Директор', { ...FULL_STAMP, date: null }) },
  ],
  sections: [{ numberText: 'I.', title: 'Первый', activities: [ROW] }],
  irregularities: [{ code: 'NO_STAMP_DATE', field: 'stamps', text: 'стоит', alternatives: ['нет'] }],
};
