import { randomUUID } from 'node:crypto';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { newOrganisationId } from '../../application/commands.js';
import { commonWindow, reportedScope } from '../../domain/indicators/periodReport.js';
import { refuse } from '../../domain/refusal.js';
import type { ControlSettings } from '../../domain/settings.js';
import { partyIdOfKey } from '../../projections/model.js';
import { organisations } from '../../projections/organisations.js';
import type { Context } from '../context.js';
import { optionalUuid, parseId } from '../ids.js';
import { get } from '../scope/documents.js';
import { reportFigures } from '../scope/figures.js';
import { COMMAND } from './inputs.js';
import {
  ChangeOrganisationInput,
  ChangeSettingsInput,
  type ControlSettingsInput,
  IssueOrganisationReportInput,
  MergePartiesInput,
  RegisterOrganisationInput,
  SeparatePartyInput,
  WithdrawPartyCellInput,
  WithdrawWordingInput,
} from './organisationInputs.js';
import { OrganisationPayload, OrganisationReportPayload } from './payloads.js';
import { refusedOn, runOn } from './runOnOrganisation.js';

@Resolver()
export class OrganisationMutations {
  @Mutation(() => OrganisationPayload, { description: 'Registers an organisation.' })
  registerOrganisation(
    @Ctx() context: Context,
    @Arg('input', () => RegisterOrganisationInput, COMMAND) input: RegisterOrganisationInput,
  ) {
    const commandId = input.commandId ?? randomUUID();
    const { name, parentId, timeZone, settings } = input;
    return runOn(
      context,
      newOrganisationId(context.principal, commandId),
      { ...input, commandId },
      {
        type: 'registerOrganisation',
        name,
        parentId: optionalUuid(parentId, 'organisation'),
        timeZone: timeZone ?? context.timeZone,
        settings: settings ? settingsOf(settings) : {},
      },
    );
  }

  @Mutation(() => OrganisationPayload, { description: 'Changes details of an organisation.' })
  changeOrganisation(
    @Ctx() context: Context,
    @Arg('input', () => ChangeOrganisationInput, COMMAND) input: ChangeOrganisationInput,
  ) {
    const { name, parentId, timeZone } = input;
    return runOn(context, parseId(input.organisationId, 'organisation').uuid, input, {
      type: 'changeOrganisation',
      ...(name == null ? {} : { name }),
      ...(parentId === undefined ? {} : { parentId: parentId && parseId(parentId, 'organisation').uuid }),
      ...(timeZone == null ? {} : { timeZone }),
    });
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Changes the settings of control; plans that are approved keep theirs.',
  })
  changeSettings(
    @Ctx() context: Context,
    @Arg('input', () => ChangeSettingsInput, COMMAND) input: ChangeSettingsInput,
  ) {
    return runOn(context, parseId(input.organisationId, 'organisation').uuid, input, {
      type: 'changeSettings',
      settings: settingsOf(input.settings),
    });
  }

  @Mutation(() => OrganisationPayload, { description: 'Says that several wordings mean one responsible party.' })
  async mergeParties(
    @Ctx() context: Context,
    @Arg('input', () => MergePartiesInput, COMMAND) input: MergePartiesInput,
  ) {
    const organisationId = parseId(input.organisationId, 'organisation').uuid;
    const [into = null, ...keys] = await partyKeys(context, organisationId, [input.intoId, ...input.partyIds]);
    return runOn(context, organisationId, input, { type: 'mergeParties', into, keys });
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Says that a wording means a party of its own: it is merged, and suggested, no more.',
  })
  async separateParty(
    @Ctx() context: Context,
    @Arg('input', () => SeparatePartyInput, COMMAND) input: SeparatePartyInput,
  ) {
    const organisationId = parseId(input.organisationId, 'organisation').uuid;
    const [key = null] = await partyKeys(context, organisationId, [input.partyId]);
    return runOn(context, organisationId, input, { type: 'separateParty', key });
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Keeps the meaning of a timeframe no longer; what was read with it stays as it is.',
  })
  withdrawWording(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawWordingInput, COMMAND) input: WithdrawWordingInput,
  ) {
    return runOn(context, parseId(input.organisationId, 'organisation').uuid, input, {
      type: 'withdrawWording',
      text: input.text,
    });
  }

  @Mutation(() => OrganisationPayload, {
    description: 'Keeps the parties of a cell no longer; what was read with them stays as it is.',
  })
  withdrawPartyCell(
    @Ctx() context: Context,
    @Arg('input', () => WithdrawPartyCellInput, COMMAND) input: WithdrawPartyCellInput,
  ) {
    return runOn(context, parseId(input.organisationId, 'organisation').uuid, input, {
      type: 'withdrawPartyCell',
      text: input.text,
    });
  }

  @Mutation(() => OrganisationReportPayload, {
    description:
      'Issues a report over the plans of an organisation and of those under it: its figures stay as they are now.',
  })
  async issueOrganisationReport(
    @Ctx() context: Context,
    @Arg('input', () => IssueOrganisationReportInput, COMMAND) input: IssueOrganisationReportInput,
  ) {
    const { kind, day, note = null } = input;
    const organisationId = parseId(input.organisationId, 'organisation').uuid;
    const organisation = await context.loaders.organisation.load(organisationId);
    if (!organisation) return refusedOn(context, refuse('ORGANISATION_NOT_FOUND', 'organisationId').refusal);
    const issuedOn = context.day(null, organisation.timeZone);
    const window = commonWindow(kind, day);
    const scope = reportedScope({ window, issuedOn });
    const figures = await reportFigures(context, organisationId, scope);
    return runOn(context, organisationId, input, {
      type: 'issueOrganisationReport',
      kind,
      window,
      issuedOn,
      note,
      ...figures,
    });
  }
}

