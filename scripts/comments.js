/** Prints comments of the sources, drawn at random, for a review: `node scripts/comments.js [COUNT] [SEED]`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [count = '60', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const COMMENT = /\/\*\*?[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm;

const comments = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .toSorted()
  .flatMap((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    return [...text.matchAll(COMMENT)].map(({ 0: comment, index }) => {
      const end = index + comment.length;
      const line = text.slice(0, index).split('\n').length;
      const code = text.slice(end).split('\n').find((each) => each.trim() !== '') ?? '';
      return `src/${path}:${line}\n${comment.trimEnd()}\n    → ${code.trim()}`;
    });
  });

/** Returns numbers from 0 to 1, the same for a seed. */
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
