import { readFile } from 'node:fs/promises';

/** A block of the tour: the input of the reader, and the answer below it. */
export interface TourBlock {
  readonly heading: string;
  readonly typed: string;
  /** The answer; undefined for a block without one. */
  readonly answer: string | undefined;
  /** Index of the answer in the page. */
  readonly from: number;
  readonly to: number;
}

export const TOUR = new URL('../../docs/tour.md', import.meta.url);

const BLOCK = /^```sh\n(?<typed>[\s\S]*?)^```\n(?:```json\n(?<answer>[\s\S]*?)^```$)?/gm;
const HEADING = /^## (?<title>.*)$/gm;

/** Returns the blocks of the tour in their order. */
export async function tourBlocks(): Promise<readonly TourBlock[]> {
  const page = await readFile(TOUR, 'utf8');
  const headings = [...page.matchAll(HEADING)];
  return [...page.matchAll(BLOCK)].map((block) => {
    const { typed = '', answer } = block.groups ?? {};
    const heading = headings.findLast(({ index }) => index < block.index)?.groups?.title ?? '';
    const to = block.index + block[0].length - '```'.length;
    return { heading, typed, answer, from: to - (answer?.length ?? 0), to };
  });
}

const WIDTH = 110;

/**
 * Returns an answer as the page prints it. Ids and positions, which differ in each run, become «…», and values that fit
 * into {@link WIDTH} characters are printed on one line.
 */
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
