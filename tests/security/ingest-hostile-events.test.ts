// What a broken, copied or hostile tablet can send: each batch is refused with its code or answered as before, and
// nothing is lost, doubled or half written. Over real TLS; randomness is seeded and printed on failure by its index.
import { randomUUID } from 'node:crypto';
import nacl from 'tweetnacl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bytesToHex,
  canonicalBytes,
  fromBase64,
  hexToBytes,
  toBase64,
} from '../../shared/src/crypto/encoding.js';
import { embeddingsToBytes } from '../../shared/src/crypto/embedding-bytes.js';
import { GENESIS_HASH, chainHash, headBytes, sha256Hex } from '../../shared/src/crypto/hash-chain.js';
import {
  ACKED_HEADER,
  SIGNED_TIME_HEADER,
  acknowledgementBytes,
  signedTimeBytes,
} from '../../shared/src/crypto/reply-signing.js';
import { DEVICE_PATHS, signedTime } from '../../shared/src/protocol/device.js';
import { verifyDeviceSignature } from '../../server/src/modules/devices/public.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { ConsoleClient } from '../support/console-client.js';
import { type DeviceClient, type JournalEvent, newFace, pictureOf } from '../support/device-client.js';
import { type EnrolledPerson, enrolPerson, must, pairDevice, saveRootKey } from '../support/paired-device.js';
import { OWNER_PASSWORD, type TestServer, foundCompany, startTestServer } from '../support/server.js';

const HOUR = 3_600_000;
/** The order of the Ed25519 base point (RFC 8032, section 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

let server: TestServer;
let console: ConsoleClient;
let device: DeviceClient;
let person: EnrolledPerson;

beforeAll(async () => {
  server = await startTestServer();
  console = await foundCompany(server);
  await saveRootKey(console, OWNER_PASSWORD);
  device = await pairDevice(server, console);
  person = await enrolPerson(console, device, { code: 'S-1', name: 'Sunita Das' });
});

afterAll(async () => {
  device.close();
  await server.close();
});

/** Everything that ingest could have written. */
async function counts(): Promise<Record<string, number>> {
  const { app } = server.running;
  const database = app.get(Database);
  const tables = [
    'device_epoch',
    'device_event',
    'event_outcome',
    'punch',
    'punch_undo',
    'template',
    'undecided_box',
  ];
  return app.get(UnitOfWork).run(async () => {
    const found: Record<string, number> = {};
    for (const table of tables) {
      const rows = await database.manager().query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
      found[table] = Number(rows[0]?.n);
    }
    return found;
  });
}

async function refusedUnchanged(send: () => Promise<{ body: { code?: string } }>, code: string | RegExp) {
  const before = await counts();
  const reply = await send();
  expect(reply.body.code).toMatch(code);
  expect(await counts()).toEqual(before);
}

/** Takes events off the journal that the server refused. */
function forget(count = 1): void {
  device.journal.splice(device.journal.length - count, count);
}

describe('replay', () => {
  it('answers the same batch a hundred times with the same outcomes, and makes one punch', async () => {
    server.clock.advance(HOUR);
    const event = device.checkIn(pictureOf(person.face));
    const batch = device.batch([event]);
    const first = await device.sendRaw(batch);
    expect(first.body.outcomes[0]?.outcome.kind).toBe('accepted');
    const before = await counts();
    for (let run = 0; run < 100; run += 1) {
      const again = await device.sendRaw(batch);
      expect(again.body.outcomes).toEqual(first.body.outcomes);
      expect([again.body.ackedSeq, again.body.ackedHash]).toEqual([
        first.body.ackedSeq,
        first.body.ackedHash,
      ]);
    }
    expect(await counts()).toEqual(before);
  });

  it('answers the same batch sent many times at once, and makes one punch', async () => {
    server.clock.advance(HOUR);
    const batch = device.batch([device.checkIn(pictureOf(person.face))]);
    const before = await counts();
    const replies = await Promise.all(Array.from({ length: 12 }, () => device.sendRaw(batch)));
    for (const reply of replies) expect(reply.body.outcomes).toEqual(replies[0]?.body.outcomes);
    expect((await counts())['punch']).toBe((before['punch'] ?? 0) + 1);
  });

  it('takes a batch that overlaps what is stored', async () => {
    const known = device.journal.slice(-3);
    server.clock.advance(HOUR);
    const fresh = device.checkIn(pictureOf(person.face));
    const reply = await device.send([...known, fresh]);
    expect(reply.status).toBe(200);
    expect(reply.body.outcomes).toHaveLength(4);
    expect(reply.body.ackedSeq).toBe(fresh.event.seq);
  });

  it('refuses the very same request with the same nonce', async () => {
    const nonce = randomUUID();
    const created = device.wallMs();
    const body = device.batch(device.journal.slice(-1));
    expect((await device.signed('POST', DEVICE_PATHS.events, body, { nonce, created })).status).toBe(200);
    const again = await device.signed('POST', DEVICE_PATHS.events, body, { nonce, created });
    expect([again.status, again.body.code]).toEqual([401, 'DEVICE_NONCE_REUSED']);
  });

  it('signs every acknowledgement for this device and these outcomes', async () => {
    const { signature, ...reply } = (await device.send(device.journal.slice(-1))).body;
    const key = device.paired().serverSignPublicKey;
    const signed = (id: string, value: typeof reply) =>
      verifyDeviceSignature(key, acknowledgementBytes(id, value), fromBase64(signature));
    expect(signed(device.deviceId, reply)).toBe(true);
    expect(signed(randomUUID(), reply)).toBe(false);
    expect(signed(device.deviceId, { ...reply, ackedSeq: reply.ackedSeq + 1 })).toBe(false);
  });
});

