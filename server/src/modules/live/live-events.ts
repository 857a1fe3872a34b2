// Tells the open consoles of one company what changed. Publish after the commit, never before it.
import type { LiveEvent } from '@hazri/shared/protocol/console-types';
import type { Permission } from '@hazri/shared/protocol/roles';
import type { UserPrincipal } from '../../platform/http/principal.js';

/** Whose team an event is about; a head hears of the own team only. */
export interface LiveScope {
  readonly department: string | null;
}

export interface LiveListener {
  readonly principal: UserPrincipal;
  send(event: LiveEvent): void;
  close(): void;
}

const NEEDED: Readonly<Record<LiveEvent['type'], Permission>> = {
  punch: 'punches.read',
  exception: 'punches.read',
  device: 'devices.read',
  person: 'people.read',
  'look-alikes': 'enrolment.manage',
};

export class LiveEvents {
  private readonly listeners = new Map<string, Set<LiveListener>>();

  /** Returns how to leave again. */
  subscribe(listener: LiveListener): () => void {
    const { tenantId } = listener.principal;
    const ofTenant = this.listeners.get(tenantId) ?? new Set();
    this.listeners.set(tenantId, ofTenant.add(listener));
    return () => {
      ofTenant.delete(listener);
      if (ofTenant.size === 0) this.listeners.delete(tenantId);
    };
  }

  /** Without a scope an event that is about people reaches nobody who is limited to a team. */
  publish(tenantId: string, event: LiveEvent, scope?: LiveScope): void {
    for (const listener of this.listeners.get(tenantId) ?? []) {
      if (mayHear(listener.principal, event, scope)) listener.send(event);
    }
  }

  /** Ends the streams of a session, or of everything that `isOver` says is over. */
  closeWhere(isOver: (principal: UserPrincipal) => boolean): void {
    for (const ofTenant of this.listeners.values()) {
      for (const listener of [...ofTenant]) if (isOver(listener.principal)) listener.close();
    }
  }

  /** Everyone who listens now, to check their sessions again. */
  all(): LiveListener[] {
    return [...this.listeners.values()].flatMap((ofTenant) => [...ofTenant]);
  }
}

function mayHear(principal: UserPrincipal, event: LiveEvent, scope: LiveScope | undefined): boolean {
  if (!principal.permissions.includes(NEEDED[event.type])) return false;
  if (principal.role !== 'head' || event.type === 'device') return true;
  return scope !== undefined && scope.department !== null && scope.department === principal.department;
}
