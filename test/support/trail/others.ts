import type { AccessCommand } from '../../../src/domain/access/commands.js';
import type { Credential } from '../../../src/domain/access/holder.js';
import type { Given } from '../../../src/domain/actor.js';
import type { OrganisationCommand } from '../../../src/domain/organisation/catalogue.js';
import { ADMINISTRATOR, at, ZONE } from '../domain.js';
import type { Ledger } from './ledger.js';
import { SETTINGS } from './plans.js';

const BY_ADMINISTRATOR: Partial<Given> = { actor: ADMINISTRATOR, reason: 'По заявлению' };
const FIGURES = { points: 3, firstTermPoints: 4, softPoints: 1, figures: [] };

/** Executes every command on organisations, accesses and persons at least once, and appends every event of the log. */
export function everyOtherCommand(ledger: Ledger): void {
  organisations(ledger);
  accesses(ledger);
  ledger.person(
    'person-1',
    {
      type: 'forgetPerson',
      ...{ ground: 'CONSENT_WITHDRAWN', requestedOn: '2020-10-10', retainedPlans: 1, despiteRetention: true },
      ...{ isKnown: true, isNamedHere: false, apiKeys: 0 },
    },
    BY_ADMINISTRATOR,
  );
  ledger.log({ type: 'LogKeyRotated', data: { key: 'log+1+a', previous: 'log+0+b' } });
  const sizes = { accepted: { size: 5, root: 'cm9vdA==' }, anchor: { size: 7, root: 'b3RoZXI=' } };
  ledger.log({ type: 'LogAccepted', data: { problem: 'CUT', ...sizes } });
}

function organisations(ledger: Ledger): void {
  const parent = { id: 'o0', timeZone: ZONE, settings: SETTINGS, wordings: {}, partyCells: {}, isOwn: false };
  const give = (command: OrganisationCommand, over: Partial<Given> = {}) =>
    ledger.organisation('o1', command, { ...BY_ADMINISTRATOR, ...over });
  give(
    { type: 'registerOrganisation', name: 'ЦВР', parentId: 'o0', timeZone: ZONE, settings: SETTINGS },
    { organisation: parent },
  );
  give({ type: 'changeOrganisation', name: 'МБУДО «ЦВР»', timeZone: 'Europe/Moscow' }, { organisation: parent });
  give({ type: 'changeSettings', settings: { dueSoonDays: 9 } });
  give({ type: 'mergeParties', into: 'центр', keys: ['цвр', 'центр развития'] });
  give({ type: 'separateParty', key: 'цвр' });
  const period = { start: '2020-09-01', end: '2021-08-31' };
  const schedule = { kind: 'dates', form: 'range', windows: [period] } as const;
  give({ type: 'adoptWording', text: 'в августе', schedule, period });
  // The labels of all kinds of schedules.
  const quota = { kind: 'quota', count: 2, atLeast: true, per: 'month', noun: 'издание', windows: [period] } as const;
  give({ type: 'adoptWording', text: '2 изд. в мес.', schedule: quota, period: null });
  const meeting = { kind: 'recurring', rule: 'FREQ=WEEKLY', time: '15:45' } as const;
  give({ type: 'adoptWording', text: 'еженедельно', schedule: meeting, period: null });
  give({
    type: 'adoptWording',
    text: 'по запросам',
    schedule: { kind: 'onDemand', answerWithin: 'P3D' },
    period: null,
  });
  give({ type: 'adoptWording', text: 'весь год', schedule: { kind: 'throughout', window: period }, period: null });
  give({ type: 'adoptWording', text: 'к осени', schedule: { kind: 'deadline', dates: ['2020-09-01'] }, period: null });
  give({ type: 'withdrawWording', text: 'в августе' });
  const marks = { agreement: false, joint: false };
  give({
    type: 'adoptPartyCell',
    text: 'Отдел кадров и архив, ОДН (по согласованию)',
    parties: [
      { name: ['Отдел кадров и архив'], kind: 'unit', ...marks },
      { name: ['ОДН'], kind: 'org', ...marks, agreement: true },
    ],
  });
  give({ type: 'withdrawPartyCell', text: 'Отдел кадров и архив, ОДН (по согласованию)' });
  give(
    {
      type: 'issueOrganisationReport',
      ...{ kind: 'YEAR', window: period, issuedOn: '2021-09-10', plans: 1, figures: FIGURES, note: 'За год' },
      organisations: [{ organisationId: 'o1', name: 'ЦВР', plans: 1, figures: FIGURES }],
    },
    at('2021-09-10'),
  );
}

function accesses(ledger: Ledger): void {
  const give = (command: AccessCommand, id = 'h1') => ledger.access(id, command, BY_ADMINISTRATOR);
  const key = (lookup: string): Credential => ({ kind: 'key', prefix: `letopis_${lookup}`, lookup, hash: 'f' });
  const login = (lookup: string) => ({ kind: 'identity', issuer: 'https://id.example', lookup }) as const;
  const name = { subject: 'person-1', sealed: 'x' };
  give({
    type: 'issueAccess',
    ...{ name, role: 'integrator', post: 'Методист', organisation: 'ЦВР', organisationIds: ['o1'], unknown: [] },
    ...{ credential: key('k1'), expiresAt: '2021-09-01T00:00:00.000Z' },
  });
  give({ type: 'rotateAccess', credential: key('k2'), expiresAt: '2021-10-01T00:00:00.000Z', overlapHours: 24 });
  give({ type: 'linkSignIn', identity: login('l1'), former: { id: 'h0', status: 'REVOKED' }, isTaken: false });
  // A second login of the same provider.
  give({ type: 'linkSignIn', identity: login('l2'), former: null, isTaken: false });
  give({ type: 'unlinkSignIn', lookup: 'l2' });
  give({ type: 'renameAccess', name: { subject: 'person-2', sealed: 'y' } });
  give({ type: 'grantAccess', organisationIds: ['o2'], unknown: [] });
  give({ type: 'withdrawAccess', organisationIds: ['o1'] });
  give({ type: 'addWebhook', webhookId: 'w1', url: 'https://portal.example/', eventTypes: ['ActivityCompleted'] });
  give({ type: 'rotateWebhook', webhookId: 'w1', overlapHours: 24 });
  give({ type: 'removeWebhook', webhookId: 'w1' });
  give({ type: 'revokeAccess' });
}
