/**
 * Fails for a regular expression of the sources that may take more than linear time. Literals are collected from the sources,
 * and those that are built from strings by watching `RegExp` while the compiled modules are loaded.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

// The checker in JavaScript: nothing is downloaded or started.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const TIMEOUT = Number(process.env.LETOPIS_REGEX_MS ?? 60_000);
const SRC = new URL('../src/', import.meta.url);

/** Expressions that are not linear, or that the checker cannot tell, and why they do no harm. */
const ALLOWED = JSON.parse(readFileSync(new URL('regexes.json', import.meta.url), 'utf8'));

/** Every expression by its text, with the files that have it. */
const expressions = new Map();

function add(pattern, flags, file) {
  const key = `/${pattern}/${flags}`;
  const known = expressions.get(key) ?? { pattern, flags, files: new Set() };
  known.files.add(file);
  expressions.set(key, known);
}

/** Adds the literals of a file; returns how many expressions are built at its top, and throws for one that is built within a function. */
function collect(file) {
  const code = readFileSync(new URL(file, SRC), 'utf8');
  const tree = parseSync(code, { syntax: 'typescript', decorators: true, target: 'es2022' });
  let built = 0;
  const walk = (node, isWithin) => {
    if (Array.isArray(node)) for (const each of node) walk(each, isWithin);
    else if (node && typeof node === 'object') {
      if (node.type === 'RegExpLiteral') add(node.pattern, node.flags, file);
      const isBuilt = ['NewExpression', 'CallExpression'].includes(node.type) && node.callee?.value === 'RegExp';
      if (isBuilt && isWithin) throw new Error(`${file} builds an expression within a function: build it once at the top`);
      if (isBuilt) built += 1;
      const isFunction = /Function|Method|Constructor/.test(node.type ?? '');
      for (const [name, each] of Object.entries(node)) if (name !== 'span') walk(each, isWithin || isFunction);
    }
  };
  walk(tree, false);
  return built;
}

const files = readdirSync(SRC, { recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .sort();
const building = files.map((file) => ({ file, built: collect(file) })).filter(({ built }) => built > 0);
const Native = globalThis.RegExp;
const made = [];
const watch = (expression) => {
  const line = (new Error().stack ?? '').split('\n').find((each) => each.includes('/dist/'));
  made.push({ expression, line: line ?? '' });
  return expression;
};
globalThis.RegExp = new Proxy(Native, {
  construct: (target, args) => watch(Reflect.construct(target, args)),
  apply: (target, self, args) => watch(Reflect.apply(target, self, args)),
});
for (const { file } of building) {
  await import(fileURLToPath(new URL(`../dist/${file.replace(/\.ts$/, '.js')}`, import.meta.url)));
}
globalThis.RegExp = Native;
for (const { file, built } of building) {
  const own = made.filter(({ line }) => line.includes(`/dist/${file.replace(/\.ts$/, '.js')}:`));
  for (const { expression } of own) add(expression.source, expression.flags, file);
  if (own.length < built) throw new Error(`${file} builds ${built} expressions, of which ${own.length} were seen`);
}

/** Unbounded repetition within a look around: it is run anew at each place, whatever the checker says of the rest. */
function looksFar(pattern) {
  for (const { index } of pattern.matchAll(/\(\?<?[=!]/g)) {
    let depth = 0;
    let isClass = false;
    for (let at = index; at < pattern.length; at += 1) {
      const sign = pattern[at];
      if (sign === '\\') at += 1;
      else if (isClass) isClass = sign !== ']';
      else if (sign === '[') isClass = true;
      else if (sign === '(') depth += 1;
      else if (sign === ')') {
        depth -= 1;
        if (depth === 0) break;
      } else if (sign === '*' || sign === '+' || /^\{\d+,\}/.test(pattern.slice(at))) return true;
    }
  }
  return false;
}

const failures = [];
let used = 0;
for (const [key, { pattern, flags, files: where }] of expressions) {
  // A sticky expression is tried at one place, as one that is anchored is.
  const tried = flags.includes('y') ? `^(?:${pattern})` : pattern;
  if (ALLOWED[key]) {
    used += 1;
    continue;
  }
  const { status, complexity } = checkSync(tried, flags.replace('y', ''), { timeout: TIMEOUT });
  const problem = looksFar(pattern)
    ? 'looks around without a bound'
    : status === 'safe'
      ? undefined
      : `${status}${complexity ? `: ${complexity.summary}` : ''}`;
  if (problem !== undefined) failures.push(`${[...where].join(', ')}: ${key}\n  ${problem}`);
}
for (const key of Object.keys(ALLOWED)) if (!expressions.has(key)) failures.push(`regexes.json allows ${key}, which is nowhere`);
console.log(`${expressions.size} expressions of ${files.length} files, ${used} of them allowed by scripts/regexes.json`);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
