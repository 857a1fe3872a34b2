// Liveness says that the process answers; readiness says that it can do its work. Neither tells anything else.
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { READINESS } from '../tokens.js';
import { Public } from './access.js';
import type { HazriResponse } from './request.js';

/** One thing that must hold before the server takes work, by name. */
export class Readiness {
  private readonly checks = new Map<string, () => Promise<boolean>>();

  add(name: string, check: () => Promise<boolean>): void {
    this.checks.set(name, check);
  }

  async run(): Promise<{ isReady: boolean; checks: Record<string, boolean> }> {
    const checks: Record<string, boolean> = {};
    for (const [name, check] of this.checks) checks[name] = await check().catch(() => false);
    return { isReady: Object.values(checks).every(Boolean), checks };
  }
}

@Controller()
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {}

  @Public()
  @Get('/health')
  health(): { status: 'up' } {
    return { status: 'up' };
  }

  @Public()
  @Get('/ready')
  async ready(@Res({ passthrough: true }) response: HazriResponse): Promise<Record<string, unknown>> {
    const { isReady, checks } = await this.readiness.run();
    response.status(isReady ? 200 : 503).setHeader('cache-control', 'no-store');
    return { status: isReady ? 'ready' : 'not-ready', checks };
  }
}