/**
 * Returns the keys of parties by their ids: parties named in a plan, and wordings that the organisation has merged or
 * separated although no plan names them any more. Null for unknown parties.
 */
async function partyKeys(
  context: Context,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly (string | null)[]> {
  const uuids = ids.map((id) => parseId(id, 'party').uuid);
  const bodies = await Promise.all(uuids.map((uuid) => context.loaders.party.load(uuid)));
  const [organisation] = await get(context, organisations, [organisationId]);
  const { merged = {}, apart = [] } = organisation ?? {};
  const known = new Map([...Object.keys(merged), ...apart].map((key) => [partyIdOfKey(key), key]));
  return uuids.map((uuid, index) => bodies[index]?.key ?? known.get(uuid) ?? null);
}

/** Returns the settings to change. Null clears an optional setting; for other settings it has no effect. */
function settingsOf(input: ControlSettingsInput): Partial<ControlSettings> {
  const { reportDueDay, discipline, terms, calendar } = input;
  const { closingRule, dueSoonDays, accepterMayBeReporter, deadlineDay, paperDue, lateness } = input;
  return {
    ...(closingRule == null ? {} : { closingRule }),
    ...(dueSoonDays == null ? {} : { dueSoonDays }),
    ...(accepterMayBeReporter == null ? {} : { accepterMayBeReporter }),
    ...(deadlineDay == null ? {} : { deadlineDay }),
    ...(paperDue == null ? {} : { paperDue }),
    ...(lateness == null ? {} : { lateness }),
    ...(reportDueDay === undefined ? {} : { reportDueDay }),
    ...(terms == null ? {} : { terms: terms.map(({ kind, start, end }) => ({ kind, start, end })) }),
    ...(calendar == null
      ? {}
      : { calendar: { daysOff: [...calendar.daysOff], workingDays: [...calendar.workingDays] } }),
    ...(discipline === undefined ? {} : { discipline: discipline && { ...discipline } }),
  };
}
