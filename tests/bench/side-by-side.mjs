// Measures several ways of doing one thing in turns, so that whatever else the machine does falls on all of them.

/**
 * @param {string} name
 * @param {{ ours: () => Promise<unknown>, peers: Record<string, () => Promise<unknown>> }} ways
 * @param {{ n: number, warmUp?: number, burst?: number }} amount `burst` calls of one way before the next way's turn
 * @returns {Promise<import('./main.mjs').BenchRow>} milliseconds
 */
export async function sideBySide(name, ways, { n, warmUp = 8, burst = 1 }) {
  const all = { ours: ways.ours, ...ways.peers };
  const times = Object.fromEntries(Object.keys(all).map((way) => [way, /** @type {number[]} */ ([])]));
  for (let round = -warmUp; round < n; round += burst) {
    for (const [way, run] of Object.entries(all)) {
      for (let call = round; call < round + burst; call += 1) {
        const start = performance.now();
        await run();
        if (round >= 0) times[way].push(performance.now() - start);
      }
    }
  }
  const { ours, ...peers } = Object.fromEntries(
    Object.entries(times).map(([way, values]) => [way, median(values)]),
  );
  const ratio = Object.fromEntries(Object.entries(peers).map(([peer, value]) => [peer, round(value / ours)]));
  return { name, unit: 'ms', ours, peers, ratio, n: times.ours.length };
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return round(sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
}

/** @param {number} value */
const round = (value) => Number(value.toPrecision(4));
