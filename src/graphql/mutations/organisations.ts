import { randomUUID } from 'node:crypto';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { newOrganisationId } from '../../application/handler.js';
import { organisationFigures } from '../../application/organisationFigures.js';
import { mayCommandOrganisation } from '../../application/policy.js';
import { commonWindow, type PeriodReportKind, reportedScope } from '../../domain/indicators/periodReport.js';
import type { OrganisationCommand } from '../../domain/organisation/commands.js';
import { evolveOrganisation } from '../../domain/organisation/evolve.js';
import { type Refusal, refuse } from '../../domain/refusal.js';
import type { ControlSettings } from '../../domain/settings.js';
import { auditBody } from '../../projections/auditTrail.js';
import { partyIdOfKey } from '../../projections/model.js';
import { organisationBody, organisations } from '../../projections/organisations.js';
import { parties } from '../../projections/parties.js';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { DateScalar, PositionScalar } from '../scalars.js';
import {
  ClosingRuleEnum,
  DeadlineDayEnum,
  LatenessRuleEnum,
  PaperDueRuleEnum,
  PeriodReportKindEnum,
  TermKindEnum,
} from '../types/enums.js';
import { AuditEntry, entryType } from '../types/history.js';
import { Organisation, organisationType } from '../types/organisation.js';
import { COMMAND, CommandInput } from './inputs.js';
import { UserError } from './payloads.js';
import { circumstancesOf, userErrorsOf } from './run.js';

@InputType({ description: 'A school term (четверть) or trimester.' })
class SchoolTermInput {
  @Field(() => TermKindEnum, { description: 'Term or trimester.' })
  kind!: 'term' | 'trimester';
  @Field(() => DateScalar, { description: 'First day.' })
  start!: string;
  @Field(() => DateScalar, { description: 'Last day.' })
  end!: string;
}

@InputType({ description: 'Days that are not as their weekday says; weekends are off by default.' })
class WorkingCalendarInput {
  @Field(() => [DateScalar], { description: 'Weekdays that are off.' })
  daysOff!: string[];
  @Field(() => [DateScalar], { description: 'Weekend days that are worked.' })
  workingDays!: string[];
}

@InputType({ description: 'How the discipline of execution (Кид) is reckoned.' })
class DisciplineRuleInput {
  @Field(() => Int, { description: 'The delay in working days from which a point counts as not done at all.' })
  limitDays!: number;
  @Field(() => Int, { description: 'Weight of a point whose activity cites an order; any other weighs 1.' })
  orderWeight!: number;
}

@InputType({ description: 'Settings of control; those left out stay as they are.' })
class ControlSettingsInput {
  @Field(() => ClosingRuleEnum, { nullable: true, description: 'The weakest evidence that closes a control point.' })
  closingRule?: ControlSettings['closingRule'] | null;
  @Field(() => Int, { nullable: true, description: 'Due soon from this many days before the due day.' })
  dueSoonDays?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Who submitted a report may accept it.' })
  accepterMayBeReporter?: boolean | null;
  @Field(() => DeadlineDayEnum, { nullable: true, description: 'Whether «до D» includes D.' })
  deadlineDay?: ControlSettings['deadlineDay'] | null;
  @Field(() => PaperDueRuleEnum, { nullable: true, description: 'Where a due day goes that is a day off.' })
  paperDue?: ControlSettings['paperDue'] | null;
  @Field(() => LatenessRuleEnum, { nullable: true, description: 'By which day lateness is counted.' })
  lateness?: ControlSettings['lateness'] | null;
  @Field(() => Int, { nullable: true, description: 'Day of the following month; null: no reports are asked for.' })
  reportDueDay?: number | null;
  @Field(() => [SchoolTermInput], { nullable: true, description: 'All school terms, in place of those there are.' })
  terms?: SchoolTermInput[] | null;
  @Field(() => WorkingCalendarInput, { nullable: true, description: 'All days, in place of those there are.' })
  calendar?: WorkingCalendarInput | null;
  @Field(() => DisciplineRuleInput, { nullable: true, description: 'Null: discipline is not reckoned.' })
  discipline?: DisciplineRuleInput | null;
}

@InputType({ description: 'A new organisation.' })
class RegisterOrganisationInput extends CommandInput {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => ID, { nullable: true, description: 'The organisation it belongs to.' })
  parentId?: string | null;
  @Field(() => String, { nullable: true, description: 'IANA time zone; left out: that of the server’s settings.' })
  timeZone?: string | null;
  @Field(() => ControlSettingsInput, { nullable: true, description: 'Left out: the usual ones.' })
  settings?: ControlSettingsInput | null;
}

@InputType({ description: 'A command on an organisation.' })
class OrganisationInput extends CommandInput {
  @Field(() => ID, { description: 'The organisation.' })
  organisationId!: string;
}

@InputType({ description: 'Details of an organisation; fields left out stay. Give the reason.' })
class ChangeOrganisationInput extends OrganisationInput {
  @Field(() => String, { nullable: true, description: 'Its name.' })
  name?: string | null;
  @Field(() => ID, { nullable: true, description: 'The organisation it belongs to; null: none.' })
  parentId?: string | null;
  @Field(() => String, { nullable: true, description: 'IANA time zone, for plans that are begun from now on.' })
  timeZone?: string | null;
}

@InputType({ description: 'Settings of an organisation. Give the reason.' })
class ChangeSettingsInput extends OrganisationInput {
  @Field(() => ControlSettingsInput, { description: 'Those to change.' })
  settings!: ControlSettingsInput;
}

