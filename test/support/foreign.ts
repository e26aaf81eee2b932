import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { newKey } from './access.js';
import { registered } from './organisations.js';
import type { TestServer } from './server.js';
import { type Ids, SAME_EXTERNAL_ID } from './walk.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Two plans of one organisation with everything that a request may refer to: one in force, and a draft. */
export interface World {
  readonly approved: Ids;
  readonly draft: Ids;
}

const uuidIn = (id: string) => id.replace(/^[a-z]+_/, '').split('.')[0] ?? '';

function inPlan(planId: string) {
  const uuid = uuidIn(planId);
  return {
    ...{ planId, activityId: `activity_${uuid}.a3`, sectionId: `section_${uuid}.s1`, pointId: `point_${uuid}.a3.1` },
    ...{ reportId: `report_${uuid}.a3.r1`, requestId: `request_${uuid}.a4.q1` },
  };
}

/** Returns ids that do not exist, and a document that nobody has imported. */
export async function nothing(): Promise<World> {
  const more = {
    ...{ organisationId: `organisation_${NOBODY}`, entryId: `entry_${NOBODY}`, accessId: `access_${NOBODY}` },
    ...{ webhookId: `webhook_${NOBODY}.${'0'.repeat(32)}`, partyId: `party_${NOBODY}`, subject: `person_${NOBODY}` },
    ...{ actorId: `access_${NOBODY}`, deliveryId: `delivery_${NOBODY}.bm9uZQ`, content: await documentOf('нигде') },
  };
  const ids = { ...inPlan(`plan_${NOBODY}`), ...more };
  return { approved: ids, draft: ids };
}

/** Returns a copy of the sample document that differs from all others, in base64. */
async function documentOf(mark: string): Promise<string> {
  const text = await readFile(new URL('../../sample/buzuluk-2020-2021.txt', import.meta.url), 'utf8');
  return Buffer.from(text.replace('План работы', `План работы ${mark}`)).toString('base64');
}

/** Adds plans to an organisation: one in force and one draft, or two drafts. */
export async function filled(
  server: TestServer,
  organisationId: string,
  mark: string,
  { inForce = true } = {},
): Promise<World> {
  await registered(server, { name: `Кабинет ${mark}`, parentId: organisationId });
  const key = { name: `Ключ ${mark}`, role: 'METHODOLOGIST', organisationIds: [organisationId] };
  const { id: accessId, token } = await newKey(server, key);
  // All changes from here on are queued as deliveries.
  const webhookId = await webhookOf(server, accessId);
  const imported = async (name: string, externalId: string) => {
    const content = await documentOf(name);
    const { plan, entries } = await server.done('importPlan', {
      fileName: `${name}.txt`,
      content,
      organisationId,
      externalId,
    });
    return { ...inPlan(plan.id), entryId: entries[0]?.id ?? '', content };
  };
  const draft = await imported(`${mark} проект`, `${mark} проект`);
  const approved = await imported(mark, SAME_EXTERNAL_ID);
  const { planId, activityId, pointId } = approved;
  if (inForce) {
    await server.done('confirmPrintedApproval', { planId, reason: 'Подлинник', underControlFrom: '2020-09-01' });
    await actBy(server, token, 'submitReport', {
      activityId,
      actualOn: '2020-09-30',
      text: 'Сделано',
      pointIds: [pointId],
    });
    const later = { timeframe: { text: 'май 2021 г.' }, reason: 'Болезнь' };
    await server.done('requestReschedule', { ...later, activityId: activityId.replace(/a3$/, 'a4') });
  }
  const parties = [];
  for (const { sectionId } of [draft, approved]) {
    const timeframe = { text: 'май 2021 г.' };
    const activity = {
      sectionId,
      title: 'Встреча',
      timeframe,
      responsible: `Совет ${mark}`,
      externalId: SAME_EXTERNAL_ID,
    };
    parties.push(await server.done('addActivity', { activity, reason: 'Решение', basis: { withoutDocument: true } }));
  }
  const shape = z.object({ parties: z.object({ nodes: z.array(z.object({ id: z.string() })) }) });
  const document =
    'query($text: String, $at: Position) { parties(filter: { text: $text }, atLeast: $at) { nodes { id } } }';
  const variables = { text: `Совет ${mark}`, at: parties.at(-1)?.position };
  const partyId = (await server.read(shape, document, { variables })).parties.nodes[0]?.id ?? '';
  // Adds an entry to the log of sessions, one to the log of refusals and one to the log of name readings.
  const page = { origin: server.address, authorization: `Bearer ${token}` };
  await fetch(`${server.address}/session`, { method: 'POST', headers: page });
  await server.post('{"query":"{ refusals { totalCount } }"}', { authorization: `Bearer ${token}` });
  await server.post('{"query":"{ plans { nodes { stamps { person } } } }"}', { authorization: `Bearer ${token}` });
  const more = {
    organisationId,
    partyId,
    accessId,
    actorId: accessId,
    webhookId,
    deliveryId: `delivery_${uuidIn(accessId)}.bm9uZQ`,
  };
  const subject = await subjectOf(server);
  return { approved: { ...approved, ...more, subject }, draft: { ...draft, ...more, subject } };
}

/** Executes a mutation with an API key. @throws Error when it is refused. */
async function actBy(server: TestServer, token: string, name: string, input: object): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { outcome: ${name}(input: $input) { userErrors { code message } } }`;
  const { data, errors } = await server.post(JSON.stringify({ query, variables: { input } }), {
    authorization: `Bearer ${token}`,
  });
  const shape = z.object({ outcome: z.object({ userErrors: z.array(z.unknown()).length(0) }) });
  if (!shape.safeParse(data).success) throw new Error(JSON.stringify({ data, errors }));
}

async function webhookOf(server: TestServer, accessId: string): Promise<string> {
  const shape = z.object({ addWebhook: z.object({ webhook: z.object({ id: z.string() }) }) });
  const document = 'mutation($input: AddWebhookInput!) { addWebhook(input: $input) { webhook { id } } }';
  const input = { accessId, url: 'https://portal.invalid/' };
  return (await server.read(shape, document, { variables: { input } })).addWebhook.webhook.id;
}

async function subjectOf(server: TestServer): Promise<string> {
  const shape = z.object({ person: z.object({ subject: z.string() }).nullable() });
  const { person } = await server.read(shape, '{ person(name: "Е.Н. Филатова") { subject } }');
  return person?.subject ?? `person_${NOBODY}`;
}

/** Returns a response without the parts that differ in every response: ids, positions, secrets and document names. */
export function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/webhook_UUID\.[0-9a-f]{32}/g, 'webhook_UUID.0')
    .replace(/"(position|sentAt)":\s*"[^"]+"/g, '"$1":"…"')
    .replace(/План работы [а-я]+( проект)?/g, 'План работы …');
}
