import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../api/ask';
import { LastChangesDocument, PlanOfRevisionDocument } from '../../api/generated/graphql';
import { planKey } from '../../api/queries';
import { dayOfMoment } from '../localDays';
import type { ComparedSides } from './sides';

/**
 * Query for the revisions around the last change of a plan that changed a field; null if there is none after the first
 * entry.
 */
export function lastChangeQuery(planId: string) {
  return queryOptions({
    queryKey: [...planKey(planId), 'last change'],
    queryFn: async (): Promise<ComparedSides | null> => {
      const { nodes } = (await ask(LastChangesDocument, { planId })).auditTrail ?? { nodes: [] };
      const last = nodes.findLast(({ changes }) => changes.length > 0);
      // The entries of one command have the same time. The first entry of the plan has no state before it.
      const first = nodes.find(({ recordedAt, revision }) => revision > 0 && recordedAt === last?.recordedAt);
      if (!first || !last) return null;
      return { from: `r${first.revision - 1}`, to: `r${last.revision}` };
    },
  });
}

/**
 * Query for the local day of the entry with a revision; null for no revision, or a revision that the plan does not
 * have.
 */
export function entryDayQuery(planId: string, revision: number | undefined) {
  return queryOptions({
    queryKey: [...planKey(planId), 'day of entry', revision],
    queryFn: async () => {
      if (revision === undefined) return null;
      const { plan } = await ask(PlanOfRevisionDocument, { planId, asOf: { revision } });
      return plan && dayOfMoment(plan.updatedAt, plan.timeZone);
    },
  });
}
