// What can be found out about an event before the unit of work that stores it: open its box, search the face, check the
// PIN. Slow or in memory, and without any effect of its own but the counting of PIN tries.
import { embeddingsFromBytes } from '@hazri/shared/crypto/embedding-bytes';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { Decision } from '@hazri/shared/domain/matching/decide';
import { type Outcome, type PinCredentials, pinCredentials } from '@hazri/shared/protocol/device';
import type {
  BoxHeader,
  CheckInEvent,
  DeviceEvent,
  EnrolmentEvent,
  ModelIds,
  PinEvent,
} from '@hazri/shared/protocol/event';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Actor } from '../../platform/http/principal.js';
import type { CompanyPolicy } from '../devices/public.js';
import type { Face, FollowGalleries, IdentifyError, RecogniseFace, VerifyFace } from '../matching/public.js';
import type { VerifyPin } from '../people/public.js';
import type { OpenBox } from './open-box.js';

export type Refusal = Extract<Outcome, { kind: 'refused' }>['reason'];

export type Prepared =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly method: 'face' | 'pin';
      /** What the face is good for once the punch is made. */
      readonly evidence: FaceEvidence;
    }
  /** Code and PIN are right, the face is not the one of the person they belong to. */
  | { readonly kind: 'face-differs'; readonly personId: string }
  | { readonly kind: 'unsure'; readonly decision: Exclude<Decision, { kind: 'accepted' }> }
  | { readonly kind: 'liveness-undecided' }
  | {
      readonly kind: 'enrolment';
      readonly event: EnrolmentEvent;
      readonly faces: EnrolledFaces;
    }
  | { readonly kind: 'plain' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Cannot be decided now: the event is stored, its box is kept and tried again later. */
  | { readonly kind: 'undecided' };

export interface FaceEvidence {
  /** The template that was nearest to the face. */
  readonly templateId: string | null;
  /** By the model that the person has no template of yet. */
  readonly candidate: Face | null;
  /** A face that was verified one to one beside the PIN. */
  readonly confirmed: Face | null;
}

/** The embeddings of an enrolment by one model or, during a roll-over, by two; same order. */
export interface EnrolledFaces {
  readonly current: readonly Face[];
  readonly next: readonly Face[];
}

export interface EventContext {
  readonly tenantId: string;
  readonly device: { readonly id: string; readonly name: string; readonly cameraPin: string | null };
  /** The device as the audit trail names it. */
  readonly actor: Actor;
  readonly site: { readonly id: string; readonly zone: string };
  readonly policy: CompanyPolicy;
  /** Who works at the device's site; they are looked for first. */
  readonly expected: ReadonlySet<string>;
  readonly receivedAtMs: number;
}

export interface EventWithBox {
  readonly event: DeviceEvent;
  readonly box: Uint8Array | null;
}

export interface ReportedCameras {
  /** The camera that the tablet reported last; starts a unit of work of its own. */
  cameraOf(tenantId: string, deviceId: string): Promise<string | null>;
}

/** An event that is older than this when it arrives was recorded while nobody could answer. */
const LIVE_WITHIN_MS = 60_000;

export class PrepareEvent {
  constructor(
    private readonly deps: {
      readonly openBox: OpenBox;
      readonly recognise: RecogniseFace;
      readonly verifyFace: VerifyFace;
      readonly galleries: Pick<FollowGalleries, 'ensure'>;
      readonly verifyPin: Pick<VerifyPin, 'run'>;
      readonly cameras: ReportedCameras;
    },
  ) {}

  async run({ event, box }: EventWithBox, context: EventContext): Promise<Prepared> {
    await this.deps.galleries.ensure(context.tenantId);
    switch (event.type) {
      case 'dispute':
      case 'epoch':
        return { kind: 'plain' };
      case 'check-in':
        return this.checkIn(event, box, context);
      case 'enrolment':
        return this.enrolment(event, box, context);
      case 'pin':
        return this.pin(event, box, context);
    }
  }

  private checkIn(event: CheckInEvent, box: Uint8Array | null, context: EventContext): Prepared {
    const { cameraPin } = context.device;
    if (cameraPin !== null && event.camera !== cameraPin) return refused('CAMERA_NOT_PINNED');
    const payload = this.payload(event, box);
    if (!payload.ok) return refused(payload.error);
    const faces = facesOf(payload.value, event.models, 1);
    if (faces === null) return refused('EMBEDDING_INVALID');
    const found = this.deps.recognise.run({
      tenantId: context.tenantId,
      faces: [...faces.current, ...faces.next],
      wrongPerMillion: context.policy.wrongPerMillion,
      expected: context.expected,
    });
    if (!found.ok) return failed(found.error);
    const { decision, templateId, candidate } = found.value;
    if (candidate === null) forget(faces);
    if (event.liveness.decision !== 'live') return { kind: 'liveness-undecided' };
    if (decision.kind !== 'accepted') return { kind: 'unsure', decision };
    const evidence = { templateId, candidate, confirmed: null };
    return { kind: 'person', personId: decision.personId, method: 'face', evidence };
  }

  private async enrolment(
    event: EnrolmentEvent,
    box: Uint8Array | null,
    context: EventContext,
  ): Promise<Prepared> {
    const { cameraPin } = context.device;
    // The event names no camera; the tablet's last sign of life does.
    const camera = await this.deps.cameras.cameraOf(context.tenantId, context.device.id);
    if (cameraPin !== null && camera !== null && camera !== cameraPin) return refused('CAMERA_NOT_PINNED');
    if (event.liveness.decision !== 'live') return refused('LIVENESS_MISSING');
    const payload = this.payload(event, box);
    if (!payload.ok) return refused(payload.error);
    const faces = facesOf(payload.value, event.models, event.templates.length);
    return faces === null ? refused('EMBEDDING_INVALID') : { kind: 'enrolment', event, faces };
  }

  private async pin(event: PinEvent, box: Uint8Array | null, context: EventContext): Promise<Prepared> {
    const { tenantId, device, policy, receivedAtMs } = context;
    const payload = this.payload(event, box);
    if (!payload.ok) return refused(payload.error);
    const credentials = credentialsOf(payload.value);
    payload.value.fill(0);
    if (credentials === null) return refused('BOX_UNREADABLE');
    if (!policy.pinFallback) return refused('PIN_WRONG');
    const verified = await this.deps.verifyPin.run({ tenantId, deviceId: device.id, credentials });
    if (verified.ok) return this.pinAndFace(event, verified.value.id, { credentials, tenantId });
    // Who typed a PIN while the tablet was offline could not be told to wait, so the server waits instead.
    const isLate = receivedAtMs - event.atMs > LIVE_WITHIN_MS;
    return verified.error === 'PIN_THROTTLED' && isLate ? { kind: 'undecided' } : refused(verified.error);
  }

  /** Always one to one: the face that asked for the PIN must be the one of the person whose PIN it is. */
  private pinAndFace(
    event: PinEvent,
    personId: string,
    at: { readonly credentials: PinCredentials; readonly tenantId: string },
  ): Prepared {
    const { embedding } = at.credentials;
    const none = { templateId: null, candidate: null, confirmed: null };
    if (embedding === null) return { kind: 'person', personId, method: 'pin', evidence: none };
    const faces = event.models === null ? null : facesOf(fromBase64(embedding), event.models, 1);
    if (faces === null) return refused('EMBEDDING_INVALID');
    const all = [...faces.current, ...faces.next];
    const found = this.deps.verifyFace.run({ tenantId: at.tenantId, personId, faces: all });
    if (!found.ok) return failed(found.error);
    if (found.value === 'different') return { kind: 'face-differs', personId };
    const confirmed = found.value === 'same' ? (faces.current[0] ?? null) : null;
    return { kind: 'person', personId, method: 'pin', evidence: { ...none, confirmed } };
  }

  private payload(
    event: CheckInEvent | EnrolmentEvent | PinEvent,
    box: Uint8Array | null,
  ): Result<Uint8Array, 'BOX_UNREADABLE'> {
    if (box === null) return err('BOX_UNREADABLE');
    const { tenant, device, epoch, seq, id, type, senderKey, serverKeyId } = event;
    const header: BoxHeader = { v: 1, tenant, device, epoch, seq, id, type };
    const opened = this.deps.openBox.run({ box, senderKey, serverKeyId, header });
    return opened.ok ? ok(opened.value) : err('BOX_UNREADABLE');
  }
}

const refused = (reason: Refusal): Prepared => ({ kind: 'refused', reason });
const failed = (error: IdentifyError): Prepared =>
  error === 'MATCHING_UNAVAILABLE' ? { kind: 'undecided' } : refused(error);

/** Reads `count` embeddings by each of the models, and overwrites the bytes; null for anything else. */
function facesOf(bytes: Uint8Array, models: ModelIds, count: number): EnrolledFaces | null {
  const { recognition, nextRecognition } = models;
  const read = embeddingsFromBytes(bytes, nextRecognition === undefined ? count : 2 * count);
  bytes.fill(0);
  if (!read.ok) return null;
  const current = read.value.slice(0, count).map((embedding) => ({ modelId: recognition, embedding }));
  const next = read.value
    .slice(count)
    .map((embedding) => ({ modelId: nextRecognition ?? recognition, embedding }));
  return { current, next };
}

function forget({ current, next }: EnrolledFaces): void {
  for (const { embedding } of [...current, ...next]) embedding.fill(0);
}

function credentialsOf(payload: Uint8Array) {
  try {
    const parsed = pinCredentials.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
