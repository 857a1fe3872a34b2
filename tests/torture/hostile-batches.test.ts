// Thousands of forged, malleated, truncated, reordered, foreign and replayed batches against the real use-case with real
// Ed25519: each is refused and changes nothing, or is answered as the honest one was. A second history under one number is
// put aside and raises the alarm.
import { beforeEach, describe, expect, it } from 'vitest';
import { bytesToHex, canonicalBytes, fromBase64, hexToBytes, toBase64 } from '@hazri/shared/crypto/encoding';
import { GENESIS_HASH, chainHash, headBytes, sha256Hex } from '@hazri/shared/crypto/hash-chain';
import { type EventsRequest, eventsRequest } from '@hazri/shared/protocol/device';
import type { DevicePrincipal } from '../../server/src/platform/http/principal.js';
import { verifyDeviceSignature } from '../../server/src/modules/devices/public.js';
import { DeviceKey } from '../../kiosk/src/identity/device-key.js';
import { checkInEvent } from '../integration/kiosk-support/journal-events.mjs';
import { Random } from '../simulation/random.js';
import { SimulatedServer, TENANT } from '../simulation/server.js';
import { Timeline } from '../simulation/timeline.js';
import { howMany, replayOf, scale } from '../support/torture-scale.js';

/** The order of the Ed25519 base point (RFC 8032, section 5.1). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const RANDOM_VARIANTS = howMany(12_000, 500_000);
const DEVICE = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000009';
const EVENTS = 3;

type Forged = Record<string, unknown>;
interface Link {
  readonly event: Forged;
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly box: Uint8Array;
}
interface Variant {
  readonly name: string;
  readonly request: unknown;
}

const key = DeviceKey.generate();
const oldKey = DeviceKey.generate();
let server: SimulatedServer;
let stored: Link[];
let fresh: Link[];

const principal = (deviceId: string, owner = key): DevicePrincipal => ({
  kind: 'device',
  tenantId: TENANT,
  deviceId,
  name: 'Gate',
  siteId: TENANT,
  signPublicKey: toBase64(owner.publicKey),
  cameraPin: null,
  address: null,
});

function link(previous: Link | undefined, changes: Forged = {}): Link {
  const seq = ((previous?.event['seq'] as number | undefined) ?? 0) + 1;
  const box = new Uint8Array(Buffer.from(`p${String(seq)}`));
  const place = { epoch: 1, seq, prevHash: previous?.hash ?? GENESIS_HASH };
  const event = {
    ...checkInEvent(place),
    tenant: TENANT,
    device: DEVICE,
    boxHash: sha256Hex(box),
    ...changes,
  } as Forged;
  const bytes = canonicalBytes(event);
  return { event, bytes, hash: chainHash(event['prevHash'] as string, bytes), box };
}

function chain(after: Link | undefined, count: number): Link[] {
  const links: Link[] = [];
  for (let at = 0; at < count; at += 1) links.push(link(links.at(-1) ?? after));
  return links;
}

function batch(links: readonly Link[], signer = key, device = DEVICE, epoch = 1): EventsRequest {
  const last = links.at(-1);
  if (last === undefined) throw new Error('an empty batch');
  const head = { device, epoch, seq: last.event['seq'] as number, hash: last.hash };
  return {
    protocol: 1,
    epoch,
    events: links.map(({ bytes, box }) => ({ bytes: toBase64(bytes), box: toBase64(box) })),
    head: { seq: head.seq, hash: head.hash, signature: toBase64(signer.sign(headBytes(head))) },
  };
}

/** What the controller does: the shape first, then the use-case. */
async function send(request: unknown, by = principal(DEVICE)): Promise<string> {
  const parsed = eventsRequest.safeParse(request);
  if (!parsed.success) return 'REQUEST_INVALID';
  const answer = await server.events(by, parsed.data);
  if ('refused' in answer) return answer.refused.code;
  const { ackedSeq, ackedHash, outcomes } = answer.ok;
  return JSON.stringify({ ackedSeq, ackedHash, outcomes });
}

