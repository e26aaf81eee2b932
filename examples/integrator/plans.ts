import { asked, type Connection, LetopisError } from './http.js';

/** A plan with its sections, activities, points and reports, as a line of /plans.jsonl. */
export interface Plan {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** All that a key sees may be a whole district. */
const TIMEOUT_MS = 600_000;

/** Plans that the key sees (all of them, or by a query string), and the position to go on from. @throws LetopisError */
export function exported(to: Connection, query = ''): Promise<{ position: string; plans: readonly Plan[] }> {
  const read = async (response: Response) => {
    const lines = (await response.text()).split('\n').filter(Boolean);
    const { kind, position }: { kind?: string; position: string } = JSON.parse(lines.at(-1) ?? '{}');
    if (kind !== 'END') throw new LetopisError('NO_ANSWER', 'the export was cut');
    return { position, plans: lines.slice(1, -1).map((line): Plan => JSON.parse(line)) };
  };
  return asked(to, `/plans.jsonl${query}`, read, { timeout: TIMEOUT_MS });
}

/** A plan as it is at a position or later; undefined when the key does not see it. @throws LetopisError */
export async function exportedPlan(to: Connection, planId: string, atLeast: string): Promise<Plan | undefined> {
  const { plans } = await exported(to, `?${new URLSearchParams({ planId, atLeast })}`);
  return plans[0];
}
