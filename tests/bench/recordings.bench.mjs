// Recognition in recordings, by `hazri face identify` itself: people are enrolled from the first third of a recording and
// looked for in its last third and in recordings of other cameras, whole or by windows as short as a check-in; the
// strangers are the people of LFW. A short window is fused without asking whether a check-in would have taken its frames.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { splitJpegs } from '../../kiosk/dist/commands/face/jpeg-stream.js';
import { dataFolder } from './camera-frames.mjs';

const COMMAND = path.resolve(import.meta.dirname, '../../kiosk/dist/commands/main.js');
const FRAMES_PER_SECOND = 30;
const FPIR = '0.003';

/** @param {string} folder @param {number} windowFrames frames of one probe; Infinity for one probe of all */
function writeProtocol(folder, windowFrames) {
  const feeds = path.join(dataFolder, 'feeds');
  const gallery = ['path,identity'];
  const probes = ['path,identity'];
  const write = (list, name, frames, identity) => {
    writeFileSync(path.join(folder, name), Buffer.concat(frames));
    list.push(`${name},${identity}`);
  };
  const enrolled = new Set();
  for (const feed of readdirSync(feeds)
    .filter((file) => file.startsWith('live-'))
    .sort()) {
    const frames = [...splitJpegs(readFileSync(path.join(feeds, feed)))];
    const identity = /^live-(p\d+)/.exec(feed)?.[1] ?? feed;
    const third = Math.floor(frames.length / 3);
    const isFirst = !enrolled.has(identity);
    if (isFirst) write(gallery, `enrol-${feed}`, frames.slice(0, third), identity);
    enrolled.add(identity);
    const probed = isFirst ? frames.slice(2 * third) : frames;
    const step = Math.min(windowFrames, probed.length);
    for (let from = 0; from + step <= probed.length; from += step) {
      write(probes, `probe-${from}-${feed}`, probed.slice(from, from + step), identity);
    }
  }
  const [, ...strangers] = readFileSync(path.join(dataFolder, 'lfw-dev.csv'), 'utf8').trim().split('\n');
  for (const row of strangers) probes.push(`${path.join(dataFolder, row.split(',')[0] ?? '')},`);
  writeFileSync(path.join(folder, 'gallery.csv'), gallery.join('\n'));
  writeFileSync(path.join(folder, 'probes.csv'), probes.join('\n'));
  return probes.length - 1 - strangers.length;
}

/** @param {string} name @param {number} windowFrames */
function measure(name, windowFrames) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hazri-recordings-'));
  try {
    const n = writeProtocol(folder, windowFrames);
    const files = ['gallery', 'probes'].flatMap((list) => [`--${list}`, path.join(folder, `${list}.csv`)]);
    const args = [COMMAND, 'face', 'identify', ...files, '--root', folder, '--json'];
    const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
    const ours = Number((100 * found.fnirAtFpir[FPIR]).toPrecision(3));
    return { name: `FNIR at FPIR 0.3 %, ${name}`, unit: '%', ours, peers: {}, ratio: {}, n };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const bench = {
  name: 'recordings',
  run() {
    if (!existsSync(path.join(dataFolder, 'feeds'))) {
      process.stderr.write('bench: no recordings (HAZRI_TEST_DATA): nothing to measure\n');
      return Promise.resolve([]);
    }
    return Promise.resolve([
      measure('a recording’s last third or the other camera', Number.POSITIVE_INFINITY),
      measure('windows of 1.2 s of them', 1.2 * FRAMES_PER_SECOND),
    ]);
  },
};
