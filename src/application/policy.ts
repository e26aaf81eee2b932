import type { Principal } from '../access/principal.js';
import type { AccessCommandType } from '../domain/access/commands.js';
import type { Role } from '../domain/actor.js';
import type { LogCommand } from '../domain/log/keys.js';
import { mapValues } from '../domain/objects.js';
import { ORGANISATION_COMMANDS, type OrganisationCommandType } from '../domain/organisation/catalogue.js';
import type { PersonCommand } from '../domain/person/commands.js';
import { amends, PLAN_COMMANDS, type PlanCommandType } from '../domain/plan/catalogue.js';
import { ADMINISTRATORS, EVERYONE } from '../domain/roles.js';

/**
 * Roles that may give each command on plans. Changes of an approved plan need the approver's role, see {@link
 * mayCommand}.
 */
export const COMMAND_POLICY: Readonly<Record<PlanCommandType, readonly Role[]>> = mapValues(
  PLAN_COMMANDS,
  ({ givenBy }) => givenBy,
);

/** Roles that may give each command on organisations. */
export const ORGANISATION_POLICY: Readonly<Record<OrganisationCommandType, readonly Role[]>> = mapValues(
  ORGANISATION_COMMANDS,
  ({ givenBy }) => givenBy,
);

/** Roles that may give each command on access. The caller must also have an unrestricted scope. */
export const ACCESS_POLICY: Readonly<Record<AccessCommandType, readonly Role[]>> = {
  issueAccess: ADMINISTRATORS,
  rotateAccess: ADMINISTRATORS,
  renameAccess: ADMINISTRATORS,
  linkSignIn: ADMINISTRATORS,
  unlinkSignIn: ADMINISTRATORS,
  grantAccess: ADMINISTRATORS,
  withdrawAccess: ADMINISTRATORS,
  revokeAccess: ADMINISTRATORS,
  addWebhook: ADMINISTRATORS,
  rotateWebhook: ADMINISTRATORS,
  removeWebhook: ADMINISTRATORS,
};

/** Roles for operations on webhooks that are not commands. */
const WEBHOOK_POLICY = { testWebhook: ADMINISTRATORS, replayWebhook: ADMINISTRATORS } as const;

/** Roles that may have a person forgotten. */
export const PERSON_POLICY: Readonly<Record<PersonCommand['type'], readonly Role[]>> = { forgetPerson: ADMINISTRATORS };

/** Roles for commands on the log: the server rotates its key at the start, as configured. */
export const LOG_POLICY: Readonly<Record<LogCommand['type'], readonly Role[]>> = {
  rotateLogKey: ['system'],
  acceptLog: ['system'],
};

/** Kinds of reads that the policy distinguishes. */
export const READINGS = [
  'plans',
  'monitoring',
  'changes',
  'system',
  'metrics',
  'audit',
  'personalNames',
  'chronicle',
  'persons',
  'nameReadings',
  'access',
  'refusals',
] as const;
/** One of {@link READINGS}. */
export type ReadingWay = (typeof READINGS)[number];

const AUDITING: readonly Role[] = ['methodologist', 'director', 'department', 'auditor', 'administrator', 'system'];
const OVERSEERS: readonly Role[] = ['auditor', 'administrator', 'system'];

/**
 * Roles that may read each kind. A dashboard reads counts and changes; names of persons are for roles that work with
 * plans or audit them.
 */
export const READ_POLICY: Readonly<Record<ReadingWay, readonly Role[]>> = {
  plans: EVERYONE,
  monitoring: EVERYONE,
  changes: EVERYONE,
  system: EVERYONE,
  metrics: EVERYONE,
  audit: AUDITING,
  personalNames: AUDITING,
  chronicle: AUDITING,
  persons: ADMINISTRATORS,
  nameReadings: OVERSEERS,
  access: OVERSEERS,
  refusals: OVERSEERS,
};

/** Reads that cover all organisations: they need an unrestricted scope. */
const OF_EVERYTHING: readonly ReadingWay[] = ['metrics', 'chronicle', 'persons', 'nameReadings', 'access', 'refusals'];

/**
 * How an entry point is guarded: by what it reads, by the command that it gives (whose policy applies), or not at all.
 */
export type Guard =
  | { readonly reads: ReadingWay }
  | { readonly gives: CommandName }
  /** Open to everybody, with the reason. */
  | { readonly open: string };

/** Names of all commands of the API. */
export type CommandName =
  | Exclude<PlanCommandType, 'noticeMissedDeadlines'>
  | OrganisationCommandType
  | AccessCommandType
  | PersonCommand['type']
  | keyof typeof WEBHOOK_POLICY;

const reads = (reading: ReadingWay, names: readonly string[]): Record<string, Guard> =>
  Object.fromEntries(names.map((name) => [name, { reads: reading }]));

/**
 * The guard of every entry point: root fields of the API, fields that need more rights than their parents, and HTTP
 * addresses. The server does not start if a root field has no guard. Mutations are guarded by the command of their
 * name.
 */
