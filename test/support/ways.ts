/** Sends a body to /graphql as one of the tests' clients. */
export type Post = (
  body: string,
) => Promise<{ readonly status: number; readonly text: string; readonly type: string | null }>;

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * A query in all ways on which it may be answered: by graphql-js, kept from before, compiled; each by Apollo and before it. A variable
 * that nobody declared makes each of them another request, and changes nothing.
 */
const WAYS: readonly { readonly name: string; readonly way: number; readonly byApollo: boolean }[] = [
  { name: 'Apollo, graphql-js or kept', way: 1, byApollo: true },
  { name: 'lane, kept', way: 1, byApollo: false },
  { name: 'lane, graphql-js', way: 2, byApollo: false },
  { name: 'lane, compiled', way: 3, byApollo: false },
  { name: 'Apollo, kept', way: 3, byApollo: true },
  { name: 'Apollo, compiled', way: 4, byApollo: true },
];

/** The answers of a query that differ from the first, by the name of their way; and how many requests there were. */
export async function differences(post: Post, { query, variables }: Asked): Promise<readonly string[]> {
  let [first, found]: [string | undefined, string[]] = [undefined, []];
  for (const { name, way, byApollo } of WAYS) {
    const body = { query, variables: { ...variables, way }, ...(byApollo ? { extensions: {} } : {}) };
    const { status, text, type } = await post(JSON.stringify(body));
    const answer = `${status} ${type} ${text}`;
    first ??= answer;
    if (answer !== first) found = [...found, `${name}: ${answer.slice(0, 1_000)} in place of ${first.slice(0, 1_000)}`];
  }
  return found;
}

/** The same, of a query that is asked while something may still change: what differs once and not again is no difference. */
export async function lastingDifferences(post: Post, asked: Asked): Promise<readonly string[]> {
  let found = await differences(post, asked);
  for (let again = 0; found.length > 0 && again < 3; again += 1) found = await differences(post, asked);
  return found;
}
