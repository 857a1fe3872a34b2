// What the server adds to an incoming request, and how to read it.
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InvariantError } from '@hazri/shared/result';
import type { Actor, DevicePrincipal, Principal, UserPrincipal, UserRequest } from './principal.js';

export interface HazriRequest extends Omit<Request, 'user'> {
  /** Exactly the bytes that were sent; a device's signature covers them. Absent without a body. */
  rawBody?: Buffer;
  correlationId?: string;
  user?: Principal;
}
export type HazriResponse = Response;

export const requestOf = (context: ExecutionContext): HazriRequest =>
  context.switchToHttp().getRequest<HazriRequest>();

/** The client's IP; behind a trusted proxy the one it reports. IPv4 is never written as IPv6. */
export const clientAddress = (request: Pick<HazriRequest, 'ip'>): string =>
  (request.ip ?? 'unknown').replace(/^::ffff:/, '').slice(0, 64);

export const correlationIdOf = (request: HazriRequest): string => request.correlationId ?? 'none';

export function userOf(request: HazriRequest): UserPrincipal {
  if (request.user?.kind !== 'user') throw new InvariantError('a user route without a user');
  return request.user;
}

export function userRequestOf(request: HazriRequest): UserRequest {
  const principal = userOf(request);
  const actor: Actor = {
    kind: 'user',
    id: principal.userId,
    name: principal.name,
    address: clientAddress(request),
  };
  return { principal, actor };
}

/** The signed-in person with the address, as use-cases want it. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): UserRequest =>
  userRequestOf(requestOf(context)),
);

export const CurrentDevice = createParamDecorator(
  (_: unknown, context: ExecutionContext): DevicePrincipal => {
    const { user } = requestOf(context);
    if (user?.kind !== 'device') throw new InvariantError('a device route without a device');
    return user;
  },
);

/** The client's IP, for routes that have no principal. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  clientAddress(requestOf(context)),
);