describe('order', () => {
  it('refuses a gap and says what it holds', async () => {
    const missing = device.checkIn(pictureOf(person.face));
    const after = device.checkIn(pictureOf(person.face));
    const before = await counts();
    const reply = await device.send([after]);
    expect([reply.status, reply.body.code]).toEqual([409, 'EVENT_GAP']);
    const held = device.journal.at(-3);
    expect(reply.headers[ACKED_HEADER]).toBe(`1:${String(held?.event.seq)}:${String(held?.hash)}`);
    expect(await counts()).toEqual(before);
    expect((await device.send([missing, after])).status).toBe(200);
  });

  it('refuses swapped, doubled and skipped events inside a batch', async () => {
    const [a, b, c] = [0, 1, 2].map(() => device.checkIn(newFace())) as [
      JournalEvent,
      JournalEvent,
      JournalEvent,
    ];
    for (const order of [
      [b, a, c],
      [a, a, b, c],
      [a, c],
      [c, b, a],
    ]) {
      await refusedUnchanged(() => device.send(order), /^EVENT_(MALFORMED|TAMPERED|GAP)$/);
    }
    expect((await device.send([a, b, c])).status).toBe(200);
  });

  it('puts a second history aside and raises an exception', async () => {
    const real = device.checkIn(pictureOf(person.face));
    expect((await device.send([real])).status).toBe(200);
    forget();
    const other = device.checkIn(newFace());
    await refusedUnchanged(() => device.send([other]), 'EVENT_FORK');
    await refusedUnchanged(() => device.send([other]), 'EVENT_FORK');
    const continued = device.checkIn(newFace());
    await refusedUnchanged(() => device.send([continued]), 'EVENT_FORK');
    device.journal.splice(-2, 2, real);
    const { items } = await must(console, 'exceptions');
    expect(items.filter((exception) => exception.kind === 'EVENT_FORK').length).toBeGreaterThanOrEqual(1);
    const { app } = server.running;
    const rows: { hash: string }[] = await app
      .get(UnitOfWork)
      .run(() => app.get(Database).manager().query<{ hash: string }[]>('SELECT hash FROM quarantined_event'));
    expect(rows.map((row) => row.hash).sort()).toEqual([other.hash, continued.hash].sort());
  });

  it('takes a new epoch only when its first event says why', async () => {
    const saved = { epoch: device.epoch, journal: [...device.journal] };
    device.epoch += 1;
    device.journal = [];
    const silent = device.checkIn(newFace());
    await refusedUnchanged(() => device.send([silent]), 'EVENT_MALFORMED');
    device.epoch = saved.epoch;
    const honest = device.startEpoch('wiped');
    const next = device.checkIn(newFace());
    expect((await device.send([honest, next])).status).toBe(200);
    Object.assign(device, saved);
  });
});

