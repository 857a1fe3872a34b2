// Tries again what could not be decided when it came, oldest first, and gives up on what is too old: then the box is
// destroyed and HR sees an exception.
import { type DeviceEvent, deviceEvent } from '@hazri/shared/protocol/event';
import { InvariantError } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { ExceptionBook, RecordPunch } from '../attendance/public.js';
import type { DeviceRegister } from '../devices/public.js';
import type { ApplyEvent } from './apply-event.js';
import type { EventContext, PrepareEvent } from './prepare-event.js';
import type { EventStore, StoredEvent } from './stored-event.js';
import type { DeviceSurroundings } from './surroundings.js';

const AT_ONCE = 50;

export interface DecideUndecidedDeps {
  readonly unitOfWork: UnitOfWork;
  readonly events: EventStore;
  readonly prepare: PrepareEvent;
  readonly apply: ApplyEvent;
  readonly punches: RecordPunch;
  readonly devices: DeviceRegister;
  readonly surroundings: DeviceSurroundings;
  readonly exceptions: ExceptionBook;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class DecideUndecided {
  constructor(private readonly deps: DecideUndecidedDeps) {}

  async run(): Promise<void> {
    await this.giveUpOnOld();
    const waiting = await this.deps.unitOfWork.run(() => this.deps.events.undecided(AT_ONCE));
    for (const stored of waiting) {
      try {
        await this.decide(stored);
      } catch (error) {
        this.deps.logger.error('an event stays undecided', error, { device: stored.deviceId });
      }
    }
  }

  private async decide(stored: StoredEvent & { readonly box: Uint8Array }): Promise<void> {
    const { unitOfWork, events, prepare, apply, punches, clock } = this.deps;
    const { tenantId, deviceId, epoch, seq } = stored;
    const event: DeviceEvent = deviceEvent.parse(JSON.parse(stored.canonical));
    const context = await this.contextOf(stored);
    const prepared = await prepare.run({ event, box: stored.box }, context);
    if (prepared.kind === 'undecided') return;
    await unitOfWork.run(async () => {
      await events.lockHead({ tenantId, deviceId, epoch });
      const range = { tenantId, deviceId, epoch, fromSeq: seq, toSeq: seq };
      if ((await events.outcomes(range)).size > 0) return;
      if (prepared.kind === 'person') await punches.takeTurns(tenantId, [prepared.personId]);
      const decided = await apply.run(event, prepared, context);
      if (decided === null) return;
      const { outcome } = decided;
      await events.setOutcomes([{ tenantId, deviceId, epoch, seq, outcome }], clock.nowMs());
      await events.dropBox({ tenantId, deviceId, epoch, seq });
    });
  }

  private async contextOf(stored: StoredEvent): Promise<EventContext> {
    const { unitOfWork, devices, surroundings, clock } = this.deps;
    const { tenantId, deviceId, receivedAtMs } = stored;
    const device = await unitOfWork.run(() => devices.device(tenantId, deviceId));
    if (device === null) throw new InvariantError('an event of a device without a row');
    const around = await surroundings.of(tenantId, device.siteId, clock.nowMs());
    const actor = { kind: 'device', id: device.id, name: device.name, address: null } as const;
    return { tenantId, device, actor, ...around, receivedAtMs };
  }

  private async giveUpOnOld(): Promise<void> {
    const { unitOfWork, events, exceptions, clock } = this.deps;
    const nowMs = clock.nowMs();
    await unitOfWork.run(async () => {
      for (const { tenantId, deviceId, epoch, seq } of await events.dropBoxesBefore(nowMs)) {
        const sameAs = `box|${deviceId}|${String(epoch)}|${String(seq)}`;
        await exceptions.open({ tenantId, kind: 'BOX_UNREADABLE', sameAs, atMs: nowMs, deviceId });
      }
    });
  }
}
