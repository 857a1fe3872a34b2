// Journals of every released version open, keep what they hold and go on; a power loss in the middle of the upgrade leaves
// the old journal or the new one. What is old and acknowledged is forgotten, and nothing else.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { GENESIS_HASH, chainHash, headBytes } from '@hazri/shared/crypto/hash-chain';
import { type Journal, KEEP_ACKNOWLEDGED_MS } from '../../kiosk/src/journal/journal.js';
import { openJournal } from '../../kiosk/src/journal/open-journal.js';
import { isKeyedSignature, keyedSignature } from '../simulation/signing.js';
import { DEVICE, checkInEvent } from './kiosk-support/journal-events.mjs';

const VERSION_1 = readFileSync(new URL('./kiosk-support/journal-v1.sql', import.meta.url), 'utf8');
const NOW_MS = 1_760_000_000_000;
const EVENTS = 30;
const ACKED = 12;
let folder: string;
let path: string;

function open(at = path) {
  return openJournal({
    path: at,
    deviceId: DEVICE,
    signer: { sign: (bytes) => keyedSignature('tablet', bytes) },
    verify: (bytes, signature) => isKeyedSignature('tablet', bytes, signature),
    lastEpoch: 1,
    wallMs: () => NOW_MS,
    driver: null,
  });
}

/** What a tablet of the first version left behind: some acknowledged, some not. */
function writeVersion1(): string[] {
  const database = new Database(path);
  database.exec(VERSION_1);
  database.prepare('INSERT INTO epochs (epoch, acked_seq) VALUES (1, ?)').run(ACKED);
  const insert = database.prepare(
    'INSERT INTO events (epoch, seq, bytes, hash, head_signature, box, appended_at_ms) VALUES (1, ?, ?, ?, ?, ?, ?)',
  );
  const hashes: string[] = [];
  for (let seq = 1; seq <= EVENTS; seq += 1) {
    const prevHash = hashes.at(-1) ?? GENESIS_HASH;
    const bytes = canonicalBytes(checkInEvent({ epoch: 1, seq, prevHash }));
    const hash = chainHash(prevHash, bytes);
    const signature = keyedSignature('tablet', headBytes({ device: DEVICE, epoch: 1, seq, hash }));
    insert.run(seq, bytes, hash, signature, seq > ACKED ? Buffer.alloc(600, 7) : null, NOW_MS);
    hashes.push(hash);
  }
  database.close();
  return hashes;
}

function expectWhole(journal: Journal, hashes: readonly string[]): void {
  expect(journal.head).toEqual({ epoch: 1, seq: EVENTS, hash: hashes.at(-1) });
  expect(journal.queue()).toMatchObject({ unsent: EVENTS - ACKED, heldBack: 0 });
  const unsent = journal.unsent(500)?.events ?? [];
  expect(unsent.map(({ hash }) => hash)).toEqual(hashes.slice(ACKED));
  expect(unsent.every(({ box }) => box?.length === 600)).toBe(true);
}

function acknowledge(journal: Journal, seq: number, serverMs: number): boolean {
  const { epoch } = journal.head;
  const ackedHash = journal.hashAt(epoch, seq) ?? '';
  return journal.acknowledge({ epoch, ackedSeq: seq, ackedHash, serverMs, outcomes: [] }).ok;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-upgrade-'));
  path = join(folder, 'journal.sqlite');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a journal of version 1', () => {
  it('opens whole and goes on', () => {
    const hashes = writeVersion1();
    const { journal, announce } = open();
    expect(announce).toBeNull();
    expectWhole(journal, hashes);
    expect(journal.append((at) => ({ event: checkInEvent(at), box: null })).ok).toBe(true);
    expect(acknowledge(journal, EVENTS + 1, NOW_MS)).toBe(true);
    journal.close();
  });

  it('is of the old or of the new version after a power loss anywhere in its upgrade', () => {
    const hashes = writeVersion1();
    const before = readFileSync(path);
    const upgraded = join(folder, 'upgraded.sqlite');
    copyFileSync(path, upgraded);
    const { journal } = open(upgraded);
    const log = readFileSync(`${upgraded}-wal`);
    journal.close();
    expect(log.length).toBeGreaterThan(4_096);
    for (let cut = 0; cut <= 40; cut += 1) {
      const at = join(folder, 'cut.sqlite');
      writeFileSync(at, before);
      writeFileSync(`${at}-wal`, log.subarray(0, Math.floor((log.length * cut) / 40)));
      const opened = open(at);
      expect([opened.announce, opened.quarantined]).toEqual([null, null]);
      expectWhole(opened.journal, hashes);
      opened.journal.close();
    }
  });
});

describe('what is old', () => {
  it('is forgotten 90 days after its acknowledgement, but for the head and what was not acknowledged', () => {
    writeVersion1();
    const { journal } = open();
    acknowledge(journal, ACKED + 2, NOW_MS + 1_000);
    acknowledge(journal, ACKED + 4, NOW_MS + KEEP_ACKNOWLEDGED_MS);
    expect(journal.hashAt(1, 1)).not.toBeNull();
    acknowledge(journal, ACKED + 5, NOW_MS + KEEP_ACKNOWLEDGED_MS + 500);
    expect([journal.hashAt(1, ACKED), journal.hashAt(1, ACKED + 1)]).toEqual([null, expect.any(String)]);
    acknowledge(journal, ACKED + 6, NOW_MS + 10 * KEEP_ACKNOWLEDGED_MS);
    expect([journal.hashAt(1, ACKED + 5), journal.hashAt(1, ACKED + 6)]).toEqual([null, expect.any(String)]);
    expect(journal.queue().unsent).toBe(EVENTS - ACKED - 6);
    journal.close();
    const again = open();
    expect(again.announce).toBeNull();
    expect(again.journal.queue().unsent).toBe(EVENTS - ACKED - 6);
    again.journal.close();
  });

  it('cannot be deleted before it was acknowledged', () => {
    writeVersion1();
    open().journal.close();
    const raw = new Database(path);
    expect(() => raw.prepare('DELETE FROM events WHERE seq = ?').run(EVENTS)).toThrow(/never goes/);
    raw.close();
  });
});

describe('a file with a bad page', () => {
  it('is set aside; what can be read of it is sent, and the rest is kept in the file', () => {
    const hashes = writeVersion1();
    const bytes = readFileSync(path);
    // The last page holds the last events; the pages before it are still whole.
    bytes.fill(0x5a, bytes.length - 4_096);
    writeFileSync(path, bytes);
    const { journal, announce, quarantined } = open();
    expect(announce).toBe('unreadable');
    expect(existsSync(quarantined ?? '')).toBe(true);
    const saved = journal.unsent(500)?.events ?? [];
    expect(saved.length).toBeGreaterThan(0);
    expect(saved.map(({ hash }) => hash)).toEqual(hashes.slice(ACKED, ACKED + saved.length));
    expect(saved.every(({ box }) => box !== null)).toBe(true);
    journal.close();
  });
});
