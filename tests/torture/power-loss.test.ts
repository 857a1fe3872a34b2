// Images of a journal as power losses leave them: the end of its write-ahead log is cut off, zeroed or has flipped bits.
// Every image opens with a valid chain, and nothing that was synced before the damaged place is missing.
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { openJournal } from '../../kiosk/src/journal/open-journal.js';
import { DEVICE, checkInEvent, epochEvent } from '../integration/kiosk-support/journal-events.mjs';
import { Random } from '../simulation/random.js';
import { isKeyedSignature, keyedSignature } from '../simulation/signing.js';
import { howMany, scale } from '../support/torture-scale.js';

const IMAGES = howMany(300, 2_000);
const IMAGES_OF_A_LIFE = 20;
const folder = mkdtempSync(join(tmpdir(), 'hazri-power-'));
const START_MS = 1_760_000_000_000;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(path: string) {
  return openJournal({
    path,
    deviceId: DEVICE,
    signer: { sign: (bytes) => keyedSignature('tablet', bytes) },
    verify: (bytes, signature) => isKeyedSignature('tablet', bytes, signature),
    lastEpoch: 1,
    wallMs: () => START_MS,
    driver: null,
  });
}

interface Lived {
  readonly file: string;
  readonly wal: Buffer;
  /** After each append: its hash and the size that the log then had on disk. */
  readonly synced: readonly { readonly hash: string; readonly walBytes: number }[];
}

/** A journal with a past: some events acknowledged, some not, all since the last checkpoint in the log. */
function live(random: Random): Lived {
  const path = join(folder, 'lived.sqlite');
  const { journal } = open(path);
  const synced: { hash: string; walBytes: number }[] = [];
  const acked = random.int(30);
  for (let at = 0; at < 40; at += 1) {
    const done = journal.append((place) => ({ event: checkInEvent(place), box: randomBytes(700) }));
    if (!done.ok) throw new Error(done.error);
    synced.push({ hash: done.value.hash, walBytes: statSync(`${path}-wal`).size });
    if (at === acked) acknowledge(journal);
  }
  const file = join(folder, 'file.sqlite');
  copyFileSync(path, file);
  const wal = readFileSync(`${path}-wal`);
  journal.close();
  removeJournal(path);
  return { file, wal, synced };
}

/** Its reserve stays for the next one: to make it takes longest. */
function removeJournal(path: string): void {
  for (const suffix of ['', '-wal']) rmSync(path + suffix, { force: true });
}

function acknowledge(journal: Journal): void {
  const { epoch, seq, hash } = journal.head;
  journal.acknowledge({ epoch, ackedSeq: seq, ackedHash: hash, serverMs: START_MS, outcomes: [] });
}

/** Damages everything from a random place on, or one bit behind it; gives back the first damaged byte. */
function damage(wal: Buffer, random: Random): { readonly damaged: Buffer; readonly from: number } {
  const from = random.int(wal.length);
  const damaged = Buffer.from(wal);
  const kind = random.int(3);
  if (kind === 0) return { damaged: damaged.subarray(0, from), from };
  if (kind === 1) return { damaged: damaged.fill(0, from), from };
  const bits = 1 + random.int(40);
  let first = wal.length;
  for (let bit = 0; bit < bits; bit += 1) {
    const at = from + random.int(wal.length - from);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << random.int(8));
    first = Math.min(first, at);
  }
  return { damaged, from: first };
}

describe('a power loss', () => {
  it(
    `leaves a valid chain with everything that was synced, in ${String(IMAGES)} images`,
    () => {
      let lived = live(new Random(scale.firstSeed));
      let kept = 0;
      let damagedEvents = 0;
      for (let image = 0; image < IMAGES; image += 1) {
        const seed = scale.firstSeed + image;
        const random = new Random(seed);
        if (image % IMAGES_OF_A_LIFE === 0) lived = live(random);
        const { file, wal, synced } = lived;
        const { damaged, from } = damage(wal, random);
        const path = join(folder, 'image.sqlite');
        copyFileSync(file, path);
        writeFileSync(`${path}-wal`, damaged);
        const { journal, announce, quarantined } = open(path);
        expect(quarantined, `image ${String(image)} of seed ${String(scale.firstSeed)}`).toBeNull();
        expect([null, 'wiped']).toContain(announce);
        const whole = synced.filter(({ walBytes }) => walBytes <= from).length;
        const { seq } = journal.head;
        expect(seq, `image ${String(image)} of seed ${String(scale.firstSeed)}`).toBeGreaterThanOrEqual(
          whole,
        );
        for (let at = 1; at <= seq; at += 1) expect(journal.hashAt(1, at)).toBe(synced[at - 1]?.hash);
        // It goes on, in a new epoch whenever the old one may have lost its end at the server's word.
        const next = journal.startEpoch((at) => ({ event: epochEvent(at, 'restored'), box: null }), false);
        expect(next.ok && next.value).toMatchObject({ epoch: 2, seq: 1 });
        journal.close();
        removeJournal(path);
        kept += seq;
        damagedEvents += synced.length - whole;
      }
      console.log(
        `${String(IMAGES)} power losses: ${String(kept)} events kept, ${String(damagedEvents)} stood behind the damage`,
      );
    },
    24 * 3_600_000,
  );
});
