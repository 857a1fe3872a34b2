// Starts the console: words, theme, queries, pages. The style nonce comes from the page that the server sent.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../ui/fonts.css';
import '../ui/tokens.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router-dom';
import { ApiError, isSignedOut } from '../lib/api-error.js';
import { startWords } from '../lib/i18n.js';
import { adoptSession } from '../lib/session.js';
import { ROUTER } from './router.js';
import { THEME, VARIABLES } from './theme.js';

const RETRIES = 2;

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
// The scroll lock under dialogs writes a style element too; it looks for its nonce under this name.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();

const onError = (error: unknown) => {
  if (isSignedOut(error)) adoptSession(client, null);
};
const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always',
      retry: (failures, error) => failures < RETRIES && error instanceof ApiError && error.fields.retryable,
      retryDelay: (failures) => 400 * 2 ** failures,
    },
    mutations: { networkMode: 'always' },
  },
});

await startWords();
const root = document.getElementById('root');
if (root === null) throw new Error('ROOT_ELEMENT_MISSING');
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={THEME}
      cssVariablesResolver={VARIABLES}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={3} />
        <RouterProvider router={ROUTER} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
