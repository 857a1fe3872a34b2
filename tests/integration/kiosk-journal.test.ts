// The tablet's journal on a real disk: durable, chained, locked, and never losing what it said it has.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENESIS_HASH, chainHash } from '@hazri/shared/crypto/hash-chain';
import { openJournalDatabase } from '../../kiosk/src/journal/database.js';
import type { Journal } from '../../kiosk/src/journal/journal.js';
import { type JournalPlace, openJournal } from '../../kiosk/src/journal/open-journal.js';
import { DEVICE, checkInEvent, epochEvent } from './kiosk-support/journal-events.mjs';

const KILLS = 50;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const writer = fileURLToPath(new URL('./kiosk-support/journal-writer.mjs', import.meta.url));
let folder: string;
let path: string;
const opened: Journal[] = [];

function open(changes: Partial<JournalPlace> = {}) {
  const place: JournalPlace = {
    path,
    deviceId: DEVICE,
    signer: { sign: (bytes) => sign(null, bytes, privateKey) },
    verify: (bytes, signature) => verify(null, bytes, publicKey, signature),
    lastEpoch: 0,
    wallMs: () => Date.now(),
    driver: null,
    ...changes,
  };
  const result = openJournal(place);
  opened.push(result.journal);
  return result;
}
const append = (journal: Journal, box: Uint8Array | null = Buffer.alloc(64, 7)) => {
  const done = journal.append((position) => ({ event: checkInEvent(position), box }));
  if (!done.ok) throw new Error(done.error);
  return done.value;
};
const closeAll = (): void => {
  for (const journal of opened.splice(0)) journal.close();
};
const ack = (journal: Journal, seq: number, changes: object = {}) =>
  journal.acknowledge({
    epoch: journal.head.epoch,
    ackedSeq: seq,
    ackedHash: journal.hashAt(journal.head.epoch, seq) ?? '',
    serverMs: 1_760_000_000_000,
    outcomes: [],
    ...changes,
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hazri-journal-'));
  path = join(folder, 'journal.sqlite');
});
afterEach(() => {
  closeAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('opening', () => {
  it('is in WAL with full synchronisation the first time and every time after', () => {
    for (let round = 0; round < 3; round += 1) {
      const database = openJournalDatabase(path);
      expect(database.pragma('synchronous', { simple: true })).toBe(2);
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(database.pragma('locking_mode', { simple: true })).toBe('exclusive');
      database.close();
    }
    // The trap that this guards against: what the driver does by itself on the second open.
    const plain = new Database(path);
    plain.prepare('SELECT count(*) FROM events').get();
    expect(plain.pragma('synchronous', { simple: true })).toBe(1);
    plain.close();
  });

  it('is refused to a second writer', () => {
    open();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'JOURNAL_LOCKED' }));
  });

  it('is refused for a journal of a newer version', () => {
    open();
    closeAll();
    const raw = new Database(path);
    raw.pragma('user_version = 99');
    raw.close();
    expect(() => open()).toThrow(expect.objectContaining({ code: 'JOURNAL_TOO_NEW' }));
  });

  it('continues where it ended', () => {
    const first = open().journal;
    const head = append(first);
    closeAll();
    const again = open({ lastEpoch: 1 });
    expect(again.announce).toBeNull();
    expect(again.journal.head).toEqual(head);
    expect(append(again.journal).seq).toBe(2);
  });

  it('sets an unreadable file aside, keeps it, and begins a new epoch', () => {
    append(open().journal);
    closeAll();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 0, 4096);
    writeFileSync(path, bytes);
    const { announce, quarantined, journal } = open({ lastEpoch: 1 });
    expect(announce).toBe('unreadable');
    expect(existsSync(quarantined!)).toBe(true);
    expect(readFileSync(quarantined!).subarray(0, 4)).toEqual(Buffer.alloc(4, 0x5a));
    const started = journal.startEpoch((at) => ({ event: epochEvent(at, 'unreadable'), box: null }), false);
    expect(started.ok && started.value).toMatchObject({ epoch: 2, seq: 1 });
  });

  it('begins above every epoch ever used when the journal was lost', () => {
    const { announce, journal } = open({ lastEpoch: 4 });
    expect(announce).toBe('wiped');
    expect(journal.nextEpoch).toBe(5);
  });

  it('holds back what was changed behind its back', () => {
    const { journal } = open();
    append(journal);
    append(journal);
    append(journal);
    closeAll();
    const raw = new Database(path);
    raw.exec('DROP TRIGGER events_are_immutable');
    const bytes = raw.prepare('SELECT bytes FROM events WHERE seq = 2').pluck().get() as Buffer;
    const changed = Buffer.from(bytes.toString().replace('"frames":3', '"frames":9'));
    raw.prepare('UPDATE events SET bytes = ? WHERE seq = 2').run(changed);
    raw.close();
    const again = open({ lastEpoch: 1 });
    expect(again.announce).toBe('unreadable');
    expect(again.journal.unsent(10)?.events.map(({ seq }) => seq)).toEqual([1]);
    expect(again.journal.queue()).toMatchObject({ unsent: 1, heldBack: 2 });
  });

  it('notices a chain that was rewritten whole, by its signature', () => {
    const { journal } = open();
    append(journal);
    closeAll();
    const stranger = generateKeyPairSync('ed25519').publicKey;
    const again = open({
      lastEpoch: 1,
      verify: (bytes, signature) => verify(null, bytes, stranger, signature),
    });
    expect(again.announce).toBe('unreadable');
  });
});

