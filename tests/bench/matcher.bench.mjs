// The matcher against a plain scan in JavaScript and against usearch's exact search (SIMD, one thread) where it is
// installed: the two nearest people of one probe among 1,000, 10,000 and 100,000. Same vectors, same run; every way must
// find the same nearest person.
import { WasmCodeScan } from '../../server/dist/modules/matching/kernel/wasm-code-scan.js';
import { Gallery } from '../../shared/dist/domain/matching/gallery.js';
import { calibration } from '../../shared/dist/domain/matching/calibration.js';
import { DEFAULT_MATCHING_POLICY, decide } from '../../shared/dist/domain/matching/decide.js';
import { rankPeople } from '../../shared/dist/domain/matching/rank.js';
import { searchNearest } from '../../shared/dist/domain/matching/search.js';
import { EMBEDDING_DIMENSIONS } from '../../shared/dist/domain/matching/unit-embedding.js';
import { sideBySide } from './side-by-side.mjs';
import { unitVectors } from './unit-vectors.mjs';

const MODEL = 'bench';
const SIZES = [
  { people: 1000, searches: 40, n: 40 },
  { people: 10_000, searches: 4, n: 40 },
  { people: 100_000, searches: 1, n: 25 },
];

/** What one writes without thinking about it: the two smallest distances over an array of vectors. */
function plainScan(rows, probe) {
  let best = { row: -1, distance: Infinity };
  let second = best;
  for (let row = 0; row < rows.length; row += 1) {
    let sum = 0;
    for (let column = 0; column < EMBEDDING_DIMENSIONS; column += 1) {
      const difference = rows[row][column] - probe[column];
      sum += difference * difference;
    }
    if (sum < best.distance) {
      second = best;
      best = { row, distance: sum };
    } else if (sum < second.distance) {
      second = { row, distance: sum };
    }
  }
  return [best.row, second.row];
}

async function usearchScan(rows) {
  try {
    const { exactSearch, MetricKind } = await import('usearch');
    const flat = new Float32Array(rows.length * EMBEDDING_DIMENSIONS);
    rows.forEach((row, at) => flat.set(row, at * EMBEDDING_DIMENSIONS));
    return (probe) =>
      [...exactSearch(flat, probe, EMBEDDING_DIMENSIONS, 2, MetricKind.IP, 1).keys].map(Number);
  } catch {
    process.stderr.write('NOT RUN: usearch is not installed here, so it is no peer of this benchmark.\n');
    return null;
  }
}

function galleryOf(rows) {
  const gallery = new Gallery(MODEL, new WasmCodeScan());
  rows.forEach((embedding, row) => {
    const template = { templateId: String(row), personId: String(row), modelId: MODEL, embedding };
    const added = gallery.add(template);
    if (!added.ok) throw new Error(added.error);
  });
  return gallery;
}

function ourScan(gallery) {
  return (embedding) => {
    const found = searchNearest(gallery, { modelId: MODEL, embedding }, 2);
    if (!found.ok) throw new Error(found.error);
    return found.value.map((candidate) => Number(candidate.personId));
  };
}

/** The whole of a check-in's matching: the ten nearest ranked closely, and decided upon. */
function ourDecision(gallery) {
  const bench = { ...calibration, modelId: MODEL };
  return (embedding) => {
    const ranked = rankPeople(gallery, { modelId: MODEL, embedding }, bench);
    if (!ranked.ok) throw new Error(ranked.error);
    return decide({ ranking: ranked.value, calibration: bench, policy: DEFAULT_MATCHING_POLICY });
  };
}

async function measure({ people, searches, n }) {
  const rows = unitVectors(people, people);
  const probes = unitVectors(searches, 7);
  const gallery = galleryOf(rows);
  const ways = { ours: ourScan(gallery), 'plain scan': (probe) => plainScan(rows, probe) };
  const usearch = await usearchScan(rows);
  if (usearch !== null) ways['usearch exact'] = usearch;
  for (const probe of probes) {
    const answers = Object.values(ways).map((way) => way(probe).join());
    if (new Set(answers).size !== 1) throw new Error('the ways disagree about the two nearest');
  }
  const { ours, ...peers } = Object.fromEntries(
    Object.entries(ways).map(([name, way]) => [name, async () => probes.forEach((probe) => way(probe))]),
  );
  const named = people.toLocaleString('en');
  const decision = ourDecision(gallery);
  const decideAll = async () => probes.forEach((probe) => decision(probe));
  const perSearch = (value) => value / searches;
  const measured = [
    await sideBySide(`top two of ${named}`, { ours, peers }, { n }),
    await sideBySide(`ranked and decided among ${named}`, { ours: decideAll, peers }, { n }),
  ];
  return measured.map((row) => ({
    ...row,
    ours: perSearch(row.ours),
    peers: Object.fromEntries(Object.entries(row.peers).map(([peer, value]) => [peer, perSearch(value)])),
  }));
}

export const bench = {
  name: 'matcher',
  run: async () => {
    const rows = [];
    for (const size of SIZES) rows.push(...(await measure(size)));
    return rows;
  },
};
