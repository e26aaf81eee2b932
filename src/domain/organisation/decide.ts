import type { Given } from '../actor.js';
import { localDay } from '../dates.js';
import {
  type Check,
  circumstances,
  fewEnough,
  firstOf,
  optionalText,
  reasonGiven,
  requiredLine,
  requiredText,
  validDate,
  validTimeZone,
} from '../decide/checks.js';
import { accept, type Decision, refuse } from '../refusal.js';
import { type ControlSettings, DEFAULT_SETTINGS } from '../settings.js';
import { MAX_LONG } from '../texts.js';
import type { OrganisationCommand, OrganisationCommandOf } from './commands.js';
import type { OrganisationEvent } from './events.js';
import { type ExistingOrganisation, MAX_MERGED, type Organisation } from './organisation.js';

/** Most days of a working calendar that are named one by one, and most school terms: ten years of them. */
const MAX_DAYS = 2_000;
const MAX_TERMS = 100;

type OrganisationDecision = Decision<OrganisationEvent>;

/** What happens when a command meets an organisation: events to append, or a refusal. Pure and total. */
export function decideOrganisation(
  organisation: Organisation,
  command: OrganisationCommand,
  given: Given,
): OrganisationDecision {
  const refused = circumstances(given);
  if (refused) return refused;
  if (organisation.status === 'ABSENT') {
    return command.type === 'registerOrganisation'
      ? register(command, given)
      : refuse('ORGANISATION_NOT_FOUND', 'organisationId');
  }
  switch (command.type) {
    case 'registerOrganisation':
      return refuse('ORGANISATION_EXISTS');
    case 'changeOrganisation':
      return change(organisation, command, given);
    case 'changeSettings':
      return changeSettings(organisation, command, given);
    case 'mergeParties':
      return mergeParties(organisation, command);
    case 'issueOrganisationReport':
      return issueReport(organisation, command, given);
    case 'separateParty':
      return separateParty(organisation, command);
  }
}

function register(
  { name, parentId, timeZone, settings: stated }: OrganisationCommandOf<'registerOrganisation'>,
  given: Given,
): OrganisationDecision {
  const settings = { ...DEFAULT_SETTINGS, ...stated };
  return (
    firstOf(validDetails({ name, parentId, timeZone }, given), validSettings(settings)) ??
    accept({ type: 'OrganisationRegistered', data: { name: name.trim(), parentId, timeZone, settings } })
  );
}

function change(
  present: ExistingOrganisation,
  { name = present.name, parentId = present.parentId, timeZone = present.timeZone }: Partial<ExistingOrganisation>,
  given: Given,
): OrganisationDecision {
  const data = { name: name.trim(), parentId, timeZone };
  const same = name === present.name && parentId === present.parentId && timeZone === present.timeZone;
  return (
    firstOf(same ? refuse('NOTHING_CHANGES') : undefined, validDetails(data, given), reasonGiven(given)) ??
    accept({ type: 'OrganisationDetailsChanged', data })
  );
}

/** The parent that is named must be there: whoever gives the command has looked it up. */
function validDetails(
  { name, parentId, timeZone }: Pick<ExistingOrganisation, 'name' | 'parentId' | 'timeZone'>,
  given: Given,
): Check {
  return firstOf(
    requiredLine('name', name),
    validTimeZone(timeZone),
    parentId !== null && given.organisation?.id !== parentId ? refuse('ORGANISATION_NOT_FOUND', 'parentId') : undefined,
    parentId !== null && given.organisation?.isOwn ? refuse('PARENT_CYCLE', 'parentId') : undefined,
  );
}

function changeSettings(
  { settings: present }: ExistingOrganisation,
  { settings: stated }: OrganisationCommandOf<'changeSettings'>,
  given: Given,
): OrganisationDecision {
  const settings = { ...present, ...stated };
  return (
    firstOf(
      JSON.stringify(settings) === JSON.stringify(present) ? refuse('NOTHING_CHANGES') : undefined,
      validSettings(settings),
      reasonGiven(given),
    ) ?? accept({ type: 'SettingsChanged', data: { settings } })
  );
}

