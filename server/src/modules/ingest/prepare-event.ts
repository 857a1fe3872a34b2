// What can be found out about an event before the unit of work that stores it: open its box, search the face, check the
// PIN. Slow or in memory, and without any effect of its own but the counting of PIN tries.
import { embeddingsFromBytes } from '@hazri/shared/crypto/embedding-bytes';
import type { Decision } from '@hazri/shared/domain/matching/decide';
import { type Outcome, pinCredentials } from '@hazri/shared/protocol/device';
import type {
  BoxHeader,
  CheckInEvent,
  DeviceEvent,
  EnrolmentEvent,
  PinEvent,
} from '@hazri/shared/protocol/event';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Actor } from '../../platform/http/principal.js';
import type { CompanyPolicy } from '../devices/public.js';
import type { FollowGalleries, IdentifyFace } from '../matching/public.js';
import type { VerifyPin } from '../people/public.js';
import type { OpenBox } from './open-box.js';

export type Refusal = Extract<Outcome, { kind: 'refused' }>['reason'];

export type Prepared =
  | { readonly kind: 'person'; readonly personId: string; readonly method: 'face' | 'pin' }
  | { readonly kind: 'unsure'; readonly decision: Exclude<Decision, { kind: 'accepted' }> }
  | { readonly kind: 'liveness-undecided' }
  | {
      readonly kind: 'enrolment';
      readonly event: EnrolmentEvent;
      readonly embeddings: readonly Float32Array[];
    }
  | { readonly kind: 'plain' }
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Cannot be decided now: the event is stored, its box is kept and tried again later. */
  | { readonly kind: 'undecided' };

export interface EventContext {
  readonly tenantId: string;
  readonly device: { readonly id: string; readonly name: string; readonly cameraPin: string | null };
  /** The device as the audit trail names it. */
  readonly actor: Actor;
  readonly site: { readonly id: string; readonly zone: string };
  readonly policy: CompanyPolicy;
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
      readonly identify: IdentifyFace;
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
    const read = embeddingsFromBytes(payload.value, 1);
    payload.value.fill(0);
    const [embedding] = read.ok ? read.value : [];
    if (embedding === undefined) return refused('EMBEDDING_INVALID');
    const found = this.deps.identify.run({
      tenantId: context.tenantId,
      modelId: event.models.recognition,
      embedding,
      wrongPerMillion: context.policy.wrongPerMillion,
    });
    embedding.fill(0);
    if (!found.ok) {
      return found.error === 'MATCHING_UNAVAILABLE' ? { kind: 'undecided' } : refused(found.error);
    }
    if (event.liveness.decision !== 'live') return { kind: 'liveness-undecided' };
    const decision = found.value;
    return decision.kind === 'accepted'
      ? { kind: 'person', personId: decision.personId, method: 'face' }
      : { kind: 'unsure', decision };
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
    const read = embeddingsFromBytes(payload.value, event.templates.length);
    payload.value.fill(0);
    return read.ok ? { kind: 'enrolment', event, embeddings: read.value } : refused('EMBEDDING_INVALID');
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
    if (verified.ok) return { kind: 'person', personId: verified.value.id, method: 'pin' };
    // Who typed a PIN while the tablet was offline could not be told to wait, so the server waits instead.
    const isLate = receivedAtMs - event.atMs > LIVE_WITHIN_MS;
    return verified.error === 'PIN_THROTTLED' && isLate ? { kind: 'undecided' } : refused(verified.error);
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

function credentialsOf(payload: Uint8Array) {
  try {
    const parsed = pinCredentials.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
