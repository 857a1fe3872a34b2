// What a route declares about its callers. A route that declares nothing is refused by the guard.
import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@hazri/shared/protocol/roles';

export const ACCESS_METADATA = 'hazri:access';

export type Access =
  | {
      readonly kind: 'user';
      readonly permission: Permission | null;
      /** Reachable while the person still has to replace a generated password. */
      readonly beforePasswordChange: boolean;
    }
  | { readonly kind: 'public' }
  | { readonly kind: 'device' }
  | { readonly kind: 'unpaired-device' };

const declare = (access: Access) => SetMetadata(ACCESS_METADATA, access);

/** Signed-in people whose role holds `permission`. */
export const Requires = (permission: Permission) =>
  declare({ kind: 'user', permission, beforePasswordChange: false });

/** Any signed-in person, about themselves only. */
export const RequiresSignIn = (options: { readonly beforePasswordChange: boolean }) =>
  declare({ kind: 'user', permission: null, beforePasswordChange: options.beforePasswordChange });

/** Anyone with a browser. What changes something must still come from our own pages. */
export const Public = () => declare({ kind: 'public' });

/** Paired devices, by signed requests. */
export const DeviceOnly = () => declare({ kind: 'device' });

/** A tablet that is being paired: it has no identity yet and proves its own key in the body. */
export const UnpairedDevice = () => declare({ kind: 'unpaired-device' });
