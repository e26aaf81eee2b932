import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const TOP = 25;
const SAMPLE_MICROSECONDS = 200;

/**
 * Runs work under the CPU profiler and prints the functions with the most self time, by their place in the sources.
 * Only for `--profile`, in a round whose figures are not used.
 */
export async function profiled(title, work) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
  await session.post('Profiler.start');
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const cpu = `${seconds(wall)} in all; processor ${seconds(user / 1_000)} ours, ${seconds(system / 1_000)} the kernel's`;
  process.stdout.write(`\n### ${title}: where the time goes (${cpu})\n\n${tableOf(profile)}\n`);
}

function seconds(milliseconds) {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

function tableOf({ nodes, samples, timeDeltas }) {
  const self = new Map();
  for (const [index, id] of samples.entries()) self.set(id, (self.get(id) ?? 0) + timeDeltas[index]);
  const all = [...self.values()].reduce((sum, time) => sum + time, 0);
  const callers = callersOf(nodes);
  const own = new Map();
  const whole = new Map();
  for (const node of nodes) {
    const time = self.get(node.id) ?? 0;
    if (time === 0) continue;
    add(own, nameOf(node, callers), time);
    // A recursive function is on the stack more than once, but counts once.
    for (const name of stackOf(node, callers)) add(whole, name, time);
  }
  const percent = (time) => `${((time / all) * 100).toFixed(1)} %`;
  const rows = (times, count) => [...times].sort(([, a], [, b]) => b - a).slice(0, count);
  return [
    '| self | function |',
    '| ---: | --- |',
    ...rows(own, TOP).map(([name, time]) => `| ${percent(time)} | ${name} |`),
    '',
    '| with what it calls | function of Letopis or of the benchmark |',
    '| ---: | --- |',
    ...rows(whole, TOP).map(([name, time]) => `| ${percent(time)} | ${name} |`),
    '',
  ].join('\n');
}

function add(times, name, time) {
  times.set(name, (times.get(name) ?? 0) + time);
}

function stackOf(node, callers) {
  const names = new Set();
  for (let each = node; each; each = callers.get(each.id)) {
    const name = nameOf(each, callers);
    if (/ (src|bench)\//.test(name) && !name.includes('←')) names.add(name);
  }
  return names;
}

function callersOf(nodes) {
  const callers = new Map();
  for (const node of nodes) for (const child of node.children ?? []) callers.set(child, node);
  return callers;
}

/** Returns the name of a function. A native function is named with the first of our functions that called it. */
function nameOf(node, callers) {
  const { functionName, url } = node.callFrame;
  // The profiler names every function of the SQLite driver after its last one, `backup`.
  const own = /^backup$/i.test(functionName) ? 'SQLite' : functionName || '(anonymous)';
  if (url.startsWith('file:')) return `${own} ${placeOf(node.callFrame)}`;
  if (own.startsWith('(') && own !== '(anonymous)') return own;
  let caller = callers.get(node.id);
  while (caller && !caller.callFrame.url.startsWith('file:')) caller = callers.get(caller.id);
  return caller ? `${own} ← ${caller.callFrame.functionName || '(anonymous)'} ${placeOf(caller.callFrame)}` : own;
}

const maps = new Map();

/** Returns the place in the sources from the source map beside the built file, or the place in the file itself. */
function placeOf({ url, lineNumber, columnNumber }) {
  const path = fileURLToPath(url);
  if (!maps.has(path)) maps.set(path, mapOf(path));
  const entry = maps.get(path)?.findEntry(lineNumber, columnNumber);
  const source = entry?.originalSource?.replace(/^.*?(?=src\/)/, '');
  return source
    ? `${source}:${entry.originalLine + 1}`
    : `${path.replace(/^.*\/(node_modules\/|(?=bench\/))/, '')}:${lineNumber + 1}`;
}

function mapOf(path) {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  } catch {
    return undefined;
  }
}
