// Guessing pairing codes, using one twice or too late, and keys that must never be paired.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBase64 } from '../../shared/src/crypto/encoding.js';
import { isAcceptableKey } from '../../server/src/modules/devices/device-key.js';
import { newPairingCode } from '../../server/src/modules/devices/pairing.js';
import { Database, UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { ConsoleClient } from '../support/console-client.js';
import { DeviceClient } from '../support/device-client.js';
import { newPairing } from '../support/paired-device.js';
import { type TestServer, foundCompany, startTestServer } from '../support/server.js';

const MINUTE = 60_000;

let server: TestServer;
let console: ConsoleClient;

beforeAll(async () => {
  server = await startTestServer();
  console = await foundCompany(server);
});

afterAll(async () => {
  await server.close();
});

const tablet = (from?: string): DeviceClient =>
  new DeviceClient({ port: server.running.httpsPort, ca: server.ca }, () => server.clock.nowMs(), from);

/** Lets the limits of the tests before run out. */
const waitOut = (): void => {
  server.clock.advance(11 * MINUTE);
};

describe('pairing codes', () => {
  it('are stored only as hashes, and so is the IT PIN', async () => {
    const { code, itPin } = await newPairing(console);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(itPin).toMatch(/^\d{6}$/);
    const { app } = server.running;
    const rows = await app
      .get(UnitOfWork)
      .run(() => app.get(Database).manager().query<object[]>('SELECT * FROM pairing'));
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(code.replace('-', ''));
    expect(stored).not.toContain(`"${itPin}"`);
  });

  it('work once, for one key', async () => {
    waitOut();
    const { code } = await newPairing(console);
    const [first, second] = [tablet(), tablet()];
    expect((await first.pair(code)).status).toBe(200);
    expect((await second.pair(code)).body.code).toBe('PAIRING_CODE_INVALID');
    first.close();
    second.close();
  });

  it('end after ten minutes', async () => {
    const { code } = await newPairing(console);
    server.clock.advance(10 * MINUTE);
    const late = tablet();
    expect((await late.pair(code)).body.code).toBe('PAIRING_CODE_INVALID');
    late.close();
  });

  it('cannot be guessed: from one address ten tries in ten minutes, from all of them a hundred', async () => {
    waitOut();
    await newPairing(console);
    const answers = new Map<string, number>();
    const limits = Array.from({ length: 12 }, (_, at) => tablet(`127.0.0.${String(at + 20)}`));
    for (const guesser of limits) {
      for (let guess = 0; guess < 13; guess += 1) {
        const { code = 'PAIRED' } = (await guesser.pair(newPairingCode())).body;
        answers.set(code, (answers.get(code) ?? 0) + 1);
      }
      guesser.close();
    }
    expect(Object.fromEntries(answers)).toEqual({ PAIRING_CODE_INVALID: 100, PAIRING_THROTTLED: 56 });
    // 100 tries in ten minutes against one code of 2^40: 100,000 guesses would take a week and hit with 1 in 10 million.
  });

  it('throttle a right code too, and work again when the wait is over', async () => {
    const { code } = await newPairing(console);
    const one = tablet('127.0.0.20');
    expect((await one.pair(code)).body.code).toBe('PAIRING_THROTTLED');
    waitOut();
    const fresh = await newPairing(console);
    expect((await one.pair(fresh.code)).status).toBe(200);
    one.close();
  });
});

describe('keys that are never paired', () => {
  it('refuses points of small order, encodings that are not canonical, and a proof by another key', async () => {
    waitOut();
    const { code } = await newPairing(console);
    const hex = [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      `ec${'ff'.repeat(30)}7f`,
      `ed${'ff'.repeat(30)}7f`,
      `ee${'ff'.repeat(30)}7f`,
      `ff${'ff'.repeat(30)}ff`,
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ];
    for (const one of hex) expect(isAcceptableKey(new Uint8Array(Buffer.from(one, 'hex')))).toBe(false);
    const device = tablet();
    expect(isAcceptableKey(device.keys.publicKey)).toBe(true);
    const small = toBase64(new Uint8Array(Buffer.from(hex[6]!, 'hex')));
    const tries = [
      await device.pair(code, { signPublicKey: small }),
      await device.pair(code, { proof: toBase64(new Uint8Array(64)) }),
      await device.pair(code, { signPublicKey: toBase64(tablet().keys.publicKey) }),
    ];
    expect(tries.map((reply) => reply.body.code)).toEqual(Array(3).fill('PAIRING_KEY_REFUSED'));
    expect((await device.pair(code)).status).toBe(200);
    device.close();
  });

  it('refuses what is no pairing request', async () => {
    const device = tablet();
    for (const change of [{ code: 'ILOU0000' }, { protocol: 2 }, { extra: 1 }, { camera: 'x' }]) {
      expect((await device.pair('ABCDEFGH', change)).body.code).toMatch(
        /^(REQUEST_INVALID|PROTOCOL_UNSUPPORTED)$/,
      );
    }
    device.close();
  });
});