function holds(): string {
  const { events, punches, quarantined, alarms } = server.store;
  const chains = [...events.values()].map((all) => all.map(({ hash }) => hash));
  return JSON.stringify([chains, punches.length, quarantined.size, alarms.length]);
}

function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}

/** Forged without the device's key: every byte of every event, box, hash and signature once, and every length. */
function* forged(links: readonly Link[]): Generator<Variant> {
  const honest = batch(links);
  const withEvent = (index: number, change: Partial<EventsRequest['events'][number]>): EventsRequest => ({
    ...honest,
    events: honest.events.map((event, at) => (at === index ? { ...event, ...change } : event)),
  });
  for (const [index, { bytes, box }] of links.entries()) {
    for (const at of bytes.keys()) {
      yield {
        name: `event byte ${String(at)}`,
        request: withEvent(index, { bytes: toBase64(flipped(bytes, at, at % 8)) }),
      };
      yield {
        name: `event cut at ${String(at)}`,
        request: withEvent(index, { bytes: toBase64(bytes.slice(0, at)) }),
      };
      const known = flipped(bytes, at, (at + 3) % 8);
      // The chain is made to fit what was changed; the signature cannot be.
      const hash = chainHash(links[index]?.event['prevHash'] as string, known);
      const head = index === links.length - 1 ? { ...honest.head, hash } : honest.head;
      yield { name: 'rehashed', request: { ...withEvent(index, { bytes: toBase64(known) }), head } };
    }
    for (const at of box.keys()) {
      yield {
        name: `box byte ${String(at)}`,
        request: withEvent(index, { box: toBase64(flipped(box, at, 0)) }),
      };
    }
    const other = links[(index + 1) % links.length]?.box ?? box;
    yield { name: 'box of another', request: withEvent(index, { box: toBase64(other) }) };
  }
  const signature = fromBase64(honest.head.signature);
  for (let bit = 0; bit < 512; bit += 1) {
    const touched = toBase64(flipped(signature, bit >> 3, bit & 7));
    yield {
      name: `signature bit ${String(bit)}`,
      request: { ...honest, head: { ...honest.head, signature: touched } },
    };
  }
  const scalar = BigInt(`0x${bytesToHex(signature.slice(32).reverse())}`) + ORDER;
  const malleated = Uint8Array.from(signature);
  malleated.set(hexToBytes(scalar.toString(16).padStart(64, '0')).reverse(), 32);
  yield {
    name: 'malleated',
    request: { ...honest, head: { ...honest.head, signature: toBase64(malleated) } },
  };
  for (const seq of [0, 1, honest.head.seq - 1, honest.head.seq + 1, 2 ** 53]) {
    yield { name: 'head seq', request: { ...honest, head: { ...honest.head, seq } } };
  }
  yield { name: 'head truncated', request: { ...honest, events: honest.events.slice(1) } };
  yield { name: 'tail truncated', request: { ...honest, events: honest.events.slice(0, -1) } };
  yield { name: 'middle missing', request: { ...honest, events: [honest.events[0], honest.events[2]] } };
  yield { name: 'old key', request: batch(links, oldKey) };
  yield { name: 'other epoch', request: { ...honest, epoch: 2 } };
}

/** Orders, doubles and splices, signed with the device's own key. */
function* reordered(links: readonly Link[]): Generator<Variant> {
  const [a, b, c] = links as [Link, Link, Link];
  const orders = [
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
    [a, a, b, c],
    [a, b, b, c],
    [a, b, c, c],
    [a, c],
  ];
  for (const order of orders) yield { name: 'reordered', request: batch(order) };
}

/** Several random faults at once, in the text itself. */
function randomVariant(honest: EventsRequest, random: Random): Variant {
  const copy = JSON.parse(JSON.stringify(honest)) as EventsRequest;
  const texts = [
    ...copy.events.map((event) => [event, 'bytes']),
    [copy.head, 'signature'],
    [copy.head, 'hash'],
  ];
  const faults = 1 + random.int(4);
  for (let fault = 0; fault < faults; fault += 1) {
    const [holder, field] = texts[random.int(texts.length)] as [Record<string, string>, string];
    const text = holder[field] ?? '';
    const at = random.int(text.length);
    const letter = 'ABCDEFGHabcdef0123456789+/'[random.int(26)] ?? 'A';
    holder[field] = random.chance(0.8)
      ? text.slice(0, at) + letter + text.slice(at + 1)
      : text.slice(0, at) + text.slice(at + random.int(8));
  }
  return { name: 'random', request: copy };
}

