/** Returns events (or other items) per second of one piece of work. */
export async function rateOf(count, work) {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

/** Returns the value below which this share of the list lies. */
export function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Returns the median of a list. */
export function median(list) {
  return quantile(list, 0.5);
}

/**
 * Measures contenders alternately, so that a machine that slows down slows all of them. Returns the rates of each by
 * name.
 *
 * @param contenders functions by name: each does its work for a round and returns a rate, or undefined to omit it.
 */
export async function interleaved(rounds, contenders) {
  const rates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(contenders)) rates[name].push(await work(round));
  }
  return rates;
}

/** Returns the median of the ratios of each round: influences on both contenders of a round cancel out. */
export function ratio(own, other) {
  return median(own.map((rate, round) => rate / other[round]));
}
