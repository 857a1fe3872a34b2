// A small server that speaks the device protocol over real TLS: verifies every signature, keeps every chain, opens every
// box, and misbehaves on request. Decides with a function that the test gives it.
import {
  type KeyObject,
  X509Certificate,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import nacl from 'tweetnacl';
import { canonicalBytes, fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { fingerprintWords } from '@hazri/shared/crypto/fingerprint';
import { GENESIS_HASH, chainHash, headBytes, sha256Hex } from '@hazri/shared/crypto/hash-chain';
import {
  ACKED_HEADER,
  SIGNED_TIME_HEADER,
  acknowledgementBytes,
  pairProofBytes,
  signedTimeBytes,
} from '@hazri/shared/crypto/reply-signing';
import { REQUEST_HEADERS, REQUEST_WINDOW_MS, requestBytes } from '@hazri/shared/crypto/request-signing';
import { open, openingKey } from '@hazri/shared/crypto/sealing';
import {
  DEVICE_PATHS,
  type DeviceConfig,
  type DeviceErrorCode,
  type EnrolmentTicket,
  type Outcome,
  eventsRequest,
  heartbeatRequest,
  pairRequest,
} from '@hazri/shared/protocol/device';
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import { spkiPin } from '../../../kiosk/src/identity/pinned-connection.js';
import { type Authority, makeAuthority, makeLeaf } from './certificates.js';

const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
export const CODE = 'ABCD1234';

export interface Taken {
  readonly event: DeviceEvent;
  readonly hash: string;
  readonly payload: Uint8Array | null;
  outcome: Outcome;
}

/** What the next matching requests get instead of the truth. */
export interface Fault {
  readonly path: keyof typeof DEVICE_PATHS;
  readonly kind: 'drop-request' | 'drop-reply' | 'bad-signature' | 'refuse';
  readonly code?: DeviceErrorCode;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  times: number;
}

const rawKey = (key: KeyObject): Uint8Array =>
  Uint8Array.from(key.export({ type: 'spki', format: 'der' }).subarray(SPKI_PREFIX.length));

export class ProtocolServer {
  readonly deviceId = randomUUID();
  readonly tenantId = randomUUID();
  readonly faults: Fault[] = [];
  /** Per epoch, in order. */
  readonly chains = new Map<number, Taken[]>();
  readonly requests: string[] = [];
  decide: (event: DeviceEvent, payload: Uint8Array | null) => Outcome = () => ({ kind: 'stored' });
  ticket: EnrolmentTicket | null = null;
  pairStatus: 'pending' | 'refused' | 'active' = 'pending';
  clockOffsetMs = 0;
  lastHeartbeat: ReturnType<typeof heartbeatRequest.parse> | null = null;
  configChanges: Partial<DeviceConfig> = {};
  deviceKey: Uint8Array | null = null;
  words: string[] = [];
  readonly #keys = generateKeyPairSync('ed25519');
  readonly #box = nacl.box.keyPair();
  readonly #nonces = new Set<string>();
  #server: Server | null = null;
  #authority!: Authority;
  port = 0;

  static async start(authority?: Authority): Promise<ProtocolServer> {
    const server = new ProtocolServer();
    await server.listen(authority ?? (await makeAuthority()), 0);
    return server;
  }

  async listen(authority: Authority, port = this.port): Promise<void> {
    this.#authority = authority;
    const leaf = await makeLeaf(authority);
    const server = createServer(
      { cert: leaf.cert, key: leaf.key, minVersion: 'TLSv1.3' },
      (request, response) => {
        void this.#answer(request, response);
      },
    );
    server.on('tlsClientError', () => undefined);
    this.#server = server;
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  get authority(): Authority {
    return this.#authority;
  }

  get pin(): string {
    return spkiPin(new X509Certificate(this.#authority.pem));
  }

  get events(): Taken[] {
    return [...this.chains.keys()].sort((a, b) => a - b).flatMap((epoch) => this.chains.get(epoch) ?? []);
  }

  config(): DeviceConfig {
    const notice = {
      version: '1',
      title: 'Notice',
      paragraphs: ['Text'],
      sha256: sha256Hex(canonicalBytes({})),
    };
    return {
      version: 1,
      tenantId: this.tenantId,
      companyName: 'Test company',
      deviceId: this.deviceId,
      deviceName: 'Gate',
      siteId: randomUUID(),
      siteName: 'Site',
      zone: 'Asia/Kolkata',
      locale: 'en',
      serverSignPublicKey: toBase64(rawKey(this.#keys.publicKey)),
      serverBoxKey: { id: 'box-1', publicKey: toBase64(this.#box.publicKey) },
      spkiPins: [this.pin],
      cameraPin: null,
      policy: { liveness: 'standard', duplicateWithinSec: 60, pinFallback: true },
      recognition: { current: 'fake-1', next: null },
      notices: { en: notice, hi: notice },
      itPin: null,
      ...this.configChanges,
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? '';
    this.requests.push(path);
    const fault = this.faults.find((one) => one.times > 0 && DEVICE_PATHS[one.path] === path);
    if (fault) fault.times -= 1;
    if (fault?.kind === 'drop-request') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'refuse') {
      this.#refuse(response, fault.code ?? 'SERVER_BUSY', fault.status ?? 503, fault.headers);
      return;
    }
    const reply = this.#reply(request, response, path, body);
    if (reply === null) return;
    if (fault?.kind === 'drop-reply') {
      response.destroy();
      return;
    }
    if (fault?.kind === 'bad-signature') (reply as { signature: string }).signature = `${'A'.repeat(86)}==`;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
  }

  #reply(request: IncomingMessage, response: ServerResponse, path: string, body: Buffer): object | null {
    if (path === DEVICE_PATHS.pair) return this.#pair(response, body);
    const refusal = this.#authenticate(request, path, body);
    if (refusal !== null) {
      const nonce = String(request.headers[REQUEST_HEADERS.nonce]);
      const time = Buffer.from(canonicalBytes(this.#time(nonce))).toString('base64');
      this.#refuse(
        response,
        refusal,
        401,
        refusal === 'DEVICE_CLOCK_SKEW' ? { [SIGNED_TIME_HEADER]: time } : {},
      );
      return null;
    }
    if (path === DEVICE_PATHS.pairStatus) {
      return this.pairStatus === 'active'
        ? { status: 'active', config: this.config() }
        : { status: this.pairStatus };
    }
    if (path === DEVICE_PATHS.heartbeat) {
      const heartbeat = heartbeatRequest.parse(JSON.parse(body.toString()));
      this.lastHeartbeat = heartbeat;
      const last = this.chains.get(heartbeat.epoch)?.at(-1);
      const config = this.config();
      return {
        time: this.#time(heartbeat.nonce),
        acked: last ? { epoch: heartbeat.epoch, seq: last.event.seq, hash: last.hash } : null,
        config: heartbeat.configVersion === config.version ? null : config,
        enrolment: this.ticket,
      };
    }
    return this.#takeEvents(response, body);
  }

  #pair(response: ServerResponse, body: Buffer): object | null {
    const parsed = pairRequest.parse(JSON.parse(body.toString()));
    const { proof, ...fields } = parsed;
    this.deviceKey = fromBase64(parsed.signPublicKey);
    if (!this.#verify(pairProofBytes(fields), proof)) throw new Error('proof');
    if (parsed.code !== CODE) {
      this.#refuse(response, 'PAIRING_CODE_INVALID', 400);
      return null;
    }
    this.words = fingerprintWords({
      deviceSignKey: this.deviceKey,
      serverSignKey: rawKey(this.#keys.publicKey),
      spki: fromBase64(this.pin),
    });
    return {
      deviceId: this.deviceId,
      companyName: 'Test company',
      serverSignPublicKey: toBase64(rawKey(this.#keys.publicKey)),
    };
  }

  #authenticate(request: IncomingMessage, path: string, body: Buffer): DeviceErrorCode | null {
    const header = (name: string): string => String(request.headers[name]);
    const created = Number(header(REQUEST_HEADERS.created));
    const nonce = header(REQUEST_HEADERS.nonce);
    const device = header(REQUEST_HEADERS.device);
    const method = request.method ?? '';
    const bytes = requestBytes({ method, path, body, device, created, nonce });
    if (device !== this.deviceId || this.deviceKey === null) return 'DEVICE_UNKNOWN';
    if (!this.#verify(bytes, header(REQUEST_HEADERS.signature))) return 'DEVICE_SIGNATURE_INVALID';
    if (Math.abs(created - this.nowMs()) > REQUEST_WINDOW_MS) return 'DEVICE_CLOCK_SKEW';
    if (this.#nonces.has(nonce)) return 'DEVICE_NONCE_REUSED';
    this.#nonces.add(nonce);
    return null;
  }

  nowMs(): number {
    return Date.now() + this.clockOffsetMs;
  }

  #takeEvents(response: ServerResponse, body: Buffer): object | null {
    const { epoch, events, head } = eventsRequest.parse(JSON.parse(body.toString()));
    const chain = this.chains.get(epoch) ?? [];
    const outcomes: { seq: number; outcome: Outcome }[] = [];
    const fresh: Taken[] = [];
    let seqSeen = 0;
    for (const { bytes, box } of events) {
      const raw = fromBase64(bytes);
      const event = deviceEvent.parse(JSON.parse(new TextDecoder().decode(raw)));
      seqSeen = event.seq;
      const held = chain[event.seq - 1];
      const hash = chainHash(event.prevHash, raw);
      if (held) {
        if (held.hash !== hash) return this.#gapOrFork(response, 'EVENT_FORK', epoch, chain);
        outcomes.push({ seq: event.seq, outcome: held.outcome });
        continue;
      }
      const previous = fresh.at(-1) ?? chain.at(-1);
      if (event.seq !== chain.length + fresh.length + 1)
        return this.#gapOrFork(response, 'EVENT_GAP', epoch, chain);
      if (event.prevHash !== (previous?.hash ?? GENESIS_HASH) || event.device !== this.deviceId) {
        return this.#gapOrFork(response, 'EVENT_TAMPERED', epoch, chain);
      }
      const payload = box === null ? null : this.#open(event, fromBase64(box));
      const outcome = this.decide(event, payload);
      fresh.push({ event, hash, payload, outcome });
      outcomes.push({ seq: event.seq, outcome });
    }
    const all = [...chain, ...fresh];
    const last = all[seqSeen - 1]!;
    const bytes = headBytes({ device: this.deviceId, epoch, seq: head.seq, hash: head.hash });
    if (head.hash !== last.hash || !this.#verify(bytes, head.signature)) {
      return this.#gapOrFork(response, 'EVENT_TAMPERED', epoch, chain);
    }
    this.chains.set(epoch, all);
    const signed = {
      epoch,
      ackedSeq: last.event.seq,
      ackedHash: last.hash,
      serverMs: this.nowMs(),
      outcomes,
    };
    return { ...signed, signature: this.#sign(acknowledgementBytes(this.deviceId, signed)) };
  }

  #open(event: DeviceEvent, box: Uint8Array): Uint8Array {
    if (event.boxHash === null) throw new Error('box');
    if (sha256Hex(box) !== event.boxHash) throw new Error('box hash');
    const key = openingKey(fromBase64(event.senderKey), this.#box.secretKey);
    if (!key.ok) throw new Error(key.error);
    const { tenant, device, epoch, seq, id, type } = event;
    const opened = open(key.value, box, { v: 1, tenant, device, epoch, seq, id, type });
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
  }

  #gapOrFork(response: ServerResponse, code: DeviceErrorCode, epoch: number, chain: Taken[]): null {
    const last = chain.at(-1);
    const acked = `${epoch}:${last?.event.seq ?? 0}:${last?.hash ?? GENESIS_HASH}`;
    this.#refuse(response, code, 409, { [ACKED_HEADER]: acked });
    return null;
  }

  #refuse(
    response: ServerResponse,
    code: string,
    status: number,
    headers: Record<string, string> = {},
  ): void {
    const body = { code, correlationId: randomUUID(), retryable: false };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  }

  #time(nonce: string) {
    const time = { deviceId: this.deviceId, serverMs: this.nowMs(), nonce };
    return { ...time, signature: this.#sign(signedTimeBytes(time)) };
  }

  #sign(bytes: Uint8Array): string {
    return sign(null, bytes, this.#keys.privateKey).toString('base64');
  }

  #verify(bytes: Uint8Array, signature: string): boolean {
    if (this.deviceKey === null) return false;
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, this.deviceKey]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, bytes, key, Buffer.from(signature, 'base64'));
  }
}
