// What a punch teaches about the person's templates: which one was useful, how the face looks to the next recognition
// model, and, where the company allows it, how it looks today. Inside the unit of work of the punch.
import { deviceEvent, type DeviceEvent, type PinEvent } from '@hazri/shared/protocol/event';
import type { RollOver, SelfUpdate, TemplateUse } from '../matching/public.js';
import type { Employee } from '../people/public.js';
import type { EventContext, FaceEvidence } from './prepare-event.js';
import type { EventStore } from './stored-event.js';

/** A PIN that follows its check-in later than this was not typed by who stood there. */
const SAME_VISIT_MS = 5 * 60_000;

export class LearnFromPunch {
  constructor(
    private readonly use: TemplateUse,
    private readonly rollOver: RollOver,
    private readonly selfUpdate: SelfUpdate,
    private readonly events: Pick<EventStore, 'canonicalOf'>,
  ) {}

  async run(
    event: DeviceEvent,
    { templateId, candidate, confirmed }: FaceEvidence,
    at: { readonly employee: Employee; readonly context: EventContext },
  ): Promise<void> {
    const { employee, context } = at;
    const { tenantId, actor, policy } = context;
    if (templateId !== null) this.use.note(tenantId, templateId, event.atMs);
    if (candidate !== null) await this.rollOver.note(employee, candidate);
    if (confirmed === null || !policy.selfUpdate || event.type !== 'pin') return;
    if (await this.wasLive(event, context)) await this.selfUpdate.run({ employee, actor, face: confirmed });
  }

  /** The face of a PIN event is the one of the check-in before it; only that one says whether it was live. */
  private async wasLive({ refersTo, atMs }: PinEvent, { tenantId, device }: EventContext): Promise<boolean> {
    if (refersTo === null) return false;
    const canonical = await this.events.canonicalOf({ tenantId, deviceId: device.id, ...refersTo });
    const before = canonical === null ? null : deviceEvent.parse(JSON.parse(canonical));
    return (
      before?.type === 'check-in' &&
      before.liveness.decision === 'live' &&
      Math.abs(atMs - before.atMs) <= SAME_VISIT_MS
    );
  }
}