export const GUARDS: Readonly<Record<string, Guard>> = {
  ...reads('plans', [
    ...['Query.plan', 'Query.plans', 'Query.activity', 'Query.activities', 'Query.calendar', 'Query.parties'],
    ...[
      'Query.organisation',
      'Query.organisations',
      'Query.extract',
      'Query.importPreview',
      'Query.timeframeReading',
      'Query.node',
      'Query.nodes',
    ],
    ...['GET /plans/{file}', 'GET /plans.jsonl'],
  ]),
  ...reads('monitoring', [
    'Query.monitoring',
    'Query.indicatorItems',
    'Organisation.reports',
    'Subscription.monitoringChanged',
  ]),
  ...reads('changes', [
    'Query.changes',
    'Subscription.changes',
    'Subscription.activityStatusChanged',
    'Subscription.planChanged',
    'GET /graphql/stream',
  ]),
  ...reads('system', ['Query.system', 'Query.viewer', 'Query.labels']),
  ...reads('metrics', ['GET /metrics']),
  ...reads('audit', [
    ...['Query.auditTrail', 'Query.compare', 'Query.history', 'Query.proof', 'Query.consistency'],
    ...[
      'Activity.history',
      'Organisation.history',
      'AccessHolder.history',
      'Change.entry',
      'GET /audit.jsonl',
      'GET /audit.csv',
      'GET /plans/{plan}/proof.html',
    ],
  ]),
  ...reads('chronicle', ['GET /tile/entries/{tile}']),
  ...reads('persons', ['Query.person']),
  ...reads('nameReadings', ['Query.nameReadings']),
  ...reads('access', ['Query.accessHolder', 'Query.accessHolders', 'Query.sessionEvents', 'Query.webhookDeliveries']),
  ...reads('refusals', ['Query.refusals']),
  'GET /checkpoint': { open: 'hashes say nothing of what was recorded' },
  'GET /tile/{tile}': { open: 'hashes say nothing of what was recorded' },
  'GET /health/live': { open: 'for what watches over processes' },
  'GET /health/ready': { open: 'for what watches over processes' },
  'GET /health/commands': { open: 'for what watches over processes' },
  'GET /health/queries': { open: 'for what watches over processes' },
  'GET /openapi.json': { open: 'describes the addresses, and says nothing of what was recorded' },
  'GET /explorer': { open: 'the explorer, which asks by the key that is put into it' },
  'GET /': { open: 'the files of the web page, which reads everything else through the API' },
  'GET /points': { open: 'the same web page' },
  'GET /wall': { open: 'the same web page' },
  'GET /sign-in': { open: 'the same web page' },
  'GET /journal': { open: 'the same web page' },
  'GET /proof': { open: 'the same web page' },
  'GET /document': { open: 'the same web page' },
  'GET /document/{address}': { open: 'the same web page' },
  'GET /plan': { open: 'the same web page' },
  'GET /plan/{address}': { open: 'the same web page' },
  'GET /assets/{file}': { open: 'scripts and styles of the web page' },
  'GET /sign-in/ways': { open: 'says whether people sign in at an identity provider' },
  'POST /sign-in/provider': { open: 'sends a person to the identity provider, only from the web page' },
  'GET /sign-in/return': { open: 'ends signing in at the identity provider' },
  'POST /session': { open: 'signs in with a key or a one-time code, only from the web page' },
  'DELETE /session': { open: 'signs out, only from the web page' },
  'DELETE /sessions': { open: 'signs out in all browsers, only from the web page' },
};

const GIVEN_BY: Readonly<Record<string, readonly Role[]>> & Readonly<Record<CommandName, readonly Role[]>> = {
  ...COMMAND_POLICY,
  ...ORGANISATION_POLICY,
  ...ACCESS_POLICY,
  ...PERSON_POLICY,
  ...WEBHOOK_POLICY,
};

/** Returns the roles that may give a command of the API, regardless of the state. */
export function rolesThatGive(command: CommandName): readonly Role[] {
  return GIVEN_BY[command];
}

/** The commands of the API; each is the name of its mutation. */
export const API_COMMANDS: readonly CommandName[] = Object.keys(GIVEN_BY).filter(isCommandName);

/** Returns the command that a mutation gives (it has the same name); undefined if there is none. */
export function commandOf(mutation: string): CommandName | undefined {
  return API_COMMANDS.find((command) => command === mutation);
}

/** Returns true for a command that callers may give. The server alone gives the others. */
export function isCommandName(name: string): name is CommandName {
  return name !== 'noticeMissedDeadlines';
}

/** Commands on access, webhooks and persons, which cover all organisations: they need an unrestricted scope. */
const OVER_EVERYTHING: readonly string[] = [ACCESS_POLICY, WEBHOOK_POLICY, PERSON_POLICY].flatMap(Object.keys);

/** Returns true if a command needs a caller with an unrestricted scope. */
export function needsWholeScope(command: CommandName): boolean {
  return OVER_EVERYTHING.includes(command);
}

/** Returns true if the caller may give a command of the API, regardless of its target. */
export function mayGive({ role, scope }: Pick<Principal, 'role' | 'scope'>, command: CommandName): boolean {
  return rolesThatGive(command).includes(role) && (scope === null || !needsWholeScope(command));
}

/**
 * Returns true if the role may give the command to a plan in this status. An amendment needs the role of an approver.
 */
export function mayCommand(role: Role, command: PlanCommandType, status: string): boolean {
  const isAmendment = status === 'APPROVED' && amends(command);
  return (isAmendment ? COMMAND_POLICY.amendPlan : COMMAND_POLICY[command]).includes(role);
}

/** Returns true if the caller may use an entry point that reads. */
export function mayEnter(principal: Pick<Principal, 'role' | 'scope'>, way: string): boolean {
  const guard = GUARDS[way];
  return guard !== undefined && 'reads' in guard && mayRead(principal, guard.reads);
}

/** Returns true if a caller with this role and scope may read this kind. */
export function mayRead({ role, scope }: Pick<Principal, 'role' | 'scope'>, reading: ReadingWay): boolean {
  return READ_POLICY[reading].includes(role) && (scope === null || !OF_EVERYTHING.includes(reading));
}
