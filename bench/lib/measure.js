/** Events (or whatever is counted) a second of one piece of work. */
export async function rateOf(count, work) {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

/** The value below which a share of the measured ones lies. */
export function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export function median(list) {
  return quantile(list, 0.5);
}

/**
 * Measures contenders in turns, so that a machine that slows down slows them all, and gives for each its rates.
 *
 * @param contenders by name, each a function of the round that does its work and gives a rate, or undefined to be
 *   left out.
 */
export async function interleaved(rounds, contenders) {
  const rates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(contenders)) rates[name].push(await work(round));
  }
  return rates;
}

/** The median of the ratios round by round: what two contenders met in the same round falls out of it. */
export function ratio(own, other) {
  return median(own.map((rate, round) => rate / other[round]));
}
