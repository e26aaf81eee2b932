import { behind, rule } from './combinators.js';
import { type Found, needsOf, type Parser, parsed, startsIn, startsWith } from './parser.js';

/** Maximum number of members of a list. */
const MOST_MEMBERS = 250;
/** Maximum number of beginnings of a list that are returned as separate readings. */
const MOST_BEGINNINGS = 4;
/** Maximum number of alternatives of a list that are extended at the same time. */
const MOST_LISTS = 6;

/** A linked list from its last member back, so that lists share their beginnings. */
interface ListSoFar<T> {
  readonly last: T;
  readonly before: ListSoFar<T> | null;
  readonly end: number;
}

/** Reads a list and also its beginnings, the longest first. */
export function list<T>(member: Parser<T>, separator: Parser<unknown>, most = MOST_MEMBERS): Parser<readonly T[]> {
  const next = rule(behind(separator, member));
  const linked = (before: ListSoFar<T> | null, found: readonly Found<T>[]) =>
    found.map(({ value, end }): ListSoFar<T> => ({ last: value, before, end }));
  return startsWith(
    startsIn(member),
    (chart, at) => {
      let open = linked(null, parsed(member, chart, at)).slice(0, MOST_LISTS);
      if (open.length === 0) return [];
      const found = [...open];
      for (let members = 1; members < most && open.length > 0; members += 1) {
        open = open.flatMap((each) => linked(each, parsed(next, chart, each.end))).slice(0, MOST_LISTS);
        found.push(...open);
      }
      return found
        .sort((one, other) => other.end - one.end)
        .slice(0, MOST_BEGINNINGS)
        .map((each) => ({ value: membersOf(each), end: each.end }));
    },
    needsOf(member),
  );
}

function membersOf<T>(found: ListSoFar<T>): readonly T[] {
  const members: T[] = [];
  for (let each: ListSoFar<T> | null = found; each; each = each.before) members.push(each.last);
  return members.reverse();
}
