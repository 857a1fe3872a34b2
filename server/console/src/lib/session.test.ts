// Nothing of one company or person stays in memory for the next.
import type { Session } from '@hazri/shared/protocol/console-types';
import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { adoptSession } from './session.js';

function session(userId: string, companyId: string): Session {
  return {
    user: { id: userId, name: 'Meera', email: 'm@example.com', role: 'owner', permissions: [], locale: 'en' },
    company: { id: companyId, name: 'Sahyadri', isDemo: false, zone: 'Asia/Kolkata' },
    csrfToken: 'token',
    mustChangePassword: false,
    rootKeySaved: false,
  };
}

function withPeople(): QueryClient {
  const client = new QueryClient();
  adoptSession(client, session('u1', 'c1'));
  client.setQueryData(['people', null, {}], { items: ['someone'] });
  return client;
}

describe('adoptSession', () => {
  it('keeps what was loaded when the same person gets a fresh session', () => {
    const client = withPeople();
    adoptSession(client, session('u1', 'c1'));
    expect(client.getQueryData(['people', null, {}])).toBeDefined();
  });

  it.each([
    ['another company', session('u1', 'c2')],
    ['another person', session('u2', 'c1')],
    ['nobody', null],
  ])('forgets everything for %s', (_, next) => {
    const client = withPeople();
    adoptSession(client, next);
    expect(client.getQueryData(['people', null, {}])).toBeUndefined();
  });
});
