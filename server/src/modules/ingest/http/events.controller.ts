// Where tablets send their events.
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ACKED_HEADER } from '@hazri/shared/crypto/reply-signing';
import { DEVICE_PATHS, type EventsResponse, eventsRequest } from '@hazri/shared/protocol/device';
import { DeviceOnly } from '../../../platform/http/access.js';
import { deviceBody } from '../../../platform/http/device-body.js';
import type { DevicePrincipal } from '../../../platform/http/principal.js';
import { RequestRefused } from '../../../platform/http/refusal.js';
import { CurrentDevice } from '../../../platform/http/request.js';
import { AcceptEvents } from '../accept-events.js';
import { EventTurns } from '../event-turns.js';

@Controller()
export class EventsController {
  constructor(
    @Inject(AcceptEvents) private readonly acceptEvents: AcceptEvents,
    @Inject(EventTurns) private readonly turns: EventTurns,
  ) {}

  @DeviceOnly()
  @Post(DEVICE_PATHS.events)
  @HttpCode(200)
  async events(@CurrentDevice() by: DevicePrincipal, @Body() body: unknown): Promise<EventsResponse> {
    const request = deviceBody(eventsRequest, body);
    const of = { deviceId: by.deviceId, events: request.events.length };
    const turn = await this.turns.run(of, () => this.acceptEvents.run(by, request));
    if (!turn.ok) {
      const { code, retryAfterSec } = turn.error;
      throw new RequestRefused(code, { headers: { 'retry-after': String(retryAfterSec) } });
    }
    const accepted = turn.value;
    if (accepted.ok) return accepted.value;
    const { code, acked } = accepted.error;
    if (acked === undefined) throw new RequestRefused(code);
    const held = `${String(acked.epoch)}:${String(acked.seq)}:${acked.hash}`;
    throw new RequestRefused(code, { headers: { [ACKED_HEADER]: held } });
  }
}
