import { ROLES, type Role } from '../domain/actor.js';
import type { PlanCommandType } from '../domain/commands.js';
import type { LogCommand } from '../domain/log/keys.js';
import type { OrganisationCommandType } from '../domain/organisation/commands.js';
import type { PersonCommand } from '../domain/person/commands.js';

const KEEPERS: readonly Role[] = ['methodologist', 'administrator', 'system'];
const APPROVERS: readonly Role[] = ['director', 'administrator', 'system'];
const AGREERS: readonly Role[] = ['director', 'department', 'administrator', 'system'];
const EXECUTORS: readonly Role[] = ['methodologist', 'director', 'administrator', 'system'];
const EVERYONE: readonly Role[] = ROLES;

/** Role × command: who may give which command. Content of an approved plan is the approver's, see {@link mayCommand}. */
export const COMMAND_POLICY: Readonly<Record<PlanCommandType, readonly Role[]>> = {
  draftPlan: KEEPERS,
  importPlan: KEEPERS,
  copyPlan: KEEPERS,
  abandonImport: KEEPERS,
  assignPlan: ['administrator', 'system'],
  changePlanDetails: KEEPERS,
  addSection: KEEPERS,
  changeSection: KEEPERS,
  removeSection: KEEPERS,
  removeActivity: KEEPERS,
  reviseDraft: KEEPERS,
  addActivity: EXECUTORS,
  rewordActivity: EXECUTORS,
  rescheduleActivity: EXECUTORS,
  reassignActivity: EXECUTORS,
  moveActivity: EXECUTORS,
  excludeActivity: APPROVERS,
  amendPlan: APPROVERS,
  submitPlan: KEEPERS,
  agreePlan: AGREERS,
  returnPlan: AGREERS,
  approvePlan: APPROVERS,
  confirmPrintedApproval: APPROVERS,
  closePlan: APPROVERS,
  withdrawPlan: KEEPERS,
  cancelPlan: APPROVERS,
  requestReschedule: EXECUTORS,
  grantReschedule: APPROVERS,
  refuseReschedule: APPROVERS,
  confirmAccountable: EXECUTORS,
  resolveWording: EXECUTORS,
  issuePeriodReport: EXECUTORS,
  completeActivity: EXECUTORS,
  recordProgress: EXECUTORS,
  withdrawCompletion: EXECUTORS,
  submitReport: EXECUTORS,
  withdrawReport: EXECUTORS,
  acceptReport: AGREERS,
  returnReport: AGREERS,
  noticeMissedDeadlines: ['system'],
};

const ADMINISTRATORS: readonly Role[] = ['administrator', 'system'];

/** Role × command on an organisation. */
export const ORGANISATION_POLICY: Readonly<Record<OrganisationCommandType, readonly Role[]>> = {
  registerOrganisation: ADMINISTRATORS,
  changeOrganisation: ADMINISTRATORS,
  changeSettings: ADMINISTRATORS,
  mergeParties: KEEPERS,
  separateParty: KEEPERS,
  issueOrganisationReport: AGREERS,
};

/** Who may have a person forgotten. */
export const PERSON_POLICY: Readonly<Record<PersonCommand['type'], readonly Role[]>> = { forgetPerson: ADMINISTRATORS };

/** Who may have the log signed by another key: the server at its start, as it is configured. */
export const LOG_POLICY: Readonly<Record<LogCommand['type'], readonly Role[]>> = { rotateLogKey: ['system'] };

/** What can be read. */
export type Reading =
  | 'plans'
  | 'monitoring'
  | 'audit'
  | 'changes'
  | 'personalNames'
  | 'persons'
  | 'nameReadings'
  | 'system';

/** Role × read. A dashboard counts and follows; names of persons are for those who work with the plan or audit it. */
export const READ_POLICY: Readonly<Record<Reading, readonly Role[]>> = {
  plans: EVERYONE,
  monitoring: EVERYONE,
  changes: EVERYONE,
  system: EVERYONE,
  audit: ['methodologist', 'director', 'department', 'auditor', 'administrator', 'system'],
  persons: ADMINISTRATORS,
  nameReadings: ['auditor', 'administrator', 'system'],
  personalNames: ['methodologist', 'director', 'department', 'auditor', 'administrator', 'system'],
};

const AMENDING: readonly PlanCommandType[] = [
  'addActivity',
  'rewordActivity',
  'rescheduleActivity',
  'reassignActivity',
  'moveActivity',
];

/** True when the role may give the command to a plan in this status. Amending takes the authority of approving. */
export function mayCommand(role: Role, command: PlanCommandType, status: string): boolean {
  const amends = status === 'APPROVED' && AMENDING.includes(command);
  return (amends ? COMMAND_POLICY.amendPlan : COMMAND_POLICY[command]).includes(role);
}

/** True when the role may give the command about a person. */
export function mayCommandOnPerson(role: Role, command: PersonCommand['type']): boolean {
  return PERSON_POLICY[command].includes(role);
}

/** True when the role may give the command to an organisation. */
export function mayCommandOrganisation(role: Role, command: OrganisationCommandType): boolean {
  return ORGANISATION_POLICY[command].includes(role);
}

export function mayRead(role: Role, reading: Reading): boolean {
  return READ_POLICY[reading].includes(role);
}