beforeEach(async () => {
  server = new SimulatedServer(new Timeline(), new Random(1), verifyDeviceSignature);
  stored = chain(undefined, EVENTS);
  fresh = chain(stored.at(-1), EVENTS);
  expect(await send(batch(stored))).toMatch(/^\{"ackedSeq":3/);
});

describe('a hostile batch', () => {
  it('is refused and changes nothing, or is answered as the honest one', async () => {
    let variants = 0;
    for (const isStored of [false, true]) {
      const honest = batch(fresh);
      const answer = isStored ? await send(honest) : null;
      const before = holds();
      const random = new Random(scale.firstSeed);
      const all = function* (): Generator<Variant> {
        yield* forged(fresh);
        yield* reordered(fresh);
        for (let at = 0; at < RANDOM_VARIANTS / 2; at += 1) yield randomVariant(honest, random);
      };
      for (const { name, request } of all()) {
        const isHonest = JSON.stringify(request) === JSON.stringify(honest);
        if (isHonest) continue;
        const reply = await send(request);
        // The honest end of a batch alone is answered for itself: the same place, fewer outcomes.
        const isIdempotent =
          answer !== null && reply.split(',"outcomes"')[0] === answer.split(',"outcomes"')[0];
        if (!/^(EVENT_|REQUEST_)/.test(reply) && !isIdempotent) {
          expect.fail(`${name} was answered ${reply}; again: ${replayOf('hostile', scale.firstSeed)}`);
        }
        if (holds() !== before) expect.fail(`${name} changed what the server holds`);
        variants += 1;
      }
    }
    expect(await send(batch(fresh))).toMatch(/^\{"ackedSeq":6/);
    console.log(`${String(variants)} hostile batches: refused or answered as before`);
    expect(variants).toBeGreaterThanOrEqual(RANDOM_VARIANTS < 12_000 ? 10_000 : 20_000);
  }, 3_600_000);

  it('of another tenant, another device or with another key is refused', async () => {
    const before = holds();
    const mine = { tenant: TENANT, device: DEVICE };
    for (const foreign of [{ tenant: OTHER }, { device: OTHER }, { tenant: OTHER, device: OTHER }]) {
      const forgedLink = link(stored.at(-1), { ...mine, ...foreign });
      expect(await send(batch([forgedLink]))).toBe('EVENT_FOREIGN');
    }
    expect(await send(batch(fresh), principal(OTHER))).toBe('EVENT_FOREIGN');
    expect(await send(batch(fresh), principal(DEVICE, oldKey))).toBe('EVENT_TAMPERED');
    expect(await send(batch(fresh, oldKey))).toBe('EVENT_TAMPERED');
    expect(holds()).toBe(before);
  });

  it('is the same punch a thousand times over when it is replayed', async () => {
    const honest = batch(fresh);
    const first = await send(honest);
    const before = holds();
    for (let at = 0; at < 1_000; at += 1) expect(await send(honest)).toBe(first);
    expect(holds()).toBe(before);
  });

  it('that tells a second history is put aside and raises the alarm, however much of it is new', async () => {
    await send(batch(fresh));
    const { events, punches, quarantined, alarms } = server.store;
    const before = JSON.stringify([[...events.values()], punches]);
    for (let from = 0; from < 2 * EVENTS; from += 1) {
      const all = [...stored, ...fresh];
      const previous = all[from - 1];
      const other = link(previous, { frames: 7 + from });
      expect(await send(batch([other, ...chain(other, EVENTS)]))).toBe('EVENT_FORK');
      expect(quarantined.has(other.hash)).toBe(true);
      expect(alarms.length).toBe(from + 1);
      expect(alarms.every(({ kind, deviceId }) => kind === 'EVENT_FORK' && deviceId === DEVICE)).toBe(true);
    }
    expect(JSON.stringify([[...events.values()], punches])).toBe(before);
  });
});
