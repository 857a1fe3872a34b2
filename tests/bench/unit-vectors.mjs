// Embeddings of people who do not exist: unit vectors, the same in every run and in every process.

/** Mulberry32. @param {number} seed */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * @param {number} count
 * @param {number} seed
 * @returns {Float32Array[]} 128 numbers of unit length each
 */
export function unitVectors(count, seed) {
  const random = seeded(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: 128 }, gauss);
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  });
}
