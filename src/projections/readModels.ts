import { isReadable } from '../domain/recorded.js';
import { projection } from '../engine/projections/projection.js';
import { readModels } from '../engine/projections/readModels.js';
import { activities } from './activities.js';
import { auditTrail } from './auditTrail.js';
import { changes } from './changes.js';
import { controlPointModel } from './controlPoints.js';
import { editions } from './editions.js';
import { FOLDING } from './folding.js';
import { holders } from './holders.js';
import { monitoring } from './monitoring.js';
import { organisationReports } from './organisationReports.js';
import { organisations } from './organisations.js';
import { parties } from './parties.js';
import { plans } from './plans.js';

/** All read models. Add a new read model here. */
export const READ_MODELS = readModels({
  folding: FOLDING,
  streams: { streamPrefixes: ['plan-', 'org-', 'subject-', 'access-', 'log'] },
  firstTypes: [
    'PlanDrafted',
    'OrganisationRegistered',
    'PersonForgotten',
    'LogKeyRotated',
    'LogAccepted',
    'AccessIssued',
  ],
  isReadable,
  projections: [
    projection(plans),
    projection(activities),
    projection(controlPointModel),
    projection(monitoring),
    projection(editions),
    projection(parties),
    projection(organisations),
    projection(organisationReports),
    projection(holders),
    projection(auditTrail),
    projection(changes),
  ],
});

/** The collections of all read models. */
export const COLLECTIONS = READ_MODELS.specs;
