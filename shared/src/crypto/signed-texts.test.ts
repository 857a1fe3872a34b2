// Everything else that is signed or compared by eye: request text, reply texts, fingerprint words, envelope bindings.
import fc from 'fast-check';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { bytesToHex } from './encoding.js';
import { templateAad, wrapAad } from './envelope.js';
import { fingerprintWords } from './fingerprint.js';
import { acknowledgementBytes, pairProofBytes, signedTimeBytes } from './reply-signing.js';
import { requestBytes } from './request-signing.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const device = '0b0d2f9e-5d0c-4c6e-9a57-0e8f2f1d7a02';

describe('requestBytes', () => {
  const fields = {
    method: 'post',
    path: '/api/device/v1/events?x=1',
    body: Uint8Array.of(123, 125),
    device,
    created: 1_700_000_000_000,
    nonce: 'n'.repeat(22),
  };

  it('has one fixed text', () => {
    expect(text(requestBytes(fields)).split('\n')).toEqual([
      'hazri-request-v1',
      'POST',
      '/api/device/v1/events?x=1',
      '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      device,
      '1700000000000',
      'n'.repeat(22),
    ]);
  });

  it('covers method, path, query, body, device, time and nonce', () => {
    const others = [
      { ...fields, method: 'GET' },
      { ...fields, path: '/api/device/v1/events?x=2' },
      { ...fields, path: '/api/device/v1/heartbeat' },
      { ...fields, body: Uint8Array.of(123, 32, 125) },
      { ...fields, device: device.replace('2', '3') },
      { ...fields, created: fields.created + 1 },
      { ...fields, nonce: 'm'.repeat(22) },
    ];
    const all = [fields, ...others].map((one) => text(requestBytes(one)));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('reply texts', () => {
  it('name their own context, so none passes for another', () => {
    const texts = [
      signedTimeBytes({ deviceId: device, serverMs: 1_700_000_000_000, nonce: 'n' }),
      acknowledgementBytes(device, {
        epoch: 1,
        ackedSeq: 1,
        ackedHash: '0'.repeat(64),
        serverMs: 1_700_000_000_000,
        outcomes: [],
      }),
      pairProofBytes({
        protocol: 1,
        code: 'ABCDEFGH',
        signPublicKey: '',
        appVersion: '1',
        platform: 'x',
        camera: null,
      }),
    ].map(text);
    const contexts = texts.map((one) => (JSON.parse(one) as { context: string }).context);
    expect(new Set(contexts).size).toBe(contexts.length);
  });

  it('an acknowledgement belongs to one device', () => {
    const reply = {
      epoch: 1,
      ackedSeq: 1,
      ackedHash: '0'.repeat(64),
      serverMs: 1_700_000_000_000,
      outcomes: [],
    };
    expect(text(acknowledgementBytes(device, reply))).not.toBe(
      text(acknowledgementBytes(device.replace('2', '3'), reply)),
    );
  });
});

describe('fingerprintWords', () => {
  const part = fc.uint8Array({ minLength: 32, maxLength: 32 });

  it('are six words of the BIP-39 list and depend on every key', () => {
    fc.assert(
      fc.property(part, part, part, fc.nat(95), (deviceSignKey, serverSignKey, spki, at) => {
        const keys = { deviceSignKey, serverSignKey, spki };
        const words = fingerprintWords(keys);
        expect(words).toHaveLength(6);
        expect(words.every((word) => wordlist.includes(word))).toBe(true);
        const changed = {
          deviceSignKey: deviceSignKey.slice(),
          serverSignKey: serverSignKey.slice(),
          spki: spki.slice(),
        };
        const which = Object.values(changed)[Math.floor(at / 32)]!;
        which[at % 32] = which[at % 32]! ^ 1;
        expect(fingerprintWords(changed)).not.toEqual(words);
      }),
      { numRuns: 50 },
    );
  });

  it('never change between versions, since two programs must agree', () => {
    const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);
    expect(fingerprintWords({ deviceSignKey: bytes(1), serverSignKey: bytes(2), spki: bytes(3) })).toEqual([
      'wait',
      'yellow',
      'answer',
      'clap',
      'stadium',
      'frame',
    ]);
  });

  it('refuse parts of another length, which could be shifted against each other', () => {
    const short = new Uint8Array(31);
    const long = new Uint8Array(33);
    expect(() =>
      fingerprintWords({ deviceSignKey: short, serverSignKey: long, spki: new Uint8Array(32) }),
    ).toThrow('fingerprint part length');
  });
});

describe('envelope bindings', () => {
  it('differ in every part', () => {
    const at = { tenant: 't', person: 'p', template: 'x', model: 'm' };
    const all = [
      templateAad(at),
      templateAad({ ...at, tenant: 'u' }),
      templateAad({ ...at, person: 'q' }),
      templateAad({ ...at, template: 'y' }),
      templateAad({ ...at, model: 'n' }),
      wrapAad({ tenant: 't', purpose: 'person-key', id: 'p' }),
      wrapAad({ tenant: 't', purpose: 'tenant-key', id: 'p' }),
    ].map(bytesToHex);
    expect(new Set(all).size).toBe(all.length);
  });
});
