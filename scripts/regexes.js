/**
 * Fails if a regular expression of the sources may take more than linear time. Literals are collected from the sources.
 * Expressions built from strings are found by intercepting `RegExp` while the compiled modules are loaded.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

// Use the JavaScript checker, which does not download or start another program.
process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

const TIMEOUT = Number(process.env.LETOPIS_REGEX_MS ?? 60_000);
const SRC = new URL('../src/', import.meta.url);

/** Expressions that are not linear or that the checker cannot decide, with the reason why they are harmless. */
const ALLOWED = JSON.parse(readFileSync(new URL('regexes.json', import.meta.url), 'utf8'));

/** The expressions by text, with the files that contain them. */
const expressions = new Map();

function add(pattern, flags, file) {
  const key = `/${pattern}/${flags}`;
  const known = expressions.get(key) ?? { pattern, flags, files: new Set() };
  known.files.add(file);
  expressions.set(key, known);
}

/**
 * Collects the literals of a file. Returns how many expressions the file builds at top level.
 *
 * @throws Error for an expression built within a function.
 */
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

/**
 * Returns true for unbounded repetition within a lookaround: it is evaluated again at each position, whatever the
 * checker reports.
 */
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
  // A sticky expression is tried only at one place, like an anchored one.
  const tried = flags.includes('y') ? `^(?:${pattern})` : pattern;
  if (ALLOWED[key]) {
    used += 1;
    continue;
  }
  const check = () => checkSync(tried, flags.replace('y', ''), { timeout: TIMEOUT });
  const first = check();
  // Fuzzing is cut off by time, so on a busy machine it differs from run to run.
  const { status, complexity } = first.status === 'safe' || first.checker !== 'fuzz' ? first : check();
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
