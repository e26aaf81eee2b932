import { readFile } from 'node:fs/promises';
import { isKeyRole, type KeyRole } from '../support/keys.js';

/** One call of the tour: a query as somebody, with what it answers and what is kept of that. */
export interface TourStep {
  readonly heading: string;
  /** Local noon of the day of the heading. */
  readonly clock: string;
  readonly key: KeyRole;
  readonly query: string;
  readonly answer: string;
  /** Names that later calls use as variables, with the path into the answer that gives their value. */
  readonly kept: Readonly<Record<string, readonly string[]>>;
  /** Where the answer stands in the page. */
  readonly from: number;
  readonly to: number;
}

export const TOUR = new URL('../../docs/tour.md', import.meta.url);

const CALL =
  /^```graphql (?<key>\w+)\n(?<query>[\s\S]*?)^```\n(?:<!-- keep (?<kept>.*) -->\n)?```json\n(?<answer>[\s\S]*?)^```$/gm;
const HEADING = /^## (?<day>\d{4}-\d{2}-\d{2}): (?<title>.*)$/gm;

/**
 * The calls of the tour in their order.
 *
 * @throws Error for a call that no heading with a day stands above.
 */
export async function tourSteps(): Promise<readonly TourStep[]> {
  const page = await readFile(TOUR, 'utf8');
  const headings = [...page.matchAll(HEADING)];
  return [...page.matchAll(CALL)].map((call) => {
    const { key = '', query = '', answer = '', kept = '' } = call.groups ?? {};
    const heading = headings.findLast(({ index }) => index < call.index);
    const { day, title = '' } = heading?.groups ?? {};
    if (!isKeyRole(key) || day === undefined) throw new Error(`a call of the tour without day or role: ${query}`);
    const to = call.index + call[0].length - '```'.length;
    return {
      heading: `${day}: ${title}`,
      clock: `${day}T07:00:00Z`,
      key,
      query,
      answer,
      kept: Object.fromEntries(kept.split(', ').filter(Boolean).map(keeping)),
      from: to - answer.length,
      to,
    };
  });
}

function keeping(text: string): [string, readonly string[]] {
  const [name = '', path = ''] = text.split(' = ');
  return [name, path.split('.')];
}

/** A query with the values in place of their names; things of the plan by number, such as `$activity3` or `$point7_2`. */
export function filledIn(query: string, known: Readonly<Record<string, unknown>>): string {
  return query.replace(/\$(?<name>\w+)/g, (_, name: string) => JSON.stringify(known[name] ?? inPlan(name, known.plan)));
}

const MARKS: Readonly<Record<string, string>> = { point: '', report: 'r', request: 'q' };

function inPlan(name: string, plan: unknown): string {
  const { type = '', activity = '', of } = /^(?<type>[a-z]+)(?<activity>\d+)(?:_(?<of>\d+))?$/.exec(name)?.groups ?? {};
  if (typeof plan !== 'string' || activity === '') throw new Error(`the tour kept no ${name}`);
  const local = of === undefined ? `a${activity}` : `a${activity}.${MARKS[type] ?? ''}${of}`;
  return `${plan.replace('plan', type)}.${local}`;
}

/** The value at a path of an answer. */
export function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

const WIDTH = 110;

/** An answer as the page shows it: ids and positions of this run stand as «…», and what fits on a line stands on one. */
export function shown(value: unknown): string {
  return `${printed(value, '')}\n`
    .replace(/"[a-z]+_[0-9a-f-]{36}(\.[a-z0-9.]+)?(@[0-9TZ:.-]+)?"/g, '"…"')
    .replace(/("position": )"[^"]+"/g, '$1"…"');
}

function printed(value: unknown, indent: string): string {
  const line = oneLine(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item: unknown) => printed(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${printed(item, inner)}`);
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  const items = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${oneLine(item)}`);
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`;
}
