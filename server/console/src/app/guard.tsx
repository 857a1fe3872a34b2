// Nobody sees a page before the server said who they are. A forced password change comes before everything else.
import { Center, Loader } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router-dom';
import { speak } from '../lib/i18n.js';
import { LiveProvider } from '../lib/live.js';
import { SessionProvider, useCurrentSession } from '../lib/session.js';
import { Trouble } from '../ui/states.js';
import { useTranslation } from 'react-i18next';

const ForcedPasswordPage = lazy(async () => ({
  default: (await import('../features/sign-in/forced-password-page.js')).ForcedPasswordPage,
}));

export function SignedIn() {
  const { t } = useTranslation();
  const session = useCurrentSession();
  const location = useLocation();
  const language = session.data?.user.locale;
  useEffect(() => {
    if (language !== undefined) void speak(language);
  }, [language]);

  if (session.data === undefined) {
    return (
      <main>
        <Center mih="100vh" p="lg">
          {session.isPending ? (
            <Loader size="sm" aria-label={t('shell.loading')} role="status" />
          ) : (
            <Trouble isPage error={session.error} onRetry={() => void session.refetch()} />
          )}
        </Center>
      </main>
    );
  }
  if (session.data === null) {
    const next =
      location.pathname === '/' ? '' : `?next=${encodeURIComponent(location.pathname + location.search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }
  if (session.data.mustChangePassword) {
    return (
      <SessionProvider value={session.data}>
        <Suspense fallback={null}>
          <ForcedPasswordPage />
        </Suspense>
      </SessionProvider>
    );
  }
  return (
    <SessionProvider value={session.data}>
      <LiveProvider>
        <Outlet />
      </LiveProvider>
    </SessionProvider>
  );
}
