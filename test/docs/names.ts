import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files that declare a name at top level, and those of them that export it. */
export interface NameUse {
  readonly declaredIn: readonly string[];
  readonly exportedFrom: readonly string[];
}

/** A declaration at the beginning of a line, which is how the formatter writes every top-level declaration. */
const DECLARATION =
  /^(?<exported>export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) (?<name>[\w$]+)/gm;

/** The web page is a separate package, with names of its framework. */
const OTHER_PACKAGE = /^web\//;

/** Returns the top-level names of a source text. */
export function namesIn(source: string): readonly { readonly name: string; readonly isExported: boolean }[] {
  return [...source.matchAll(DECLARATION)].map(({ groups = {} }) => ({
    name: groups.name ?? '',
    isExported: groups.exported !== undefined,
  }));
}

/** Returns the names that several TypeScript files below a directory declare at top level. */
export function repeatedNames(directory: string): ReadonlyMap<string, NameUse> {
  const uses = new Map<string, { declaredIn: Set<string>; exportedFrom: Set<string> }>();
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !OTHER_PACKAGE.test(path),
  );
  for (const path of paths.toSorted()) {
    for (const { name, isExported } of namesIn(readFileSync(join(directory, path), 'utf8'))) {
      const use = uses.get(name) ?? { declaredIn: new Set(), exportedFrom: new Set() };
      use.declaredIn.add(relative('.', path));
      if (isExported) use.exportedFrom.add(relative('.', path));
      uses.set(name, use);
    }
  }
  const repeated = [...uses].filter(([, { declaredIn }]) => declaredIn.size > 1);
  return new Map(
    repeated.map(([name, { declaredIn, exportedFrom }]) => [
      name,
      { declaredIn: [...declaredIn], exportedFrom: [...exportedFrom] },
    ]),
  );
}