describe('tampering', () => {
  it('refuses every flipped byte of an event, a box, a hash and a signature', async () => {
    const event = device.checkIn(pictureOf(person.face));
    const honest = device.batch([event]);
    const before = await counts();
    const bytes = [...event.bytes.keys()].filter((at) => at % 7 === 0);
    for (const at of bytes) {
      const touched = event.bytes.slice();
      touched[at] = touched[at]! ^ (1 << (at % 8));
      const sent = { ...honest, events: [{ bytes: toBase64(touched), box: honest.events[0]!.box }] };
      expect((await device.sendRaw(sent)).body.code).toMatch(/^EVENT_(MALFORMED|TAMPERED|FOREIGN)$/);
    }
    for (let at = 0; at < event.box!.length; at += 61) {
      const touched = event.box!.slice();
      touched[at] = touched[at]! ^ 1;
      const sent = { ...honest, events: [{ bytes: honest.events[0]!.bytes, box: toBase64(touched) }] };
      expect((await device.sendRaw(sent)).body.code).toBe('EVENT_TAMPERED');
    }
    for (let at = 0; at < 64; at += 9) {
      const signature = fromBase64(honest.head.signature);
      signature[at] = signature[at]! ^ 1;
      const sent = { ...honest, head: { ...honest.head, signature: toBase64(signature) } };
      expect((await device.sendRaw(sent)).body.code).toBe('EVENT_TAMPERED');
    }
    const wrongHash = { ...honest, head: { ...honest.head, hash: sha256Hex(event.bytes) } };
    expect((await device.sendRaw(wrongHash)).body.code).toBe('EVENT_TAMPERED');
    expect(await counts()).toEqual(before);
    expect((await device.sendRaw(honest)).status).toBe(200);
  });

  it('refuses changed content even when hash and chain are made to fit, because the head is signed', async () => {
    const event = device.checkIn(newFace());
    const changed = { ...event.event, atMs: event.event.atMs - HOUR } as unknown as Record<string, unknown>;
    const bytes = canonicalBytes(changed);
    const hash = chainHash(event.event.prevHash, bytes);
    const honest = device.batch([event]);
    const sent = {
      ...honest,
      events: [{ bytes: toBase64(bytes), box: honest.events[0]!.box }],
      head: { ...honest.head, hash },
    };
    await refusedUnchanged(() => device.sendRaw(sent), 'EVENT_TAMPERED');
    expect((await device.send([event])).status).toBe(200);
  });

  it('refuses a head that someone else signed, and a malleated signature', async () => {
    const event = device.checkIn(newFace());
    const honest = device.batch([event]);
    const stranger = nacl.sign.keyPair();
    const { seq, hash } = honest.head;
    const message = headBytes({ device: device.deviceId, epoch: device.epoch, seq, hash });
    const foreign = toBase64(nacl.sign.detached(message, stranger.secretKey));
    const own = fromBase64(honest.head.signature);
    const scalar = BigInt(`0x${bytesToHex(own.slice(32).reverse())}`) + ORDER;
    const malleated = own.slice();
    malleated.set(hexToBytes(scalar.toString(16).padStart(64, '0')).reverse(), 32);
    // tweetnacl would take it: the server must not.
    expect(nacl.sign.detached.verify(message, malleated, device.keys.publicKey)).toBe(true);
    for (const signature of [foreign, toBase64(malleated)]) {
      const sent = { ...honest, head: { ...honest.head, signature } };
      await refusedUnchanged(() => device.sendRaw(sent), 'EVENT_TAMPERED');
    }
    expect((await device.send([event])).status).toBe(200);
  });

  it('refuses another spelling of the same event', async () => {
    const event = device.checkIn(newFace());
    const honest = device.batch([event]);
    const text = new TextDecoder().decode(event.bytes);
    const spellings = [
      text.replace('{', '{ '),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1,"v":1'),
      `${text}\n`,
      text.replace('"frames":3', '"frames":3,"__proto__":{}'),
      text.replace('"type":"check-in"', '"type":"check\\u002din"'),
      `\uFEFF${text}`,
    ];
    for (const spelling of spellings) {
      const bytes = new TextEncoder().encode(spelling);
      const hash = chainHash(event.event.prevHash, bytes);
      const head = { device: device.deviceId, epoch: 1, seq: event.event.seq, hash };
      const signature = toBase64(device.keys.sign(headBytes(head)));
      const sent = {
        ...honest,
        events: [{ bytes: toBase64(bytes), box: honest.events[0]!.box }],
        head: { seq: head.seq, hash, signature },
      };
      await refusedUnchanged(() => device.sendRaw(sent), 'EVENT_MALFORMED');
    }
    expect((await device.send([event])).status).toBe(200);
  });

  it('refuses events of another tenant or device, and of an unknown kind or shape', async () => {
    const seq = (device.journal.at(-1)?.event.seq ?? 0) + 1;
    const prevHash = device.journal.at(-1)?.hash ?? GENESIS_HASH;
    const { tenantId, deviceId } = device.paired();
    const model = device.checkIn(newFace());
    forget();
    const cases: [Record<string, unknown>, RegExp][] = [
      [{ tenant: randomUUID() }, /^EVENT_FOREIGN$/],
      [{ device: randomUUID() }, /^EVENT_FOREIGN$/],
      [{ epoch: 9 }, /^EVENT_MALFORMED$/],
      [{ type: 'mystery' }, /^EVENT_MALFORMED$/],
      [{ extra: 1 }, /^EVENT_MALFORMED$/],
      [{ seq: -1 }, /^REQUEST_INVALID$/],
      [{ atMs: 12 }, /^EVENT_MALFORMED$/],
      [{ prevHash: 'f'.repeat(64) }, /^EVENT_(TAMPERED|FORK)$/],
    ];
    for (const [change, code] of cases) {
      const event = { ...model.event, tenant: tenantId, device: deviceId, seq, prevHash, ...change };
      const pushed = device.push(event, model.box);
      await refusedUnchanged(() => device.send([pushed]), code);
      forget();
    }
  });

  it('refuses requests that are no batch at all', async () => {
    const event = device.checkIn(newFace());
    const honest = device.batch([event]);
    const broken = [
      {},
      [],
      { ...honest, protocol: 2 },
      { ...honest, events: [] },
      { ...honest, epoch: 0 },
      { ...honest, events: [{ bytes: '****', box: null }] },
      { ...honest, events: [{ bytes: toBase64(new Uint8Array(9000)), box: null }] },
      { ...honest, extra: true },
    ];
    for (const body of broken) {
      await refusedUnchanged(() => device.sendRaw(body), /^(REQUEST_INVALID|PROTOCOL_UNSUPPORTED)$/);
    }
    const invalid = { ...honest, events: [{ bytes: 'Zh==', box: null }] };
    await refusedUnchanged(() => device.sendRaw(invalid), 'EVENT_MALFORMED');
    expect((await device.send([event])).status).toBe(200);
  });
});

