import { PlanDocument, type PlanQuery } from './generated/graphql.js';
import type { Connection, Options } from './http.js';
import { request } from './request.js';

/** An activity of a plan. */
export type Activity = NonNullable<PlanQuery['activities']>['nodes'][number];

/** A plan with its sections and all its activities. */
export type Plan = NonNullable<PlanQuery['plan']> & { readonly activities: readonly Activity[] };

/** Options of {@link readPlan}. */
export interface PlanOptions extends Options {
  /** Position that the answer must contain. */
  readonly atLeast?: string | undefined;
}

/** Returns a plan with all its activities; undefined when the key does not see it. @throws LetopisError */
export async function readPlan(
  to: Connection,
  id: string,
  { atLeast, signal }: PlanOptions = {},
): Promise<Plan | undefined> {
  const read: Activity[] = [];
  for (let after: string | null | undefined; ; ) {
    const { plan, activities }: PlanQuery = await request(
      to,
      PlanDocument,
      { id, after: after ?? null, atLeast: atLeast ?? null },
      { signal },
    );
    if (!plan || !activities) return undefined;
    read.push(...activities.nodes);
    after = activities.pageInfo.endCursor;
    if (!activities.pageInfo.hasNextPage) return { ...plan, activities: read };
  }
}
