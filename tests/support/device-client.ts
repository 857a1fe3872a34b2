// A tablet without a screen: real keys, real sealing, a real hash chain and real TLS, and every way to misbehave.
import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { Agent, request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { embeddingsToBytes } from '../../shared/src/crypto/embedding-bytes.js';
import { canonicalBytes, fromBase64, toBase64 } from '../../shared/src/crypto/encoding.js';
import { GENESIS_HASH, chainHash, headBytes, sha256Hex } from '../../shared/src/crypto/hash-chain.js';
import { pairProofBytes } from '../../shared/src/crypto/reply-signing.js';
import { REQUEST_HEADERS, requestBytes } from '../../shared/src/crypto/request-signing.js';
import { type Segment, seal, segmentIsSpent, startSegment } from '../../shared/src/crypto/sealing.js';
import { calibration } from '../../shared/src/domain/matching/calibration.js';
import {
  DEVICE_PATHS,
  type DeviceConfig,
  type EventsRequest,
  type EventsResponse,
  type EnrolmentTicket,
  type HeartbeatResponse,
  type Outcome,
} from '../../shared/src/protocol/device.js';
import type { ConsentRecord, DeviceEvent } from '../../shared/src/protocol/event.js';

export const MODELS = { detector: 'test', landmarks: 'test', recognition: calibration.modelId };
export const CAMERA = 'Front camera (04f2:b6dd)';

export interface DeviceReply<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: T & { readonly code?: string };
}

export interface JournalEvent {
  readonly event: DeviceEvent;
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly box: Uint8Array | null;
}

export interface ServerPlace {
  readonly port: number;
  readonly ca: string;
}

export interface SignOptions {
  readonly created?: number;
  readonly nonce?: string;
  readonly device?: string;
  readonly signature?: Uint8Array;
  /** What is sent instead of what was signed. */
  readonly sentBody?: string;
  readonly sentPath?: string;
}

/** Whatever signs as a tablet. */
interface TabletKeys {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Ed25519 keys of one tablet. */
export class DeviceKeys implements TabletKeys {
  readonly #privateKey;
  readonly publicKey: Uint8Array;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#privateKey = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    this.publicKey = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
  }

  sign(bytes: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, bytes, this.#privateKey));
  }
}

/** A face: unit vector, and pictures of it nearby. Two people are about 1.41 apart, two pictures about `noise`. */
export function newFace(): Float32Array {
  return unit(Float32Array.from({ length: 128 }, gauss));
}

export function pictureOf(face: Float32Array, noise = 0.12): Float32Array {
  const spread = noise / Math.sqrt(2 * face.length);
  return unit(face.map((value) => value + gauss() * spread));
}

/** Another unit vector, exactly this far away (Euclidean, 0 to 2), in a random direction. */
export function faceAt(face: Float32Array, distance: number): Float32Array {
  const cosine = 1 - distance ** 2 / 2;
  const random = newFace();
  const along = random.reduce((sum, value, at) => sum + value * (face[at] ?? 0), 0);
  const across = unit(random.map((value, at) => value - along * (face[at] ?? 0)));
  return unit(face.map((value, at) => cosine * value + Math.sqrt(1 - cosine ** 2) * (across[at] ?? 0)));
}

const gauss = (): number =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

