/**
 * Prints comments of the sources, tests, benchmarks and scripts, drawn at random, for a review:
 * `node scripts/comments.js [COUNT] [SEED]`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [count = '60', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const COMMENT = /(?<![^\s{])\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm;

const SOURCES = { src: /\.tsx?$/, test: /\.ts$/, bench: /\.js$/, scripts: /\.js$/ };
const NOT_OURS = /(^|\/)(node_modules|generated)\//;

const paths = Object.entries(SOURCES).flatMap(([folder, name]) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path) && !NOT_OURS.test(path))
    .map((path) => join(folder, path)),
);
const comments = paths.toSorted().flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(COMMENT)].map(({ 0: comment, index }) => {
    const end = index + comment.length;
    const line = text.slice(0, index).split('\n').length;
    const code = text.slice(end).split('\n').find((each) => each.trim() !== '') ?? '';
    return `${path}:${line}\n${comment.trimEnd()}\n    → ${code.trim()}`;
  });
});

/** Returns a generator of numbers from 0 to 1. The same seed gives the same numbers. */
function randomFrom(start) {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomFrom(Number(seed));
const drawn = Array.from({ length: Math.min(Number(count), comments.length) }, () => {
  return comments.splice(Math.floor(random() * comments.length), 1)[0];
});
process.stdout.write(`${drawn.join('\n\n')}\n\nseed ${seed}, ${drawn.length} of ${drawn.length + comments.length}\n`);
