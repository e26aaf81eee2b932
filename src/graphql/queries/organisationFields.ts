import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { AccessHolder, Viewer } from '../types/access.js';
import { AuditEntry, ChangeType } from '../types/history.js';
import { OrganisationType, organisationType } from '../types/organisation.js';
import { PlanType } from '../types/plan.js';
import { ReportedOrganisationType } from './organisationReports.js';

const ORGANISATION_NOW = {
  nullable: true,
  description: 'The organisation of `organisationId`, as it is now; null for none, or when the caller does not see it.',
} as const;
const ORGANISATIONS_NOW = {
  nullable: true,
  description: 'The organisations of `organisationIds` that the caller sees; null for all.',
} as const;

// Uses the present context of the request, because a past state of a plan contains no organisations.
async function organisationOf(context: Context, { organisationId }: { readonly organisationId: string | null }) {
  const body = organisationId && (await context.loaders.organisation.load(parseId(organisationId).uuid));
  return body ? organisationType(body) : null;
}

async function organisationsOf(context: Context, ids: readonly string[] | null) {
  const found = ids && (await Promise.all(ids.map((organisationId) => organisationOf(context, { organisationId }))));
  return found?.filter((each) => each !== null);
}

@Resolver(() => PlanType)
export class PlanOrganisation {
  @FieldResolver(() => OrganisationType, ORGANISATION_NOW)
  organisation(@Ctx() context: Context, @Root() plan: PlanType) {
    return organisationOf(context, plan);
  }
}

@Resolver(() => AuditEntry)
export class EntryOrganisation {
  @FieldResolver(() => OrganisationType, ORGANISATION_NOW)
  organisation(@Ctx() context: Context, @Root() entry: AuditEntry) {
    return organisationOf(context, entry);
  }
}

@Resolver(() => ChangeType)
export class ChangeOrganisation {
  @FieldResolver(() => OrganisationType, ORGANISATION_NOW)
  organisation(@Ctx() context: Context, @Root() change: ChangeType) {
    return organisationOf(context, change);
  }
}

@Resolver(() => ReportedOrganisationType)
export class ReportedOrganisationNow {
  @FieldResolver(() => OrganisationType, ORGANISATION_NOW)
  organisation(@Ctx() context: Context, @Root() reported: ReportedOrganisationType) {
    return organisationOf(context, reported);
  }
}

@Resolver(() => AccessHolder)
export class HolderOrganisations {
  @FieldResolver(() => [OrganisationType], ORGANISATIONS_NOW)
  organisations(@Ctx() context: Context, @Root() { organisationIds }: AccessHolder) {
    return organisationsOf(context, organisationIds);
  }
}

@Resolver(() => Viewer)
export class ViewerOrganisations {
  @FieldResolver(() => [OrganisationType], ORGANISATIONS_NOW)
  organisations(@Ctx() context: Context, @Root() { organisationIds }: Viewer) {
    return organisationsOf(context, organisationIds);
  }
}
