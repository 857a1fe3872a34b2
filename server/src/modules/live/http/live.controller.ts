// The stream of live events of one open console. It ends with its session, and says so often that it is alive.
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { LIVE_EVENTS_PATH } from '@hazri/shared/protocol/console';
import { RequiresSignIn } from '../../../platform/http/access.js';
import { type HazriRequest, type HazriResponse, userOf } from '../../../platform/http/request.js';
import { ResolveSession } from '../../auth/public.js';
import { LiveEvents } from '../live-events.js';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 3000;

@Controller()
export class LiveController {
  constructor(
    @Inject(LiveEvents) private readonly live: LiveEvents,
    @Inject(ResolveSession) private readonly sessions: ResolveSession,
  ) {}

  @RequiresSignIn({ beforePasswordChange: false })
  @Get(LIVE_EVENTS_PATH)
  stream(@Req() request: HazriRequest, @Res() response: HazriResponse): void {
    const principal = userOf(request);
    response.status(200).set({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${String(RETRY_MS)}\n\n`);
    const close = (): void => {
      response.end();
    };
    const leave = this.live.subscribe({
      principal,
      send: (event) => {
        response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      },
      close,
    });
    const heartbeat = setInterval(() => {
      this.sessions.isAlive(principal.sessionId).then(
        (isAlive) => {
          if (isAlive) response.write(': alive\n\n');
          else close();
        },
        () => {
          close();
        },
      );
    }, HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(heartbeat);
      leave();
    });
  }
}
