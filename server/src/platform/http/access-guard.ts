// The one guard of every route: denies by default, authenticates people and devices by different strategies,
// and lets nothing change on a person's behalf unless the request comes from our own pages.
import { timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { CSRF_HEADER } from '@hazri/shared/protocol/console';
import type { Logger } from '../logging/logger.js';
import { LOGGER } from '../tokens.js';
import { ACCESS_METADATA, type Access } from './access.js';
import { RequestRefused } from './refusal.js';
import { type HazriRequest, requestOf, userOf } from './request.js';

export const SESSION_STRATEGY = 'session-cookie';
export const DEVICE_STRATEGY = 'device-signature';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** A strategy refuses by failing with a RequestRefused; anything else that goes wrong is not an authentication. */
class SessionGuard extends AuthGuard(SESSION_STRATEGY) {
  override handleRequest<T>(error: unknown, user: T | false): T {
    return principalOr(error, user, 'SESSION_MISSING');
  }
}
class DeviceGuard extends AuthGuard(DEVICE_STRATEGY) {
  override handleRequest<T>(error: unknown, user: T | false): T {
    return principalOr(error, user, 'DEVICE_UNKNOWN');
  }
}

function principalOr<T>(error: unknown, user: T | false, code: 'SESSION_MISSING' | 'DEVICE_UNKNOWN'): T {
  if (error instanceof Error) throw error;
  if (user === false || user === null || user === undefined) throw new RequestRefused(code);
  return user;
}

export class AccessGuard implements CanActivate {
  private readonly sessions = new SessionGuard();
  private readonly devices = new DeviceGuard();

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS_METADATA, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === undefined) throw new RequestRefused('PERMISSION_DENIED');
    const request = requestOf(context);
    switch (access.kind) {
      case 'unpaired-device':
        return true;
      case 'device':
        return Boolean(await this.devices.canActivate(context));
      case 'public':
        assertOwnPage(request);
        return true;
      case 'user':
        return this.admitUser(context, request, access);
    }
  }

  private async admitUser(
    context: ExecutionContext,
    request: HazriRequest,
    access: Extract<Access, { kind: 'user' }>,
  ): Promise<boolean> {
    assertOwnPage(request);
    await this.sessions.canActivate(context);
    const user = userOf(request);
    if (!SAFE_METHODS.has(request.method) && !isSame(request.header(CSRF_HEADER), user.csrfToken)) {
      throw new RequestRefused('CSRF_REFUSED');
    }
    if (user.mustChangePassword && !access.beforePasswordChange) {
      throw new RequestRefused('PASSWORD_MUST_CHANGE');
    }
    if (access.permission !== null && !user.permissions.includes(access.permission)) {
      this.logger.warn('permission denied', { user: user.userId, permission: access.permission });
      throw new RequestRefused('PERMISSION_DENIED');
    }
    return true;
  }
}

/** A browser names the page that sends what changes something; only pages of this very server may. */
function assertOwnPage(request: HazriRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { host, origin } = request.headers;
  if (host === undefined || origin !== `https://${host}`) throw new RequestRefused('CSRF_REFUSED');
}

function isSame(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
