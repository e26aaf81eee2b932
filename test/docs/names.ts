import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files that declare a name at top level, and those of them that export it. */
export interface NameUse {
  readonly declaredIn: readonly string[];
  readonly exportedFrom: readonly string[];
}

/**
 * A declaration at the beginning of a line, which is how the formatter writes every top-level declaration. A component
 * that is loaded on demand is no declaration of its own: it has the name of the component in its file.
 */
const DECLARATION =
  /^(?<exported>export )?(?:default )?(?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) (?<name>[\w$]+)\b(?! = lazy\()/gm;

/** Generated files have the names of the API. */
const GENERATED = /(^|\/)generated\//;

/** Returns the top-level names of a source text. */
export function namesIn(source: string): readonly { readonly name: string; readonly isExported: boolean }[] {
  return [...source.matchAll(DECLARATION)].map(({ groups = {} }) => ({
    name: groups.name ?? '',
    isExported: groups.exported !== undefined,
  }));
}

/**
 * Returns the names that several TypeScript files below a directory declare at top level.
 *
 * @param isCounted returns true for the paths, relative to the directory, that are counted.
 */
export function repeatedNames(
  directory: string,
  isCounted: (path: string) => boolean = () => true,
): ReadonlyMap<string, NameUse> {
  const uses = new Map<string, { declaredIn: Set<string>; exportedFrom: Set<string> }>();
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !GENERATED.test(path) && isCounted(path),
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
