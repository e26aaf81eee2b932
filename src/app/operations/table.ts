import { acceptLog } from './acceptLog.js';
import { bootstrapKey, giveAccess, listAccess } from './access.js';
import { printAudit } from './audit.js';
import { exportPlan } from './export.js';
import { exportProof } from './exportProof.js';
import { forget } from './forget.js';
import { importDocument } from './import.js';
import { importFromFolder } from './importFromFolder.js';
import type { NamedOperation } from './operation.js';
import { organisationReadings } from './organisationReadings.js';
import { findPlan, listPlans } from './plans.js';
import { dropOlderModels, listQuarantined, retryQuarantined } from './projections.js';
import { rebuildLog, rebuildReadModels } from './rebuild.js';
import { reviseFromDocument } from './revise.js';
import { signInCode } from './signIn.js';
import { serverStatus } from './status.js';
import { verifyProjections } from './verifyProjections.js';
import { compareWordings, ownPartyCells, ownWordings } from './wordings.js';

/** All operations that a running server executes for the command line. */
export const OPERATIONS: readonly NamedOperation[] = [
  importDocument,
  importFromFolder,
  reviseFromDocument,
  exportPlan,
  exportProof,
  listPlans,
  findPlan,
  printAudit,
  compareWordings,
  ownWordings,
  ownPartyCells,
  organisationReadings,
  giveAccess,
  listAccess,
  bootstrapKey,
  signInCode,
  forget,
  rebuildReadModels,
  rebuildLog,
  listQuarantined,
  retryQuarantined,
  dropOlderModels,
  acceptLog,
  serverStatus,
  verifyProjections,
];
