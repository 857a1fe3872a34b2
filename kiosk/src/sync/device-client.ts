// Speaks the device protocol: signs requests, believes only replies it can verify, and turns everything else into
// "lost" or "refused". It never throws for what a network or a server may do, and never logs a body.
import { randomUUID } from 'node:crypto';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { canonicalBytes, fromBase64, toBase64 } from '@hazri/shared/crypto/encoding';
import { REQUEST_HEADERS, requestBytes } from '@hazri/shared/crypto/request-signing';
import {
  SIGNED_TIME_HEADER,
  acknowledgementBytes,
  signedTimeBytes,
} from '@hazri/shared/crypto/reply-signing';
import {
  DEVICE_PATHS,
  type EventsRequest,
  type EventsResponse,
  type HeartbeatRequest,
  type HeartbeatResponse,
  type PairStatusResponse,
  eventsResponse,
  heartbeatResponse,
  pairStatusResponse,
  signedTime,
} from '@hazri/shared/protocol/device';
import { type Result, err, ok } from '@hazri/shared/result';
import type { z } from 'zod';
import {
  type ClientFailure,
  REPLY_INVALID,
  isSuccess,
  parseJson,
  parseReply,
  pinnedHttp,
  readRefusal,
  send,
} from './pinned-http.js';
import { verifySignature } from '../identity/device-key.js';
import { PinnedAgent, type Trust } from '../identity/pinned-connection.js';
import type { Signer } from '../journal/journal.js';

/** The server's time for one request, with the tablet's monotonic clock around it. */
export interface TimeSample {
  readonly serverMs: number;
  readonly sentMonoMs: number;
  readonly receivedMonoMs: number;
}

export interface DeviceClientOptions {
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
  readonly deviceId: string;
  readonly signer: Signer;
  /** 32 bytes; replies that it did not sign are not believed. */
  readonly serverSignKey: Uint8Array;
  readonly monoMs: () => number;
  /** Best known UTC time, for the request's `created`. */
  readonly nowMs: () => number;
  readonly onTime: (sample: TimeSample) => void;
}

interface Reply {
  readonly body: string;
  readonly nonce: string;
  readonly sentMonoMs: number;
  readonly receivedMonoMs: number;
}

export class DeviceClient {
  readonly #options: DeviceClientOptions;
  readonly #http: AxiosInstance;
  readonly #agent: PinnedAgent;

  constructor(options: DeviceClientOptions) {
    this.#options = options;
    this.#agent = new PinnedAgent(options.trust);
    this.#http = pinnedHttp(options, this.#agent);
  }

  async heartbeat(
    request: Omit<HeartbeatRequest, 'nonce'>,
  ): Promise<Result<HeartbeatResponse, ClientFailure>> {
    const reply = await this.#request('POST', DEVICE_PATHS.heartbeat, (nonce) => ({ ...request, nonce }));
    if (!reply.ok) return reply;
    const parsed = parseReply(heartbeatResponse, reply.value.body);
    if (!parsed.ok) return parsed;
    return this.#believeTime(parsed.value.time, reply.value) ? parsed : err(REPLY_INVALID);
  }

  async sendEvents(request: EventsRequest): Promise<Result<EventsResponse, ClientFailure>> {
    const reply = await this.#request('POST', DEVICE_PATHS.events, () => request);
    if (!reply.ok) return reply;
    const parsed = parseReply(eventsResponse, reply.value.body);
    if (!parsed.ok) return parsed;
    const { signature, ...signed } = parsed.value;
    const bytes = acknowledgementBytes(this.#options.deviceId, signed);
    return signed.epoch === request.epoch && this.#isSigned(bytes, signature) ? parsed : err(REPLY_INVALID);
  }

  async pairStatus(): Promise<Result<PairStatusResponse, ClientFailure>> {
    const reply = await this.#request('GET', DEVICE_PATHS.pairStatus, null);
    return reply.ok ? parseReply(pairStatusResponse, reply.value.body) : reply;
  }

  close(): void {
    this.#agent.destroy();
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    bodyFor: ((nonce: string) => unknown) | null,
  ): Promise<Result<Reply, ClientFailure>> {
    const first = await this.#once(method, path, bodyFor);
    // The clock was off and the server said by how much: the same request again, with the right time.
    const again = !first.ok && first.error.kind === 'refused' && first.error.code === 'DEVICE_CLOCK_SKEW';
    return again ? this.#once(method, path, bodyFor) : first;
  }

  async #once(
    method: 'GET' | 'POST',
    path: string,
    bodyFor: ((nonce: string) => unknown) | null,
  ): Promise<Result<Reply, ClientFailure>> {
    const { deviceId: device, signer, nowMs, monoMs } = this.#options;
    const nonce = randomUUID();
    const body = bodyFor === null ? new Uint8Array() : canonicalBytes(bodyFor(nonce));
    const created = Math.round(nowMs());
    const signature = signer.sign(requestBytes({ method, path, body, device, created, nonce }));
    const sentMonoMs = monoMs();
    const answer = await send(this.#http, {
      method,
      path,
      body,
      headers: {
        [REQUEST_HEADERS.device]: device,
        [REQUEST_HEADERS.created]: String(created),
        [REQUEST_HEADERS.nonce]: nonce,
        [REQUEST_HEADERS.signature]: toBase64(signature),
      },
    });
    if (!answer.ok) return answer;
    const reply = { body: answer.value.data, nonce, sentMonoMs, receivedMonoMs: monoMs() };
    if (isSuccess(answer.value)) return ok(reply);
    const refusal = readRefusal(answer.value);
    if (refusal.code === 'DEVICE_CLOCK_SKEW') this.#takeTimeHeader(answer.value, reply);
    return err(refusal);
  }

  #takeTimeHeader(response: AxiosResponse<string>, reply: Reply): void {
    const header: unknown = response.headers[SIGNED_TIME_HEADER];
    if (typeof header !== 'string') return;
    const time = signedTime.safeParse(parseJson(() => new TextDecoder().decode(fromBase64(header))));
    if (time.success) this.#believeTime(time.data, reply);
  }

  #believeTime(time: z.infer<typeof signedTime>, reply: Reply): boolean {
    const isOurs = time.deviceId === this.#options.deviceId && time.nonce === reply.nonce;
    if (!isOurs || !this.#isSigned(signedTimeBytes(time), time.signature)) return false;
    const { sentMonoMs, receivedMonoMs } = reply;
    this.#options.onTime({ serverMs: time.serverMs, sentMonoMs, receivedMonoMs });
    return true;
  }

  #isSigned(bytes: Uint8Array, signature: string): boolean {
    return verifySignature(this.#options.serverSignKey, bytes, fromBase64(signature));
  }
}
