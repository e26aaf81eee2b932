import { asked, type Connection, LetopisError } from './http.js';

/** A plan with its sections, activities, points and reports: one line of /plans.jsonl. */
export interface Plan {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Timeout of an export, which may contain a whole district. */
const TIMEOUT_MS = 600_000;

/**
 * Returns the plans that the key sees, filtered by a query string, and the position to continue from. @throws
 * LetopisError
 */
export function exported(to: Connection, query = ''): Promise<{ position: string; plans: readonly Plan[] }> {
  const read = async (response: Response) => {
    const lines = (await response.text()).split('\n').filter(Boolean);
    const { kind, position }: { kind?: string; position: string } = JSON.parse(lines.at(-1) ?? '{}');
    if (kind !== 'END') throw new LetopisError('NO_ANSWER', 'the export was cut');
    return { position, plans: lines.slice(1, -1).map((line): Plan => JSON.parse(line)) };
  };
  return asked(to, `/plans.jsonl${query}`, read, { timeout: TIMEOUT_MS });
}

/** Returns a plan in its state at a position or later; undefined when the key does not see it. @throws LetopisError */
export async function exportedPlan(to: Connection, planId: string, atLeast: string): Promise<Plan | undefined> {
  const { plans } = await exported(to, `?${new URLSearchParams({ planId, atLeast })}`);
  return plans[0];
}
