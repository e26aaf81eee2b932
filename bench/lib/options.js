import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Returns the options of a benchmark. `--quick` is a smoke run: it proves that the script works, but its figures are
 * meaningless. `--profile` adds a round under the profiler and prints where the time went.
 *
 * @param more options of one benchmark, as for `parseArgs`, each with a `default`.
 */
export function optionsOf(more = {}) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      dir: { type: 'string', default: join(tmpdir(), 'letopis-bench') },
      ...more,
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds ${values.rounds}: a whole number from 1`);
  return { ...values, rounds };
}

/** Parses a list of whole numbers such as `10000,100000`. */
export function numbers(text) {
  return text.split(',').map((each) => {
    const number = Number(each.replaceAll('_', ''));
    if (!Number.isInteger(number) || number < 1) throw new RangeError(`${each}: a whole number from 1`);
    return number;
  });
}
