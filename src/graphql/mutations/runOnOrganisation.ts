import type { OrganisationCommand } from '../../domain/organisation/catalogue.js';
import { evolveOrganisation } from '../../domain/organisation/evolve.js';
import type { Refusal } from '../../domain/refusal.js';
import { auditBody } from '../../projections/auditTrail.js';
import { organisationBody } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { organisationReportType } from '../queries/organisationReports.js';
import { entryType } from '../types/history.js';
import { organisationType } from '../types/organisation.js';
import { commandServices } from './commands.js';
import type { CommandInput } from './inputs.js';
import type { OrganisationReportPayload } from './payloads.js';
import { circumstancesOf, NOTHING_WRITTEN, stepwise, userErrorsOf, writtenOutcome } from './run.js';

/** Returns the payload of a refused command on an organisation. */
export function refusedOn(context: Context, refusal: Refusal): OrganisationReportPayload {
  return {
    organisation: null,
    organisationReport: null,
    ...NOTHING_WRITTEN,
    userErrors: userErrorsOf(context, refusal),
  };
}

/** Executes a command on an organisation. Returns the payload. */
export async function runOn(
  context: Context,
  organisationId: string,
  input: CommandInput,
  command: OrganisationCommand,
): Promise<OrganisationReportPayload> {
  const result = await commandServices(context).organisations.handle({
    id: organisationId,
    ...circumstancesOf(context, input),
    command: () => command,
  });
  if (result.kind === 'refused') return refusedOn(context, result.refusal);
  const { after: organisation, events, later, begunAt } = result;
  const entries = stepwise(result.before, events, evolveOrganisation).map((step) =>
    entryType(context, auditBody({ of: 'organisation', organisationId, ...step })),
  );
  const last = later.at(-1) ?? events.at(-1);
  const issued = events.flatMap(({ event }) => (event.type === 'OrganisationReportIssued' ? [event.data] : [])).at(-1);
  return {
    organisation: last ? organisationType(organisationBody(organisationId, organisation, last, begunAt)) : null,
    organisationReport: issued ? organisationReportType({ organisationId, ...issued }) : null,
    ...(await writtenOutcome(context, input, result, entries)),
  };
}