describe('what is in the box', () => {
  const outcomeOf = async (payload: Uint8Array, fields: Record<string, unknown> = {}) =>
    device.outcome([device.append('check-in', { ...device.faceFields(), ...fields }, payload)]);

  it('never takes a broken embedding for a low score', async () => {
    const good = pictureOf(person.face);
    const broken: [string, Uint8Array][] = [
      ['NaN', embeddingsToBytes([good.map((value, at) => (at === 5 ? Number.NaN : value))])],
      ['short', embeddingsToBytes([good]).subarray(4)],
      ['long', embeddingsToBytes([good, good])],
      ['unnormalised', embeddingsToBytes([good.map((value) => value * 1.4)])],
      ['zero', embeddingsToBytes([new Float32Array(128)])],
      ['empty', new Uint8Array(0)],
    ];
    for (const [name, payload] of broken) {
      expect([name, await outcomeOf(payload)]).toEqual([
        name,
        { kind: 'refused', reason: 'EMBEDDING_INVALID' },
      ]);
    }
  });

  it('refuses a model that nobody was enrolled with', async () => {
    const models = { detector: 'x', landmarks: 'x', recognition: 'another-model' };
    expect(await outcomeOf(embeddingsToBytes([pictureOf(person.face)]), { models })).toEqual({
      kind: 'refused',
      reason: 'MODEL_UNKNOWN',
    });
  });

  it('refuses a box of another event, a missing box and unknown or low-order keys, and tells HR', async () => {
    const reason = { kind: 'refused', reason: 'BOX_UNREADABLE' };
    const borrowed = device.checkIn(pictureOf(person.face));
    forget();
    const moved = device.append('check-in', {
      ...device.faceFields(),
      boxHash: sha256Hex(borrowed.box!),
      senderKey: (borrowed.event as { senderKey: string }).senderKey,
      serverKeyId: device.paired().serverBoxKey.id,
    });
    Object.assign(moved, { box: borrowed.box });
    const otherSeq = device.append('check-in', {
      ...device.faceFields(),
      boxHash: sha256Hex(borrowed.box!),
      senderKey: (borrowed.event as { senderKey: string }).senderKey,
      serverKeyId: device.paired().serverBoxKey.id,
    });
    Object.assign(otherSeq, { box: borrowed.box });
    expect(await device.outcome([moved, otherSeq])).toEqual(reason);
    const lost = device.checkIn(pictureOf(person.face));
    expect(await device.outcome([{ ...lost, box: null }])).toEqual(reason);
    const zero = device.append(
      'check-in',
      { ...device.faceFields(), senderKey: toBase64(new Uint8Array(32)) },
      embeddingsToBytes([pictureOf(person.face)]),
    );
    expect(await device.outcome([zero])).toEqual(reason);
    const unknown = device.append(
      'check-in',
      { ...device.faceFields(), serverKeyId: 'no-such-key' },
      embeddingsToBytes([pictureOf(person.face)]),
    );
    expect(await device.outcome([unknown])).toEqual(reason);
    const { items } = await must(console, 'exceptions', { query: 'limit=100' });
    expect(items.filter((exception) => exception.kind === 'BOX_UNREADABLE')).toHaveLength(5);
  });

  it('keeps no box once the decision is made', async () => {
    expect((await counts())['undecided_box']).toBe(0);
  });
});

