import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { newKey, onAccess } from './access.js';
import { holderIdOf } from './keys.js';
import { registered } from './organisations.js';
import type { TestServer } from './server.js';
import type { ValuesByName } from './textInputs.js';

const YEAR = { start: '2020-09-01', end: '2021-08-31' };
const LAST_YEAR = { start: '2019-09-01', end: '2020-08-31' };
const ROWS = 12;

/** Objects on which every mutation can work. */
export interface HostileWorld {
  readonly planIds: readonly string[];
  readonly organisationId: string;
  /** Returns values for the arguments of a mutation with which it is accepted. */
  valuesFor(mutation: string): ValuesByName;
}

/** Returns a plan document in base64 that has a text in its title, a section and each cell of a row. */
export function documentWith(text: string, mark: string): string {
  const rows = [
    [`План работы ${mark} на 2020-2021 учебный год ${text}`],
    ['№', 'Мероприятие', 'Срок', 'Ответственные', 'Место'],
    ['', `1. Работа ${text}`, '', '', ''],
    ['1', `Семинар ${text}`, `октябрь 2020 г. ${text}`, `Методист ${text}`, text],
  ];
  return Buffer.from(stringify(rows, { delimiter: ';', quoted: true })).toString('base64');
}

/** Creates an organisation with a plan in each state, and a holder of access whose webhook receives all changes. */
export async function hostileWorld(server: TestServer, number: number, receiver: string): Promise<HostileWorld> {
  const mark = `№ ${number}`;
  const organisationId = await registered(server, { name: `Школа ${mark}` });
  const { id: accessId } = await newKey(server, { name: 'Портал', organisationIds: [organisationId] });
  const webhookId = await webhookOf(server, accessId, receiver);
  const drafted = async (name: string, rows: number, period = YEAR) => {
    const { plan } = await server.done('draftPlan', {
      title: `${name} ${mark}`,
      ownerUnit: 'Центр',
      period,
      organisationId,
    });
    const sectionId = `${plan.id.replace('plan', 'section')}.s1`;
    await server.done('addSection', { planId: plan.id, title: 'Работа' });
    for (let row = 0; row < rows; row += 1) {
      const activity = {
        sectionId,
        title: 'Семинар',
        timeframe: { text: `октябрь ${period.start.slice(0, 4)} г.` },
        responsible: `Совет ${row}`,
      };
      await server.done('addActivity', { activity });
    }
    return plan.id;
  };
  const submittedPlan = async (name: string, rows: number, route: readonly object[] = [], period = YEAR) => {
    const planId = await drafted(name, rows, period);
    await server.done('submitPlan', { planId, route });
    return planId;
  };
  const approvedPlan = async (name: string, rows: number, period = YEAR) => {
    const planId = await submittedPlan(name, rows, [], period);
    await server.done('approvePlan', { planId, stamp: { post: 'Директор' }, underControlFrom: period.start });
    return planId;
  };
  const [draft, withdrawn, agreed, returned, submitted, approved, cancelled, closed] = await Promise.all([
    drafted('Проект', 4),
    drafted('Отозван', 0),
    submittedPlan('Согласование', 1, [{ kind: 'AGREE', post: 'Директор' }]),
    submittedPlan('Возврат', 1),
    submittedPlan('Утверждение', 1),
    approvedPlan('Действует', ROWS),
    approvedPlan('Отменён', 1),
    approvedPlan('Закрыт', 1, LAST_YEAR),
  ]);
  const plans = { draft, withdrawn, agreed, returned, submitted, approved, cancelled, closed };
  const content = documentWith('', `${mark} печать`);
  const imported = await server.done('importPlan', {
    fileName: 'a.csv',
    content,
    organisationId,
    commandId: `import-${number}`,
  });
  const document = { fileName: 'a.csv', content: documentWith('', `${mark} поправки`), organisationId };
  const amended = await server.done('importPlan', document);
  await server.done('submitPlan', { planId: amended.plan.id, route: [] });
  await server.done('approvePlan', { planId: amended.plan.id, stamp: { post: 'Директор' } });
  const text = Buffer.from(document.content, 'base64').toString();
  const another = Buffer.from(text.replace('октябрь', 'ноябрь')).toString('base64');
  const inPlan = (type: string, local: string) => `${plans.approved.replace('plan', type)}.${local}`;
  const row = (ordinal: number) => inPlan('activity', `a${ordinal}`);
  const report = { actualOn: '2020-09-30', text: 'Сделано' };
  for (const ordinal of [1, 2, 3]) {
    await server.done('submitReport', { ...report, activityId: row(ordinal) }, { key: 'methodologist' });
  }
  for (const ordinal of [4, 5]) {
    const request = { timeframe: { text: 'май 2021 г.' }, reason: 'Болезнь' };
    await server.done('requestReschedule', { ...request, activityId: row(ordinal) }, { key: 'methodologist' });
  }
  await server.done('completeActivity', { activityId: row(6), actualOn: '2020-09-28' });
  const parties = await partiesOf(server, organisationId);
  const identity = { issuer: 'https://идентификация.example', subject: mark };
  await onAccess(server, 'linkSignIn', { accessId, identity });

  const activityOf: Readonly<Record<string, number>> = {
    ...{ withdrawCompletion: 6, completeActivity: 7, recordProgress: 8, submitReport: 9, requestReschedule: 10 },
    ...{ excludeActivity: 11, confirmAccountable: 12 },
  };
  const planOf: Readonly<Record<string, keyof typeof plans>> = {
    ...{ withdrawPlan: 'withdrawn', agreePlan: 'agreed', returnPlan: 'returned', approvePlan: 'submitted' },
    ...{ cancelPlan: 'cancelled', closePlan: 'closed', amendPlan: 'approved', issuePeriodReport: 'approved' },
    copyPlan: 'approved',
  };
  const more: Readonly<Record<string, ValuesByName>> = {
    confirmPrintedApproval: { planId: imported.plan.id },
    reviseDraft: { planId: imported.plan.id, content: documentWith('', `${mark} печать`) },
    amendFromDocument: { planId: amended.plan.id, content: another },
    abandonImport: { planId: imported.plan.id, importCommandId: `import-${number}` },
    importPlan: { content: documentWith('', `${mark} ещё`) },
    closePlan: {
      outcomes: [{ pointId: `${plans.closed.replace('plan', 'point')}.a1.1`, outcome: 'NOT_DONE', explanation: 'Нет' }],
    },
    amendPlan: {
      changes: [{ reword: { activityId: row(12), title: 'Смотр' } }],
      activityId: row(12),
      sectionId: inPlan('section', 's1'),
    },
    removeActivity: { activityId: `${plans.draft.replace('plan', 'activity')}.a4` },
    withdrawReport: { reportId: inPlan('report', 'a3.r1') },
    returnReport: { reportId: inPlan('report', 'a2.r1') },
    grantReschedule: { requestId: inPlan('request', 'a4.q1') },
    linkSignIn: { identity: { ...identity, subject: `${mark} 2` } },
    unlinkSignIn: { identity },
    submitPlan: { route: [] },
    renameAccess: { accessId: `access_${holderIdOf('dashboard')}`, name: 'Экран' },
    forgetPerson: { name: `Петрова ${mark}` },
  };
  const base = {
    ...{ organisationId, accessId, webhookId, reason: 'Решение', actualOn: '2020-09-28', day: '2020-09-30' },
    ...{ timeframe: { text: 'май 2021 г.' }, responsible: 'Совет школы', url: receiver },
    ...{
      basis: { document: { type: 'ORDER', number: '1', date: '2020-09-01' } },
      stamp: { post: 'Директор' },
      fromPlanId: plans.approved,
    },
    ...{ reportId: inPlan('report', 'a1.r1'), requestId: inPlan('request', 'a5.q1'), remarks: 'Нет сроков' },
    ...{ partyIds: parties.slice(0, 1), intoId: parties[1], partyId: parties[0], organisationIds: [organisationId] },
  };
  return {
    planIds: [...Object.values(plans), imported.plan.id, amended.plan.id],
    organisationId,
    valuesFor(mutation) {
      const ordinal = activityOf[mutation];
      const planId = plans[planOf[mutation] ?? 'draft'];
      const inDraft = {
        activityId: `${plans.draft.replace('plan', 'activity')}.a1`,
        sectionId: `${plans.draft.replace('plan', 'section')}.s1`,
      };
      return {
        ...base,
        planId,
        ...(ordinal === undefined ? inDraft : { activityId: row(ordinal) }),
        ...more[mutation],
      };
    },
  };
}

async function webhookOf(server: TestServer, accessId: string, url: string): Promise<string> {
  const shape = z.object({ addWebhook: z.object({ webhook: z.object({ id: z.string() }) }) });
  const document = 'mutation($input: AddWebhookInput!) { addWebhook(input: $input) { webhook { id } } }';
  return (await server.read(shape, document, { variables: { input: { accessId, url } } })).addWebhook.webhook.id;
}

async function partiesOf(server: TestServer, organisationId: string): Promise<string[]> {
  const shape = z.object({
    organisation: z.object({ parties: z.object({ nodes: z.array(z.object({ partyId: z.string() })) }) }),
  });
  const document = 'query($id: ID!) { organisation(id: $id) { parties { nodes { partyId } } } }';
  const { organisation } = await server.read(shape, document, { variables: { id: organisationId } });
  return organisation.parties.nodes.map(({ partyId }) => partyId);
}
