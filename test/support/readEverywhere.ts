import { isObjectType } from 'graphql';
import { z } from 'zod';
import { schema } from '../../src/graphql/schema.js';
import { keyOf } from './keys.js';
import { problemsOf, unreadableIn } from './readers.js';
import type { TestServer } from './server.js';
import { selectionOf } from './walk.js';

/** The files of a plan. */
const FORMATS = ['docx', 'xlsx', 'html', 'csv', 'json', 'ics'] as const;

const HEAD = z.object({ system: z.object({ head: z.string() }) });
const PAGE = z.object({
  changes: z.object({ hasMore: z.boolean(), changes: z.array(z.looseObject({ position: z.string() })) }),
});

/** Reads the data of a server in every possible way, and returns what cannot be read. */
export class Reader {
  #problems: string[] = [];
  #after: string | null = null;

  constructor(private readonly server: TestServer) {}

  /** Returns the problems of some plans, of their organisation, and of all changes since the last call. */
  async problems(organisationId: string, planIds: readonly string[]): Promise<readonly string[]> {
    this.#problems = [];
    const { system } = await this.server.read(HEAD, '{ system { head } }');
    await this.#changes(system.head);
    for (const id of planIds) {
      await this.#answer(`query($id: ID!) { plan(id: $id) ${leavesOf('Plan', 4)} }`, { id });
      for (const format of FORMATS) await this.#file(`/plans/${id}.${format}`, format);
    }
    await this.#answer(`query($id: ID!) { organisation(id: $id) ${leavesOf('Organisation', 3)} }`, {
      id: organisationId,
    });
    await this.#answer(`{ accessHolders(last: 20) { nodes ${leavesOf('AccessHolder', 1)} } }`);
    await this.#answer(`{ refusals(first: 100) { nodes ${leavesOf('RefusalEntry', 1)} } }`);
    await this.#answer(`{ sessionEvents(first: 100) { nodes ${leavesOf('SessionEvent', 1)} } }`);
    const [planId = ''] = planIds;
    await this.#file(`/audit.jsonl?planId=${planId}`, 'jsonl');
    await this.#file(`/audit.csv?planId=${planId}`, 'csv');
    await this.#file(`/plans.jsonl?planId=${planId}`, 'jsonl');
    const metrics = new TextDecoder().decode(await this.#bytes('/metrics'));
    if (/^letopis_quarantined_documents\S* [1-9]/m.test(metrics)) this.#problems.push('a document is in quarantine');
    return this.#problems;
  }

  /** Reads the change feed from where the last call ended, with the entry of each change. */
  async #changes(head: string): Promise<void> {
    const document = `query($after: Position, $head: Position) { changes(after: $after, first: 200, atLeast: $head) {
      hasMore changes { position fields entry ${leavesOf('AuditEntry', 2)} } } }`;
    for (let hasMore = true; hasMore; ) {
      const { changes } = PAGE.parse(await this.#answer(document, { after: this.#after, head }));
      this.#after = changes.changes.at(-1)?.position ?? this.#after;
      hasMore = changes.hasMore;
    }
  }

  async #answer(document: string, variables: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { data, errors, text } = await this.server.query(document, { variables });
    const found = [...errors.map((error) => JSON.stringify(error)), ...unreadableIn(JSON.parse(text))];
    if (/"stale"/.test(text)) found.push('a stale answer');
    this.#problems.push(...found.map((each) => `${document.slice(0, 60)} ${JSON.stringify(variables)}: ${each}`));
    return data;
  }

  async #file(path: string, format: string): Promise<void> {
    const found = await problemsOf(format, await this.#bytes(path)).catch((error: unknown) => [String(error)]);
    this.#problems.push(...found.map((each) => `${path}: ${each}`));
  }

  async #bytes(path: string): Promise<Uint8Array> {
    const headers = { authorization: `Bearer ${keyOf('administrator')}` };
    const response = await fetch(`${this.server.address}${path}`, { headers });
    if (response.status !== 200) this.#problems.push(`${path}: status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

function leavesOf(type: string, depth: number): string {
  const found = schema().getType(type);
  if (!isObjectType(found)) throw new Error(`there is no object ${type}`);
  return selectionOf(found, depth);
}
