/** Sends a body to /graphql as one of the tests' clients. */
export type Post = (
  body: string,
) => Promise<{ readonly status: number; readonly text: string; readonly type: string | null }>;

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * A query in all ways on which it may be answered over HTTP: executed, kept from before, kept and known by its very text; and executed
 * again. A variable that nobody declared makes each number another question, and changes nothing.
 */
const WAYS: readonly { readonly name: string; readonly question: number; readonly isPlain: boolean }[] = [
  { name: 'executed', question: 1, isPlain: true },
  { name: 'in front of the framework', question: 1, isPlain: true },
  { name: 'kept', question: 1, isPlain: false },
  { name: 'executed again', question: 2, isPlain: false },
];

/** The answers of a query that differ from the first, by the name of their way. */
export async function differences(post: Post, { query, variables }: Asked): Promise<readonly string[]> {
  let [first, found]: [string | undefined, string[]] = [undefined, []];
  for (const { name, question, isPlain } of WAYS) {
    const body = { query, variables: { ...variables, question }, ...(isPlain ? {} : { extensions: {} }) };
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
