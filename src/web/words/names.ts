import { locale } from './words';

const NAMES = new Intl.Collator(locale, { numeric: true });

/** Compares names. Numbers in them count as numbers: «СОШ № 2» comes before «СОШ № 10». */
export function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b);
}

/** Returns the name of something in a tree as a list of choices shows it, indented by its depth. */
export function indented({ name, depth }: { readonly name: string; readonly depth: number }): string {
  return `${'\u2003'.repeat(depth)}${name}`;
}
