import { readFile } from 'node:fs/promises';

/** The lines of one block of shell commands in a page, without their comments. */
export interface Recipe {
  readonly page: string;
  readonly lines: readonly string[];
}

const BLOCK = /^```sh\n([\s\S]*?)^```$/gm;

/** The shell blocks of a page of docs/, in their order. */
export async function recipesOf(page: string): Promise<Recipe[]> {
  const text = await readFile(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, block = '']) => ({
    page,
    lines: block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, ''))
      .filter((line) => line !== ''),
  }));
}
