// Who is asking. A person at the console and a device are different kinds; neither can pass for the other.
import type { Permission, Role } from '@hazri/shared/protocol/roles';
import type { Locale } from '@hazri/shared/protocol/primitives';

export interface UserPrincipal {
  readonly kind: 'user';
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly locale: Locale;
  /** A head sees this team only (the empty one when none is set); null means every team. */
  readonly department: string | null;
  readonly csrfToken: string;
  readonly mustChangePassword: boolean;
}

/** All of it from the device's own row, read for this request. */
export interface DevicePrincipal {
  readonly kind: 'device';
  readonly tenantId: string;
  readonly deviceId: string;
  readonly name: string;
  readonly siteId: string;
  /** base64 of 32 bytes (Ed25519). */
  readonly signPublicKey: string;
  readonly cameraPin: string | null;
  /** Where the request came from. */
  readonly address: string | null;
}

export type Principal = UserPrincipal | DevicePrincipal;

/** Who did it, for the audit trail. `address` is the client's IP, null when nobody asked from outside. */
export interface Actor {
  readonly kind: 'user' | 'device' | 'system';
  readonly id: string | null;
  readonly name: string;
  readonly address: string | null;
}

/** What a use-case learns of its caller. */
export interface UserRequest {
  readonly principal: UserPrincipal;
  readonly actor: Actor;
}