@InputType({ description: 'Wordings of one party.' })
class MergePartiesInput extends OrganisationInput {
  @Field(() => ID, { description: 'The wording that stands for the party.' })
  intoId!: string;
  @Field(() => [ID], { description: 'Wordings that mean it too. They stay as printed.' })
  partyIds!: string[];
}

@InputType({ description: 'A wording that means a party of its own.' })
class SeparatePartyInput extends OrganisationInput {
  @Field(() => ID, { description: 'The wording.' })
  partyId!: string;
}

@InputType({
  description: 'A report on a period that is over, over the plans of an organisation and of those under it.',
})
class IssueOrganisationReportInput extends OrganisationInput {
  @Field(() => PeriodReportKindEnum, { description: 'Month, quarter, or half-year or year of schools.' })
  kind!: PeriodReportKind;
  @Field(() => DateScalar, { description: 'Any day of the period.' })
  day!: string;
  @Field(() => String, { nullable: true, description: 'A remark.' })
  note?: string | null;
}

@ObjectType({ description: 'The outcome of a command on an organisation.' })
export class OrganisationPayload {
  @Field(() => Organisation, { nullable: true, description: 'The organisation after it; null when refused.' })
  organisation!: Organisation | null;
  @Field(() => [AuditEntry], { description: 'Audit entries that it wrote.' })
  entries!: AuditEntry[];
  @Field(() => PositionScalar, { nullable: true, description: 'Give it as `atLeast` to read your own writes.' })
  position!: string | null;
  @Field(() => [UserError], { description: 'Empty when it was carried out.' })
  userErrors!: UserError[];
}

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
        parentId: parentId ? parseId(parentId, 'organisation').uuid : null,
        timeZone: timeZone ?? context.services.timeZone,
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
    const [into = null, ...keys] = await keysOf(context, organisationId, [input.intoId, ...input.partyIds]);
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
    const [key = null] = await keysOf(context, organisationId, [input.partyId]);
    return runOn(context, organisationId, input, { type: 'separateParty', key });
  }

  @Mutation(() => OrganisationPayload, {
    description:
      'Issues a report over the plans of an organisation and of those under it: its figures stay as they are now.',
  })
  async issueOrganisationReport(
    @Ctx() context: Context,
    @Arg('input', () => IssueOrganisationReportInput, COMMAND) input: IssueOrganisationReportInput,
  ) {
    context.demand('monitoring');
    const { kind, day, note = null } = input;
    const organisationId = parseId(input.organisationId, 'organisation').uuid;
    const organisation = await context.organisationLoader.load(organisationId);
    if (!organisation) return refusedBy(context, refuse('ORGANISATION_NOT_FOUND', 'organisationId').refusal);
    const issuedOn = context.day(null, organisation.timeZone);
    // Nothing is reckoned for who may not have it; the refusal is the same as of any other command.
    const { role } = context.principal;
    if (!mayCommandOrganisation(role, 'issueOrganisationReport')) {
      return refusedBy(context, refuse('NOT_AUTHORISED', null, { role }).refusal);
    }
    // A period with a day that has not come is not over; its end may lie behind the calendar.
    if (day > issuedOn) return refusedBy(context, refuse('PERIOD_NOT_OVER', 'day', { end: day }).refusal);
    const window = commonWindow(kind, day);
    const scope = reportedScope({ window, issuedOn });
    const figures = await organisationFigures(context.services, organisationId, scope);
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
 * The keys of printed parties: those that some plan names, and those that the organisation has merged or kept apart
 * though no plan names them any more. Null for one that is neither.
 */
async function keysOf(
  context: Context,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly (string | null)[]> {
  const uuids = ids.map((id) => parseId(id, 'party').uuid);
  const bodies = await context.get(parties, uuids);
  const [organisation] = await context.get(organisations, [organisationId]);
  const { merged = {}, apart = [] } = organisation ?? {};
  const known = new Map([...Object.keys(merged), ...apart].map((key) => [partyIdOfKey(key), key]));
  return uuids.map((uuid, index) => bodies[index]?.key ?? known.get(uuid) ?? null);
}

function refusedBy(context: Context, refusal: Refusal): OrganisationPayload {
  return { organisation: null, entries: [], position: null, userErrors: userErrorsOf(context, refusal) };
}

/** Null takes away what may be away; elsewhere it is the same as left out. */
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

/** Gives a command on an organisation to its handler and words the outcome. */
export async function runOn(
  context: Context,
  organisationId: string,
  input: CommandInput,
  command: OrganisationCommand,
): Promise<OrganisationPayload> {
  const result = await context.services.organisations.handle({
    id: organisationId,
    ...circumstancesOf(context, input),
    command: () => command,
  });
  if (result.kind === 'refused') {
    return refusedBy(context, result.refusal);
  }
  const { after: organisation, events, begunAt } = result;
  let fold = result.before;
  const entries = events.map((recorded) => {
    const before = fold;
    const after = evolveOrganisation(before, recorded.event);
    fold = after;
    return entryType(context, auditBody({ of: 'organisation', organisationId, before, after, recorded }));
  });
  const last = events.at(-1);
  if (last) context.freshTo(last.position);
  return {
    organisation: last ? organisationType(organisationBody(organisationId, organisation, last, begunAt)) : null,
    entries,
    position: last ? context.token(last.position, last.id) : null,
    userErrors: [],
  };
}
