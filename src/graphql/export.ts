import type { FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { z } from 'zod';
import { plans } from '../projections/plans.js';
import type { Context } from './context.js';
import { globalId, parseId } from './ids.js';
import { component, describedBy, queryNames, routeOperation } from './openapi/operation.js';
import { KnownDocument } from './request/document.js';
import { execute } from './request/execute.js';
import { checkParameters, parameter, type RestHandlers, type UrlParameters } from './rest.js';
import { schema } from './schema.js';
import { find } from './scope/documents.js';

const Data = z.record(z.string(), z.unknown());
const ActivitiesPage = z.object({
  activities: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(z.unknown()),
  }),
});
/** Plans that are looked up in one query. */
const PLANS_PER_QUERY = 50;

/** Returns a function that parses a GraphQL document on first use, when the schema is built. */
function parsedOnce(text: string): () => KnownDocument {
  let made: KnownDocument | undefined;
  return () => {
    made ??= new KnownDocument(schema(), parse(text), 0);
    return made;
  };
}

/** The fields of a plan in the export, without its activities. */
export const EXPORTED_PLAN = `{
  id externalId title documentKind ownerUnit institution period { start end } periodKind periodText organisationId timeZone status edition
  stamps { kind marker post organisation person date document { type issuer date number } state }
  underControlFrom revision createdAt updatedAt sections { id externalId ordinal numberText title } }`;
/** The fields of an activity in the export. */
export const EXPORTED_ACTIVITY = `{
    id externalId number title text subItems sectionId timeframe { text confidence schedule { kind interpretation } } responsibleText
    responsible { name kind lead agreement joint } accountable { name assumed } excluded evidence due
    points { id ordinal window { start end } dueOn firstApprovedDueOn firm target progress evidence actualOn }
    reports { id status pointIds text actualOn interim late submittedOn edition } }`;

const PLAN_QUERY = parsedOnce(`query($id: ID!) { plan(id: $id) ${EXPORTED_PLAN} }`);
const ACTIVITIES =
  parsedOnce(`query($id: ID!, $after: String) { activities(filter: { planId: $id }, first: 200, after: $after) {
  pageInfo { hasNextPage endCursor } nodes ${EXPORTED_ACTIVITY} } }`);

const EXPORT = routeOperation({
  summary: 'All plans with their activities, one on each line',
  tag: 'Files',
  access: 'key',
  query: { planId: 'Only this plan.', atLeast: 'Wait until the read models have passed this position.' },
  responses: {
    200: [
      'First the position from which `changes` continues, then the plans, last their number. Without the last line the file is not whole.',
      { 'application/jsonl': { type: 'string', 'x-line-schema': component('ExportLine') } },
    ],
  },
});

/**
 * Serves all plans that the caller sees as JSON Lines at /plans.jsonl. The first line has the position from which
 * `changes` continues. Then each line has a plan with its sections, activities, control points and reports. The last
 * line has the number of plans, so that an interrupted download can be detected. `?planId=` exports one plan in the
 * same form.
 */
export function serveExport(app: FastifyInstance, rest: RestHandlers): void {
  app.get<{ Querystring: UrlParameters }>(
    '/plans.jsonl',
    describedBy({ get: EXPORT }),
    rest('GET /plans.jsonl', 'document', async (context, { query }) => {
      checkParameters(query, queryNames(EXPORT));
      const id = parameter(query, 'planId');
      if (id !== null) parseId(id, 'plan');
      await context.freshness.atLeast(parameter(query, 'atLeast'));
      await context.fresh();
      const headers = {
        'content-type': 'application/jsonl; charset=utf-8',
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="plans.jsonl"',
      };
      return { headers, content: lines(context, id) };
    }),
  );
}

async function* lines(context: Context, only: string | null): AsyncGenerator<string> {
  // Taken before anything is read: changes after it may be in the file too, and `changes` delivers them again.
  const position = await context.positions.tokenAt(context.freshness.reached);
  // Sent with the first plan, so that an unavailable store is reported as an error response.
  let head = jsonLine({ kind: 'POSITION', position });
  let count = 0;
  for await (const id of only === null ? idsOf(context) : [only]) {
    const plan = await wholePlanOf(context, id);
    if (!plan) continue;
    count += 1;
    yield `${head}${jsonLine({ kind: 'PLAN', ...plan })}`;
    head = '';
  }
  yield `${head}${jsonLine({ kind: 'END', plans: count, position })}`;
}

/** Yields the ids of the plans that the caller sees. */
async function* idsOf(context: Context): AsyncGenerator<string> {
  for (let after: string | undefined; ; ) {
    const place = after === undefined ? {} : { after: { values: [], id: after } };
    const page = await find(context, plans, { filter: [], order: [], limit: PLANS_PER_QUERY, ...place });
    for (const { planId } of page.bodies) yield globalId('plan', planId);
    after = page.bodies.at(-1)?.planId;
    if (!page.more || after === undefined) return;
  }
}

function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

/** Returns a plan with all its activities in the form of the API; undefined if the plan is no longer visible. */
async function wholePlanOf(context: Context, id: string): Promise<object | undefined> {
  // A new context for each plan, so that loaded rows do not accumulate.
  const own = context.anew();
  const { plan } = await executeDocument(own, PLAN_QUERY(), { id });
  if (typeof plan !== 'object' || plan === null) return undefined;
  const activities: unknown[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: z.infer<typeof ActivitiesPage>['activities'] = ActivitiesPage.parse(
      await executeDocument(own, ACTIVITIES(), { id, after }),
    ).activities;
    activities.push(...page.nodes);
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return { ...plan, activities };
}

async function executeDocument(context: Context, document: KnownDocument, variables: Record<string, unknown>) {
  const operation = document.operation(variables, undefined, Number.POSITIVE_INFINITY);
  if ('errors' in operation) throw operation.errors[0];
  const { data, errors } = await execute(operation, undefined, context);
  const [first] = errors;
  if (first) throw first.originalError ?? first;
  return Data.parse(JSON.parse(data));
}
