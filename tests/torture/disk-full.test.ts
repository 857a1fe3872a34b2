// Small disks that fill up under the journal: what was recorded stays, what was not is said, the space kept for that
// moment lets people go on, acknowledgements make room, and the tablet recovers by itself when there is space again.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { openJournal } from '../../kiosk/src/journal/open-journal.js';
import { DEVICE, checkInEvent } from '../integration/kiosk-support/journal-events.mjs';
import { Random } from '../simulation/random.js';
import { isKeyedSignature, keyedSignature } from '../simulation/signing.js';
import { howMany, replayOf, scale } from '../support/torture-scale.js';

const RUNS = howMany(200, 2_000);
const START_MS = 1_760_000_000_000;

class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'hazri-small-'));
  readonly isMounted: boolean;

  constructor(kib: number) {
    this.isMounted = mount('-t', 'tmpfs', '-o', `size=${String(kib)}k`, 'tmpfs', this.folder);
  }

  grow(kib: number): void {
    expect(mount('-o', `remount,size=${String(kib)}k`, this.folder)).toBe(true);
  }

  /** Another program takes all but so many KiB. */
  fillUp(leaveKib: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    writeFileSync(join(this.folder, 'other'), Buffer.alloc(Math.max(0, bavail * bsize - leaveKib * 1024), 1));
  }

  remove(): void {
    if (this.isMounted) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;

function open(disk: SmallDisk): Journal {
  const { journal, announce } = openJournal({
    path: join(disk.folder, 'journal.sqlite'),
    deviceId: DEVICE,
    signer: { sign: (bytes) => keyedSignature('tablet', bytes) },
    verify: (bytes, signature) => isKeyedSignature('tablet', bytes, signature),
    lastEpoch: 1,
    wallMs: () => START_MS,
    driver: null,
  });
  expect([null, 'wiped']).toContain(announce);
  return journal;
}

/** Appends until the disk is full; gives back the hashes of what was recorded. */
function fill(journal: Journal, random: Random): string[] {
  const hashes: string[] = [];
  for (;;) {
    const box = random.chance(0.5) ? randomBytes(600 + random.int(4_000)) : null;
    const done = journal.append((at) => ({ event: checkInEvent(at), box }));
    if (!done.ok) {
      expect(done.error).toBe('DISK_FULL');
      return hashes;
    }
    hashes.push(done.value.hash);
  }
}

function expectKept(journal: Journal, hashes: readonly string[]): void {
  expect(journal.head.seq).toBe(hashes.length);
  for (const [at, hash] of hashes.entries()) expect(journal.hashAt(1, at + 1)).toBe(hash);
}

function acknowledgeAll(journal: Journal): boolean {
  const { epoch, seq, hash } = journal.head;
  return journal.acknowledge({ epoch, ackedSeq: seq, ackedHash: hash, serverMs: START_MS, outcomes: [] }).ok;
}

const canMount = (() => {
  const disk = new SmallDisk(64);
  disk.remove();
  return disk.isMounted;
})();

describe('a full disk', () => {
  it.runIf(canMount)(
    `loses nothing and says so, ${String(RUNS)} times`,
    () => {
      let recorded = 0;
      for (let run = 0; run < RUNS; run += 1) {
        const seed = scale.firstSeed + run;
        const random = new Random(seed);
        const disk = new SmallDisk(160 + random.int(500));
        try {
          let journal = open(disk);
          const hashes = fill(journal, random);
          expect(hashes.length, replayOf('disk', seed)).toBeGreaterThan(0);
          expectKept(journal, hashes);
          journal.close();
          if (random.chance(0.5)) disk.grow(2_000);
          journal = open(disk);
          expectKept(journal, hashes);
          disk.grow(4_000);
          expect(acknowledgeAll(journal)).toBe(true);
          expect(journal.append((at) => ({ event: checkInEvent(at), box: null })).ok).toBe(true);
          journal.close();
          recorded += hashes.length;
        } finally {
          disk.remove();
        }
      }
      console.log(`${String(RUNS)} full disks, ${String(recorded)} recorded events, 0 lost`);
    },
    24 * 3_600_000,
  );

  it.runIf(canMount)('still records more than a thousand punches in the space that was kept', () => {
    const disk = new SmallDisk(32 * 1024);
    try {
      let journal = open(disk);
      expect(journal.isShortOfSpace).toBe(false);
      disk.fillUp(8);
      const random = new Random(5);
      const hashes = fill(journal, random);
      expect(hashes.length).toBeGreaterThan(1_000);
      expect(journal.isShortOfSpace).toBe(true);
      expectKept(journal, hashes);
      // Nothing more fits, but what the server has taken makes room out of the last of it.
      expect(acknowledgeAll(journal)).toBe(true);
      expect(journal.append((at) => ({ event: checkInEvent(at), box: null })).ok).toBe(true);
      journal.close();
      rmSync(join(disk.folder, 'other'));
      journal = open(disk);
      expect(journal.isShortOfSpace).toBe(false);
      expect(existsSync(join(disk.folder, 'journal.sqlite.reserve-1'))).toBe(true);
      journal.close();
    } finally {
      disk.remove();
    }
  });

  it.runIf(!canMount)('was not tried: this account may not mount a small disk', () => {
    console.warn('NOT RUN: 200 full disks need the right to mount a tmpfs.');
  });
});
