// Pairs this tablet with a server: looks at its certificate, sends the code with a key made for this pairing, shows the
// words and asks until the administrator has confirmed. The machine in pairing-machine.ts decides; this performs.
import { fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { fingerprintWords } from '@hazri/shared/crypto/fingerprint';
import { pairProofBytes } from '@hazri/shared/crypto/reply-signing';
import {
  type DeviceConfig,
  DEVICE_PATHS,
  type PairRequest,
  type PairResponse,
  pairResponse,
} from '@hazri/shared/protocol/device';
import { PROTOCOL_VERSION } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import { utf8ToBytes } from '@hazri/shared/crypto/encoding';
import { DeviceClient, type TimeSample } from '../sync/device-client.js';
import {
  type ClientFailure,
  parseReply,
  pinnedHttp,
  isSuccess,
  readRefusal,
  send,
} from '../sync/pinned-http.js';
import { DeviceKey } from './device-key.js';
import type { Pairing } from './pairing-store.js';
import { type PairingError, type PairingEvent, type PairingState, stepPairing } from './pairing-machine.js';
import { type Address, PinnedAgent, lookAtServer } from './pinned-connection.js';

const POLL_MS = 1_500;
/** A code lives ten minutes; after that the server has forgotten this attempt. */
const GIVE_UP_MS = 12 * 60_000;

export interface PairingSurroundings {
  readonly appVersion: string;
  readonly platform: string;
  readonly camera: () => PairRequest['camera'];
  readonly monoMs: () => number;
  readonly nowMs: () => number;
  readonly onState: (state: PairingState) => void;
  readonly onPaired: (pairing: Pairing) => void;
  readonly onTime: (sample: TimeSample) => void;
}

interface Attempt {
  readonly address: Address;
  readonly key: DeviceKey;
  readonly pin: string;
  readonly client: DeviceClient;
  readonly deviceId: string;
  /** base64, as it entered the words. */
  readonly serverSignKey: string;
  readonly startedMonoMs: number;
}

export class PairingClient {
  readonly #around: PairingSurroundings;
  #state: PairingState = { name: 'unpaired', error: null };
  #attempt: Attempt | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(around: PairingSurroundings) {
    this.#around = around;
  }

  get state(): PairingState {
    return this.#state;
  }

  /** Resolves when the server has taken or refused the code. */
  async start(address: Address, code: string): Promise<Result<null, PairingError>> {
    if (this.#state.name !== 'unpaired') return ok(null);
    this.#step({ name: 'start' });
    const result = await this.#introduce(address, code);
    if (result.ok) return ok(null);
    this.#step({ name: 'failed', error: result.error });
    return result;
  }

  wordsMatch(match: boolean): void {
    this.#step({ name: 'words', match });
  }

  /** Ready for another pairing, after this one was taken over. */
  reset(): void {
    this.close();
    this.#state = { name: 'unpaired', error: null };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#attempt?.client.close();
    this.#attempt = null;
  }

  async #introduce(address: Address, code: string): Promise<Result<null, PairingError>> {
    let seen;
    try {
      seen = await lookAtServer(address);
    } catch {
      return err('PAIRING_UNREACHABLE');
    }
    if (!seen.ok) return err('PAIRING_CERTIFICATE');
    const key = DeviceKey.generate();
    const { pin } = seen.value;
    const response = await this.#sendCode(address, pin, key, code);
    if (!response.ok) return err(toPairingError(response.error));
    const { deviceId, companyName, serverSignPublicKey } = response.value;
    const { monoMs, nowMs, onTime } = this.#around;
    this.#attempt = {
      address,
      key,
      pin,
      deviceId,
      serverSignKey: serverSignPublicKey,
      startedMonoMs: monoMs(),
      client: new DeviceClient({
        ...address,
        trust: { spkiPins: () => [pin], trustedNowMs: () => null },
        deviceId,
        signer: key,
        serverSignKey: fromBase64(serverSignPublicKey),
        monoMs,
        nowMs,
        onTime,
      }),
    };
    const words = fingerprintWords({
      deviceSignKey: key.publicKey,
      serverSignKey: fromBase64(serverSignPublicKey),
      spki: fromBase64(pin),
    });
    this.#step({ name: 'welcomed', welcome: { companyName, words } });
    this.#pollLater();
    return ok(null);
  }

  async #sendCode(
    address: Address,
    pin: string,
    key: DeviceKey,
    code: string,
  ): Promise<Result<PairResponse, ClientFailure>> {
    const fields = {
      protocol: PROTOCOL_VERSION,
      code,
      signPublicKey: toBase64(key.publicKey),
      appVersion: this.#around.appVersion,
      platform: this.#around.platform,
      camera: this.#around.camera(),
    } as const;
    const request: PairRequest = { ...fields, proof: toBase64(key.sign(pairProofBytes(fields))) };
    const agent = new PinnedAgent({ spkiPins: () => [pin], trustedNowMs: () => null });
    try {
      const answer = await send(pinnedHttp(address, agent), {
        method: 'POST',
        path: DEVICE_PATHS.pair,
        body: utf8ToBytes(JSON.stringify(request)),
        headers: {},
      });
      if (!answer.ok) return answer;
      return isSuccess(answer.value)
        ? parseReply(pairResponse, answer.value.data)
        : err(readRefusal(answer.value));
    } finally {
      agent.destroy();
    }
  }

  #pollLater(): void {
    this.#timer = setTimeout(() => {
      void this.#poll();
    }, POLL_MS);
  }

  async #poll(): Promise<void> {
    const attempt = this.#attempt;
    if (attempt === null) return;
    const reply = await attempt.client.pairStatus();
    if (this.#attempt !== attempt) return;
    if (reply.ok && reply.value.status === 'active') {
      const { config } = reply.value;
      // Another key than the one in the words would undo the comparison that two people just made.
      const isSame =
        config.serverSignPublicKey === attempt.serverSignKey && config.deviceId === attempt.deviceId;
      this.#step(isSame ? { name: 'active', config } : { name: 'failed', error: 'PAIRING_REFUSED' });
      return;
    }
    const isRefused = reply.ok
      ? reply.value.status === 'refused'
      : reply.error.kind === 'refused' && reply.error.code === 'DEVICE_REVOKED';
    if (isRefused) this.#step({ name: 'failed', error: 'PAIRING_REFUSED' });
    else if (this.#around.monoMs() - attempt.startedMonoMs > GIVE_UP_MS)
      this.#step({ name: 'failed', error: 'PAIRING_TIMED_OUT' });
    else this.#pollLater();
  }

  #step(event: PairingEvent): void {
    const next = stepPairing(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    const attempt = this.#attempt;
    if (next.name === 'unpaired') this.close();
    this.#around.onState(next);
    if (next.name === 'paired' && attempt !== null) {
      this.close();
      this.#around.onPaired(toPairing(attempt, next.config));
    }
  }
}

/** The pins of the configuration count from the first day, unless they would lock this tablet out. */
function toPairing(attempt: Attempt, config: DeviceConfig): Pairing {
  const { address, key, pin } = attempt;
  const spkiPins = config.spkiPins.includes(pin) ? config.spkiPins : [pin, ...config.spkiPins];
  return { key, host: address.host, port: address.port, spkiPins, config };
}

function toPairingError(failure: ClientFailure): PairingError {
  if (failure.kind === 'untrusted') return 'PAIRING_CERTIFICATE';
  if (failure.kind === 'lost') return 'PAIRING_UNREACHABLE';
  if (failure.code === 'PAIRING_CODE_INVALID' || failure.code === 'PAIRING_THROTTLED') return failure.code;
  if (failure.code === 'PAIRING_KEY_REFUSED') return 'PAIRING_REFUSED';
  return failure.code === 'REQUEST_INVALID' ? 'PAIRING_CODE_INVALID' : 'PAIRING_UNREACHABLE';
}