describe('events', () => {
  it('are chained, signed, and never change', () => {
    const { journal } = open();
    append(journal);
    append(journal);
    const { events } = journal.unsent(10)!;
    let previous = GENESIS_HASH;
    for (const event of events) {
      expect(event.hash).toBe(chainHash(previous, event.bytes));
      previous = event.hash;
    }
    closeAll();
    const raw = new Database(path);
    expect(() => raw.prepare('UPDATE events SET hash = ? WHERE seq = 1').run('x')).toThrow(/never change/);
    raw.close();
  });

  it('must be in their place and fit their schema', () => {
    const { journal } = open();
    expect(() =>
      journal.append((at) => ({ event: checkInEvent({ ...at, seq: at.seq + 1 }), box: null })),
    ).toThrow(/not in its place/);
    expect(() =>
      journal.append((at) => ({ event: { ...checkInEvent(at), frames: 0 } as never, box: null })),
    ).toThrow(/schema/);
    expect(journal.head.seq).toBe(0);
  });

  it('are read in batches', () => {
    const { journal } = open();
    for (let index = 0; index < 7; index += 1) append(journal);
    expect(journal.unsent(3)!.events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});

describe('acknowledgements', () => {
  it('destroy the boxes up to the acknowledged event and keep the events', () => {
    const { journal } = open();
    for (let index = 0; index < 3; index += 1) append(journal);
    expect(ack(journal, 2)).toEqual({ ok: true, value: { progressed: true } });
    expect(journal.queue().unsent).toBe(1);
    expect(journal.unsent(9)!.events.map(({ box }) => box !== null)).toEqual([true]);
    expect(journal.hashAt(1, 1)).not.toBeNull();
    journal.rewind(1, 0);
    expect(journal.unsent(9)!.events.map(({ box }) => box !== null)).toEqual([false, false, true]);
  });

  it('of an event that is not ours destroy nothing', () => {
    const { journal } = open();
    append(journal);
    expect(ack(journal, 1, { ackedHash: 'f'.repeat(64) })).toEqual({ ok: false, error: 'ACK_UNKNOWN' });
    expect(ack(journal, 9)).toEqual({ ok: false, error: 'ACK_UNKNOWN' });
    expect(ack(journal, 1, { epoch: 2 })).toEqual({ ok: false, error: 'ACK_UNKNOWN' });
    expect(journal.unsent(9)!.events[0]!.box).not.toBeNull();
  });

  it('that come twice or late change nothing', () => {
    const { journal } = open();
    append(journal);
    append(journal);
    ack(journal, 2);
    expect(ack(journal, 1)).toEqual({ ok: true, value: { progressed: false } });
    expect(journal.acknowledgedSeq(1)).toBe(2);
  });

  it('store what was decided without whom it concerns', () => {
    const { journal } = open();
    append(journal);
    const outcome = {
      kind: 'duplicate',
      displayName: 'Canary Name',
      direction: 'in',
      sinceMs: 1_760_000_000_000,
    };
    ack(journal, 1, { outcomes: [{ seq: 1, outcome }] });
    closeAll();
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name)).includes('Canary')).toBe(false);
    }
  });

  it('leave no readable box in the file', () => {
    const { journal } = open();
    const box = Buffer.from('canary-box-'.repeat(40));
    append(journal, box);
    ack(journal, 1);
    closeAll();
    expect(readFileSync(path).includes('canary-box')).toBe(false);
  });
});

