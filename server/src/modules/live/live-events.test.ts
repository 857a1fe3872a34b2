import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '@hazri/shared/protocol/console-types';
import { ROLE_PERMISSIONS, type Role } from '@hazri/shared/protocol/roles';
import type { UserPrincipal } from '../../platform/http/principal.js';
import { LiveEvents } from './live-events.js';

const principal = (role: Role, tenantId: string, department: string | null = null): UserPrincipal => ({
  kind: 'user',
  tenantId,
  userId: role,
  sessionId: `${role}-session`,
  name: role,
  email: `${role}@acme.test`,
  role,
  permissions: ROLE_PERMISSIONS[role],
  locale: 'en',
  department,
  csrfToken: '',
  mustChangePassword: false,
});

function listen(live: LiveEvents, who: UserPrincipal) {
  const heard: LiveEvent[] = [];
  let isOpen = true;
  const leave = live.subscribe({
    principal: who,
    send: (event) => heard.push(event),
    close: () => {
      isOpen = false;
    },
  });
  return { heard, leave, isOpen: () => isOpen };
}

const PERSON: LiveEvent = { type: 'person', id: '33333333-3333-4333-8333-333333333333' };
const DEVICE: LiveEvent = { type: 'device', id: '44444444-4444-4444-8444-444444444444' };

describe('live events', () => {
  it('reach those of the company who may read what they are about', () => {
    const live = new LiveEvents();
    const [hr, finance, it_, foreign] = [
      listen(live, principal('hr', 'a')),
      listen(live, principal('finance', 'a')),
      listen(live, principal('it', 'a')),
      listen(live, principal('hr', 'b')),
    ];
    live.publish('a', PERSON, { department: null });
    live.publish('a', DEVICE);
    expect(hr.heard).toEqual([PERSON, DEVICE]);
    expect(it_.heard).toEqual([DEVICE]);
    expect(finance.heard).toEqual([]);
    expect(foreign.heard).toEqual([]);
  });

  it('reach a head for the own team only', () => {
    const live = new LiveEvents();
    const head = listen(live, principal('head', 'a', 'Quality'));
    live.publish('a', PERSON, { department: 'Stores' });
    live.publish('a', PERSON, { department: null });
    live.publish('a', PERSON);
    expect(head.heard).toEqual([]);
    live.publish('a', PERSON, { department: 'Quality' });
    expect(head.heard).toEqual([PERSON]);
  });

  it('end with the session, and are not sent to who has left', () => {
    const live = new LiveEvents();
    const hr = listen(live, principal('hr', 'a'));
    live.closeWhere((who) => who.sessionId === 'hr-session');
    expect(hr.isOpen()).toBe(false);
    hr.leave();
    live.publish('a', PERSON);
    expect(hr.heard).toEqual([]);
    expect(live.all()).toEqual([]);
  });
});