function unit(values: Float32Array): Float32Array {
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

export class DeviceClient {
  keys: TabletKeys = new DeviceKeys();
  deviceId = '';
  config: DeviceConfig | null = null;
  epoch = 1;
  journal: JournalEvent[] = [];
  /** How far the tablet's clock is from the server's. */
  clockErrorMs = 0;
  camera: string | null = CAMERA;
  readonly bootId = randomUUID();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  #segment: Segment | null = null;

  constructor(
    public server: ServerPlace,
    private readonly nowMs: () => number,
    private readonly from = '127.0.0.1',
  ) {}

  close(): void {
    this.#agent.destroy();
  }

  wallMs(): number {
    return this.nowMs() + this.clockErrorMs;
  }

  async raw<T>(
    method: string,
    path: string,
    body: string | null,
    headers: Record<string, string> = {},
  ): Promise<DeviceReply<T>> {
    const { port, ca } = this.server;
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          ca,
          servername: 'localhost',
          minVersion: 'TLSv1.3',
          method,
          path,
          agent: this.#agent,
          localAddress: this.from,
          headers: {
            host: `localhost:${String(port)}`,
            ...(body === null
              ? {}
              : {
                  'content-type': 'application/json',
                  'content-length': String(Buffer.byteLength(body)),
                }),
            ...headers,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const isJson = text.startsWith('{');
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: (isJson ? JSON.parse(text) : {}) as DeviceReply<T>['body'],
            });
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body ?? undefined);
    });
  }

  signed<T>(method: string, path: string, body: unknown, options: SignOptions = {}): Promise<DeviceReply<T>> {
    const text = body === null ? null : JSON.stringify(body);
    const fields = {
      method,
      path,
      body: new TextEncoder().encode(text ?? ''),
      device: options.device ?? this.deviceId,
      created: options.created ?? this.wallMs(),
      nonce: options.nonce ?? randomUUID(),
    };
    const signature = options.signature ?? this.keys.sign(requestBytes(fields));
    return this.raw(method, options.sentPath ?? path, options.sentBody ?? text, {
      [REQUEST_HEADERS.device]: fields.device,
      [REQUEST_HEADERS.created]: String(fields.created),
      [REQUEST_HEADERS.nonce]: fields.nonce,
      [REQUEST_HEADERS.signature]: toBase64(signature),
    });
  }

  /** Sends the code; a wrong key or proof may be given. */
  pair(code: string, changes: Record<string, unknown> = {}): Promise<DeviceReply> {
    const fields = {
      protocol: 1 as const,
      code: code.replace('-', ''),
      signPublicKey: toBase64(this.keys.publicKey),
      appVersion: '0.1.0',
      platform: 'test',
      camera: this.camera === null ? null : { label: this.camera, deviceId: 'camera-1' },
      ...changes,
    };
    const proof = toBase64(this.keys.sign(pairProofBytes(fields)));
    return this.raw('POST', DEVICE_PATHS.pair, JSON.stringify({ ...fields, proof, ...changes }));
  }

  pairStatus(): Promise<DeviceReply> {
    return this.signed('GET', DEVICE_PATHS.pairStatus, null);
  }

  heartbeat(changes: Record<string, unknown> = {}): Promise<DeviceReply<HeartbeatResponse>> {
    const last = this.journal.at(-1);
    const body = {
      protocol: 1,
      appVersion: '0.1.0',
      configVersion: this.config?.version ?? 0,
      epoch: this.epoch,
      headSeq: last?.event.seq ?? 0,
      headHash: last?.hash ?? GENESIS_HASH,
      unsent: 0,
      oldestUnsentAtMs: null,
      camera: this.camera,
      models: MODELS,
      wallMs: this.wallMs(),
      nonce: randomUUID(),
      problem: null,
      ...changes,
    };
    return this.signed('POST', DEVICE_PATHS.heartbeat, body);
  }

  /** Appends to the journal and gives the new event back; `change` may break any field. */
  append(
    type: DeviceEvent['type'],
    fields: Record<string, unknown>,
    payload: Uint8Array | null = null,
  ): JournalEvent {
    const config = this.paired();
    const last = this.journal.at(-1);
    const seq = (last?.event.seq ?? 0) + 1;
    const id = randomUUID();
    const atMs = this.wallMs();
    const place = { tenant: config.tenantId, device: config.deviceId, epoch: this.epoch, seq, id };
    const common = {
      v: 1,
      ...place,
      prevHash: last?.hash ?? GENESIS_HASH,
      wallMs: atMs,
      monoMs: 1000 + seq,
      bootId: this.bootId,
      atMs,
      time: { quality: 'trusted', earliestMs: atMs, latestMs: atMs },
      zone: config.zone,
      type,
    };
    let box: Uint8Array | null = null;
    let sealed: Record<string, unknown> = { boxHash: null };
    if (payload !== null) {
      const segment = this.segment();
      box = seal(segment, { v: 1, ...place, type: type as 'check-in' }, payload, (n) => random(n));
      sealed = {
        boxHash: sha256Hex(box),
        senderKey: toBase64(segment.senderPublicKey),
        serverKeyId: config.serverBoxKey.id,
      };
    }
    return this.push({ ...common, ...sealed, ...fields }, box);
  }

  /** Appends whatever it is given, hashed and chained. */
  push(event: Record<string, unknown>, box: Uint8Array | null): JournalEvent {
    const bytes = canonicalBytes(event);
    const entry = {
      event: event as unknown as DeviceEvent,
      bytes,
      hash: chainHash(event['prevHash'] as string, bytes),
      box,
    };
    this.journal.push(entry);
    return entry;
  }

  checkIn(probe: Float32Array, fields: Record<string, unknown> = {}): JournalEvent {
    return this.append('check-in', { ...this.faceFields(), ...fields }, embeddingsToBytes([probe]));
  }

  faceFields(): Record<string, unknown> {
    return {
      liveness: { policy: 'passive', decision: 'live', version: 'test', cues: {}, tookMs: 12 },
      models: MODELS,
      frames: 3,
      camera: this.camera,
    };
  }

  /** With a face, as after a check-in that asked for the second factor: `embedding` is base64. */
  pin(
    employeeCode: string,
    pin: string,
    fields: Record<string, unknown> = {},
    face: Float32Array | string | null = null,
  ): JournalEvent {
    const embedding = face instanceof Float32Array ? toBase64(embeddingsToBytes([face])) : face;
    const payload = new TextEncoder().encode(JSON.stringify({ employeeCode, pin, embedding }));
    const models = face === null ? null : MODELS;
    return this.append('pin', { refersTo: null, models, ...fields }, payload);
  }

  dispute(of: JournalEvent, fields: Record<string, unknown> = {}): JournalEvent {
    const refersTo = { epoch: of.event.epoch, seq: of.event.seq };
    return this.append('dispute', { refersTo, ...fields });
  }

  enrolment(
    ticket: Pick<EnrolmentTicket, 'ticketId'>,
    templates: readonly Float32Array[],
    fields: Record<string, unknown> = {},
  ): JournalEvent {
    const { frames: _frames, camera: _camera, ...face } = this.faceFields();
    const infos = templates.map(() => ({ pose: 'front', look: 'usual', quality: 0.8 }));
    const all = { ...face, ticketId: ticket.ticketId, consent: this.consent(), templates: infos };
    return this.append('enrolment', { ...all, ...fields }, embeddingsToBytes(templates));
  }

  consent(): ConsentRecord {
    const notice = this.paired().notices.en;
    return {
      noticeVersion: notice.version,
      noticeSha256: notice.sha256,
      locale: 'en',
      givenAtMs: this.wallMs(),
      basis: 'consent',
    };
  }

  /** A new epoch after the tablet lost its journal. */
  startEpoch(reason: 'restored' | 'wiped' | 'unreadable' | 'fork' = 'wiped'): JournalEvent {
    this.epoch += 1;
    this.journal = [];
    return this.append('epoch', { reason, previous: null });
  }

  batch(events: readonly JournalEvent[]): EventsRequest {
    const last = events.at(-1);
    if (last === undefined) throw new Error('an empty batch');
    const { seq } = last.event;
    const head = { device: this.deviceId, epoch: this.epoch, seq, hash: last.hash };
    return {
      protocol: 1,
      epoch: this.epoch,
      events: events.map(({ bytes, box }) => ({
        bytes: toBase64(bytes),
        box: box === null ? null : toBase64(box),
      })),
      head: { seq, hash: last.hash, signature: toBase64(this.keys.sign(headBytes(head))) },
    };
  }

  send(events: readonly JournalEvent[]): Promise<DeviceReply<EventsResponse>> {
    return this.sendRaw(this.batch(events));
  }

  sendRaw(batch: unknown): Promise<DeviceReply<EventsResponse>> {
    return this.signed('POST', DEVICE_PATHS.events, batch);
  }

  /** The outcome of the last event of a batch that must be accepted. */
  async outcome(events: readonly JournalEvent[]): Promise<Outcome> {
    const reply = await this.send(events);
    if (reply.status !== 200)
      throw new Error(`events answered ${String(reply.status)} ${String(reply.body.code)}`);
    const last = reply.body.outcomes.at(-1);
    if (last === undefined) throw new Error('no outcome');
    return last.outcome;
  }

  paired(): DeviceConfig {
    if (this.config === null) throw new Error('not paired');
    return this.config;
  }

  private segment(): Segment {
    const { serverBoxKey } = this.paired();
    if (this.#segment === null || segmentIsSpent(this.#segment, 0)) {
      const started = startSegment(fromBase64(serverBoxKey.publicKey), 0, (n) => random(n));
      if (!started.ok) throw new Error(started.error);
      this.#segment = started.value;
    }
    return this.#segment;
  }
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