describe('epochs', () => {
  it('go on after a fork, with the refused events held back and kept', () => {
    const { journal } = open();
    for (let index = 0; index < 3; index += 1) append(journal);
    ack(journal, 1);
    journal.startEpoch((at) => ({ event: epochEvent(at, 'fork'), box: null }), true);
    append(journal);
    expect(journal.queue()).toMatchObject({ unsent: 2, heldBack: 2 });
    expect(journal.unsent(9)).toMatchObject({ epoch: 2 });
  });

  it('are sent oldest first', () => {
    const { journal } = open();
    append(journal);
    journal.startEpoch((at) => ({ event: epochEvent(at, 'wiped'), box: null }), false);
    expect(journal.unsent(9)!.epoch).toBe(1);
    expect(journal.queue().unsent).toBe(2);
  });
});

describe('faults', () => {
  it(`lose nothing in ${KILLS} kills at random moments`, async () => {
    const secret = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex');
    let last: { epoch: number; seq: number; hash: string } | null = null;
    let appended = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const lines = await runAndKill([writer, path, secret], 5 + Math.random() * 40);
      const said = lines.filter((line) => /^\d+ \d+ [0-9a-f]{64}$/.test(line)).map((line) => line.split(' '));
      const [epoch, seq, hash] = said.at(-1) ?? [];
      if (hash !== undefined) last = { epoch: Number(epoch), seq: Number(seq), hash };
      appended += said.length;
    }
    const { journal, announce } = open({ lastEpoch: 1 });
    expect(announce).toBeNull();
    expect(last).not.toBeNull();
    expect(journal.head.seq).toBeGreaterThanOrEqual(last!.seq);
    expect(journal.hashAt(last!.epoch, last!.seq)).toBe(last!.hash);
    expect(appended).toBeGreaterThan(KILLS);
    console.log(`${KILLS} kills, ${appended} acknowledged appends, 0 lost`);
  });

  it('say that a full disk recorded nothing, keep the rest, and recover', () => {
    const small = mkdtempSync(join(tmpdir(), 'hazri-small-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small]).status === 0;
    if (!mounted) {
      console.warn(
        'NOT RUN on a real full disk: this account may not mount a small one. A page limit stands in.',
      );
    }
    try {
      path = join(small, 'journal.sqlite');
      const { journal } = open();
      const box = Buffer.alloc(4_000, 1);
      let recorded = 0;
      for (;;) {
        const done = journal.append((at) => ({ event: checkInEvent(at), box }));
        if (!done.ok) {
          expect(done.error).toBe('DISK_FULL');
          break;
        }
        recorded += 1;
      }
      expect(recorded).toBeGreaterThan(10);
      expect(journal.head.seq).toBe(recorded);
      expect(journal.unsent(9_999)!.events).toHaveLength(recorded);
      expect(spawnSync('mount', ['-o', 'remount,size=4m', small]).status).toBe(0);
      expect(append(journal, box).seq).toBe(recorded + 1);
      closeAll();
      const again = open({ lastEpoch: 1 });
      expect(again.announce).toBeNull();
      expect(again.journal.head.seq).toBe(recorded + 1);
    } finally {
      closeAll();
      spawnSync('umount', [small]);
      rmSync(small, { recursive: true, force: true });
    }
  });

  it('of power leave a valid chain, whole up to the last byte that reached the disk', () => {
    const { journal } = open();
    for (let index = 0; index < 20; index += 1) append(journal);
    const base = readFileSync(path);
    const wal = readFileSync(`${path}-wal`);
    closeAll();
    let longest = 0;
    for (let image = 0; image <= 60; image += 1) {
      const at = join(folder, `image-${image}.sqlite`);
      const tail = Buffer.from(wal.subarray(0, Math.floor((wal.length * image) / 60)));
      // Every third image has its last bytes scrambled rather than cut off.
      if (image % 3 === 0) tail.fill(0x5a, Math.max(0, tail.length - 700));
      writeFileSync(at, base);
      writeFileSync(`${at}-wal`, tail);
      const { journal: restored, announce } = open({ path: at, lastEpoch: 1 });
      expect(announce).toBeNull();
      expect(restored.head.seq).toBeGreaterThanOrEqual(image % 3 === 0 ? 0 : longest);
      longest = Math.max(longest, restored.head.seq);
      closeAll();
    }
    expect(longest).toBeGreaterThanOrEqual(19);
  });
});

async function runAndKill(args: string[], afterMs: number): Promise<string[]> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout!.setEncoding('utf8');
  const isOpen = new Promise<void>((done) => {
    child.stdout!.on('data', (piece: string) => {
      text += piece;
      if (text.startsWith('open\n')) done();
    });
  });
  const ended = new Promise((done) => child.once('close', done));
  await Promise.race([isOpen, ended]);
  await new Promise((done) => setTimeout(done, afterMs));
  child.kill('SIGKILL');
  await ended;
  return text.split('\n');
}
