/** Posts a body to /graphql with the headers of a test client. */
export type Post = (
  body: string,
) => Promise<{ readonly status: number; readonly text: string; readonly type: string | null }>;

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The ways to answer a query over HTTP: executed, from the cache by request text, from the cache by parsed request, and
 * executed again. An undeclared variable makes each number a different request with the same answer.
 */
const WAYS: readonly { readonly name: string; readonly question: number; readonly isPlain: boolean }[] = [
  { name: 'executed', question: 1, isPlain: true },
  { name: 'in front of the framework', question: 1, isPlain: true },
  { name: 'kept', question: 1, isPlain: false },
  { name: 'executed again', question: 2, isPlain: false },
];

/** Returns the answers of a query that differ from the first one, by way. */
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

/** Returns the differences that remain after repeats of a query whose data may change between two answers. */
export async function lastingDifferences(post: Post, asked: Asked): Promise<readonly string[]> {
  let found = await differences(post, asked);
  for (let again = 0; found.length > 0 && again < 3; again += 1) found = await differences(post, asked);
  return found;
}
