import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { organisationReports } from '../../projections/organisationReports.js';
import { contextOfId } from '../asOf.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { type ParsedId, parseAnyId } from '../ids.js';
import { MAX_PAGE } from '../limits/pageSize.js';
import { PositionScalar } from '../scalars.js';
import { get } from '../scope/documents.js';
import { waitingDeliveries } from '../scope/oversight.js';
import { ActivityType, reportType, requestType } from '../types/activity.js';
import { Node } from '../types/common.js';
import { ControlPointType } from '../types/controlPoint.js';
import { entryType } from '../types/history.js';
import { organisationType } from '../types/organisation.js';
import { PartyType } from '../types/party.js';
import { periodReportType } from '../types/periodReport.js';
import { PlanType, SectionType } from '../types/plan.js';
import { deliveryId, deliveryType, webhookType } from '../types/webhook.js';
import { accessHolderOf } from './access.js';
import { FRESH } from './args.js';
import { organisationReportType } from './organisationReports.js';

@Resolver()
export class NodeQueries {
  @Query(() => Node, { nullable: true, description: 'Anything by its global id.' })
  async node(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Its global id.' }) id: string,
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    return nodeOf(context, id);
  }

  @Query(() => [Node], { nullable: 'items', description: 'Things by their global ids, in their order; at most 200.' })
  async nodes(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: 'Their global ids.' }) ids: string[],
    @Arg('atLeast', () => PositionScalar, FRESH) atLeast?: string | null,
  ) {
    await context.freshness.atLeast(atLeast);
    if (ids.length > MAX_PAGE) throw apiError('PAGE_TOO_LARGE', `Ask for at most ${MAX_PAGE} ids.`);
    return Promise.all(ids.map((id) => nodeOf(context, id)));
  }
}

async function nodeOf(context: Context, id: string): Promise<Node | null> {
  const parsed = parseAnyId(id);
  const seen = await contextOfId(context, parsed);
  return seen ? nodeIn(seen, parsed) : null;
}

async function nodeIn(context: Context, { type, uuid, local }: ParsedId): Promise<Node | null> {
  switch (type) {
    case 'plan': {
      const body = await context.loaders.plan.load(uuid);
      return body ? new PlanType(context, body) : null;
    }
    case 'section': {
      const body = await context.loaders.plan.load(uuid);
      const section = body?.sections.find((each) => each.id === local);
      return section ? new SectionType(context, uuid, section) : null;
    }
    case 'activity': {
      const body = await context.loaders.activity.load(`${uuid}.${local}`);
      return body ? new ActivityType(context, body) : null;
    }
    case 'report': {
      const body = await context.loaders.activity.load(`${uuid}.${local.split('.')[0]}`);
      const report = body?.reports.find((each) => each.id === local);
      return report ? reportType(context, uuid, report) : null;
    }
    case 'request': {
      const body = await context.loaders.activity.load(`${uuid}.${local.split('.')[0]}`);
      const request = body?.requests.find((each) => each.id === local);
      return request ? requestType(context, uuid, request) : null;
    }
    case 'point': {
      const body = await context.loaders.point.load(`${uuid}.${local}`);
      return body ? new ControlPointType(context, body) : null;
    }
    case 'party': {
      const body = await context.loaders.party.load(uuid);
      return body ? new PartyType(context, body) : null;
    }
    case 'organisation': {
      const body = await context.loaders.organisation.load(uuid);
      return body ? organisationType(body) : null;
    }
    case 'planreport': {
      const body = await context.loaders.plan.load(uuid);
      const report = body?.periodReports.find(({ reportId }) => reportId === local);
      return report ? periodReportType(context, uuid, report) : null;
    }
    case 'organisationreport': {
      context.demand('monitoring');
      const [body] = await get(context, organisationReports, [`${uuid}.${local}`]);
      return body ? organisationReportType(body) : null;
    }
    case 'access':
      return accessHolderOf(context, uuid);
    case 'delivery': {
      const stored = deliveryId(local);
      const [found] = await waitingDeliveries(context).get(stored.split(' ')[0] ?? '', [stored]);
      return found ? deliveryType(uuid, found) : null;
    }
    case 'person':
      throw apiError('BAD_ID', 'A person has no node: read what is known of them by `person(subject: …)`.');
    case 'webhook': {
      context.demand('access');
      const body = await context.loaders.holder.load(uuid);
      const webhook = body?.webhooks.find((each) => each.id === local);
      return webhook ? webhookType(uuid, webhook) : null;
    }
    case 'entry': {
      context.demand('audit');
      const body = await context.loaders.entry.load(uuid);
      return body ? entryType(context, body) : null;
    }
  }
}