describe('requests', () => {
  it('refuses a wrong, foreign or missing signature, and a changed path, query or body', async () => {
    const body = device.batch(device.journal.slice(-1));
    const text = JSON.stringify(body);
    const tries = [
      device.signed('POST', DEVICE_PATHS.events, body, { signature: new Uint8Array(64) }),
      device.signed('POST', DEVICE_PATHS.events, body, { signature: new Uint8Array(0) }),
      device.signed('POST', DEVICE_PATHS.events, body, { sentPath: `${DEVICE_PATHS.events}?x=1` }),
      device.signed('POST', DEVICE_PATHS.heartbeat, body, { sentPath: DEVICE_PATHS.events }),
      device.signed('GET', DEVICE_PATHS.pairStatus, body, {
        sentPath: DEVICE_PATHS.pairStatus,
        sentBody: `${text} `,
      }),
      device.signed('POST', DEVICE_PATHS.events, body, { nonce: 'short' }),
    ];
    for (const reply of await Promise.all(tries)) {
      expect([reply.status, reply.body.code]).toEqual([401, 'DEVICE_SIGNATURE_INVALID']);
    }
    const nobody = await device.signed('POST', DEVICE_PATHS.events, body, { device: randomUUID() });
    expect([nobody.status, nobody.body.code]).toEqual([401, 'DEVICE_UNKNOWN']);
    const bare = await device.raw('POST', DEVICE_PATHS.events, text);
    expect([bare.status, bare.body.code]).toEqual([401, 'DEVICE_UNKNOWN']);
  });

  it('does not let one tablet speak for another', async () => {
    const other = await pairDevice(server, console, { name: 'Second tablet' });
    const stolen = other.batch([other.checkIn(pictureOf(person.face))]);
    const reply = await device.sendRaw(stolen);
    expect(reply.body.code).toBe('EVENT_FOREIGN');
    const pretended = await other.signed('POST', DEVICE_PATHS.events, stolen, { device: device.deviceId });
    expect(pretended.body.code).toBe('DEVICE_SIGNATURE_INVALID');
    other.close();
  });

  it('tells a tablet whose clock is two years off the signed time, and takes its punches then', async () => {
    device.clockErrorMs = -2 * 365 * 24 * HOUR;
    const nonce = randomUUID();
    const refused = await device.signed('POST', DEVICE_PATHS.heartbeat, {}, { nonce });
    expect([refused.status, refused.body.code]).toEqual([401, 'DEVICE_CLOCK_SKEW']);
    const header = refused.headers[SIGNED_TIME_HEADER] as string;
    const time = signedTime.parse(JSON.parse(new TextDecoder().decode(fromBase64(header))));
    expect(time).toMatchObject({ deviceId: device.deviceId, nonce, serverMs: server.clock.nowMs() });
    const key = device.paired().serverSignPublicKey;
    expect(verifyDeviceSignature(key, signedTimeBytes(time), fromBase64(time.signature))).toBe(true);
    const created = time.serverMs;
    const wallMs = device.wallMs();
    server.clock.advance(HOUR);
    const event = device.checkIn(pictureOf(person.face), { wallMs, atMs: created + HOUR });
    const reply = await device.signed('POST', DEVICE_PATHS.events, device.batch([event]), {
      created: created + HOUR,
    });
    expect(reply.status).toBe(200);
    device.clockErrorMs = 0;
    const { items } = await must(console, 'punches', { query: 'limit=1' });
    expect(items[0]).toMatchObject({ atMs: created + HOUR, timeQuality: 'trusted' });
  });

  it('is not moved by a signed time of someone else: the skew answer needs a valid signature', async () => {
    const reply = await device.signed(
      'POST',
      DEVICE_PATHS.heartbeat,
      {},
      {
        created: 1000,
        signature: new Uint8Array(64),
      },
    );
    expect(reply.body.code).toBe('DEVICE_SIGNATURE_INVALID');
    expect(reply.headers[SIGNED_TIME_HEADER]).toBeUndefined();
  });
});