function validSettings({ dueSoonDays, reportDueDay, terms, calendar, discipline }: ControlSettings): Check {
  const { daysOff, workingDays } = calendar;
  const twice = daysOff.find((day) => workingDays.includes(day));
  return firstOf(
    inBounds('settings.dueSoonDays', dueSoonDays, 0, 90),
    reportDueDay === null ? undefined : inBounds('settings.reportDueDay', reportDueDay, 1, 28),
    fewEnough('settings.terms', terms, MAX_TERMS),
    ...terms.flatMap(({ kind, start, end }, index) => [
      validDate(`settings.terms.${index}.start`, start),
      validDate(`settings.terms.${index}.end`, end),
      start > end ? refuse('PERIOD_INVALID', `settings.terms.${index}`) : undefined,
      terms.some((other, place) => place < index && other.kind === kind && other.start <= end && start <= other.end)
        ? refuse('TERMS_OVERLAP', `settings.terms.${index}`)
        : undefined,
    ]),
    fewEnough('settings.calendar.daysOff', daysOff, MAX_DAYS),
    fewEnough('settings.calendar.workingDays', workingDays, MAX_DAYS),
    ...daysOff.map((day, index) => validDate(`settings.calendar.daysOff.${index}`, day)),
    ...workingDays.map((day, index) => validDate(`settings.calendar.workingDays.${index}`, day)),
    twice === undefined ? undefined : refuse('DAY_BOTH_WAYS', 'settings.calendar', { date: twice }),
    discipline === null
      ? undefined
      : firstOf(
          inBounds('settings.discipline.limitDays', discipline.limitDays, 1, 365),
          inBounds('settings.discipline.orderWeight', discipline.orderWeight, 1, 100),
        ),
  );
}

/** Most reports of one organisation, and most organisations in one report. */
const MAX_REPORTS = 1_000;
const MAX_REPORTED = 500;

function issueReport(
  { reports, timeZone }: ExistingOrganisation,
  { type: _, ...report }: OrganisationCommandOf<'issueOrganisationReport'>,
  given: Given,
): OrganisationDecision {
  const { window, organisations } = report;
  const issuedOn = localDay(given.now, timeZone);
  const note = report.note?.trim() || null;
  return (
    firstOf(
      optionalText('note', note, MAX_LONG),
      issuedOn <= window.end ? refuse('PERIOD_NOT_OVER', 'day', { end: window.end }) : undefined,
      report.plans === 0 ? refuse('NOTHING_PLANNED', 'organisationId') : undefined,
      fewEnough('organisations', organisations, MAX_REPORTED),
      reports >= MAX_REPORTS ? refuse('TOO_MANY', 'organisationId', { max: MAX_REPORTS }) : undefined,
    ) ?? accept({ type: 'OrganisationReportIssued', data: { ...report, note, reportId: `or${reports + 1}` } })
  );
}

function inBounds(field: string, value: number, min: number, max: number): Check {
  const fits = Number.isInteger(value) && value >= min && value <= max;
  return fits ? undefined : refuse('OUT_OF_BOUNDS', field, { min, max });
}

/** Also of a wording that was never merged: it is kept apart from what it is suggested to be. */
function separateParty(
  { merged, apart }: ExistingOrganisation,
  { key }: OrganisationCommandOf<'separateParty'>,
): OrganisationDecision {
  if (key === null) return refuse('PARTY_UNKNOWN', 'partyId');
  return (
    firstOf(
      requiredText('partyId', key, 2_000),
      merged[key] === undefined && apart.includes(key) ? refuse('PARTY_NOT_MERGED', 'partyId') : undefined,
      merged[key] === undefined && apart.length >= MAX_MERGED
        ? refuse('TOO_MANY', 'partyId', { max: MAX_MERGED })
        : undefined,
    ) ?? accept({ type: 'PartySeparated', data: { key } })
  );
}

function mergeParties(
  { merged }: ExistingOrganisation,
  { into, keys: named }: OrganisationCommandOf<'mergeParties'>,
): OrganisationDecision {
  const keys = named.filter((key) => key !== null);
  if (into === null || keys.length < named.length)
    return refuse('PARTY_UNKNOWN', into === null ? 'intoId' : 'partyIds');
  const moved = keys.filter((key) => merged[key] !== into);
  return (
    firstOf(
      requiredText('into', into, 2_000),
      keys.length === 0 ? refuse('REQUIRED', 'partyIds') : undefined,
      fewEnough('partyIds', keys),
      // A chain would hide who is meant: what others mean is a party of its own.
      keys.includes(into) ? refuse('PARTY_INTO_ITSELF', 'partyIds') : undefined,
      merged[into] !== undefined ? refuse('PARTY_IS_MERGED', 'into') : undefined,
      moved.length === 0 ? refuse('NOTHING_CHANGES') : undefined,
      Object.keys(merged).length + moved.length > MAX_MERGED
        ? refuse('TOO_MANY', 'partyIds', { max: MAX_MERGED })
        : undefined,
    ) ?? accept({ type: 'PartiesMerged', data: { into, keys: [...new Set(moved)] } })
  );
}
