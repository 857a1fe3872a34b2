// Who is signed in and what they may do. Pages hide what a role cannot do; the server refuses it regardless.
import type { Session } from '@hazri/shared/protocol/console-types';
import type { Permission } from '@hazri/shared/protocol/roles';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { call, rememberCsrfToken } from './api.js';
import { isSignedOut } from './api-error.js';

const SESSION_KEY = ['currentSession'] as const;

/** The session, null when nobody is signed in, undefined while it is being asked for. */
export function useCurrentSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async (): Promise<Session | null> => {
      try {
        const session = await call('currentSession', {});
        rememberCsrfToken(session.csrfToken);
        return session;
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

/**
 * Puts a fresh session in place after signing in, or removes it (null). Everything that another person or another
 * company could see is forgotten first.
 */
export function adoptSession(client: QueryClient, session: Session | null): void {
  rememberCsrfToken(session?.csrfToken ?? null);
  const before = client.getQueryData<Session | null>(SESSION_KEY);
  const isSame = before?.user.id === session?.user.id && before?.company.id === session?.company.id;
  if (session === null || !isSame) {
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
  }
  client.setQueryData(SESSION_KEY, session);
}

export function useAdoptSession(): (session: Session | null) => void {
  const client = useQueryClient();
  return (session) => {
    adoptSession(client, session);
  };
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

/** The session of a signed-in page. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('SESSION_CONTEXT_MISSING');
  return session;
}

export function useCan(): (permission: Permission) => boolean {
  const { user } = useSession();
  return (permission) => user.permissions.includes(permission);
}
