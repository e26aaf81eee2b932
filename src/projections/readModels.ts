import { type Projection, projection } from '../engine/projections/projection.js';
import { activities } from './activities.js';
import { auditTrail } from './auditTrail.js';
import { changes } from './changes.js';
import { controlPoints } from './controlPoints.js';
import { editions } from './editions.js';
import { holders } from './holders.js';
import { monitoring } from './monitoring.js';
import { organisationReports } from './organisationReports.js';
import { organisations } from './organisations.js';
import { parties } from './parties.js';
import { plans } from './plans.js';

/** All read models. Add a new read model here. */
export const PROJECTIONS: readonly Projection[] = [
  projection(plans),
  projection(activities),
  projection(controlPoints),
  projection(monitoring),
  projection(editions),
  projection(parties),
  projection(organisations),
  projection(organisationReports),
  projection(holders),
  projection(auditTrail),
  projection(changes),
];

/** The collections of all read models. */
export const COLLECTIONS = PROJECTIONS.map(({ spec }) => spec);
