// Which page lives where. Every page is loaded when it is first opened.
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router-dom';
import { SignedIn } from './guard.js';
import { Home, NoSuchPage, PageBroke } from './fallbacks.js';
import { Shell } from './shell.js';

const OPEN: RouteObject[] = [
  {
    path: '/sign-in',
    lazy: async () => ({ Component: (await import('../features/sign-in/sign-in-page.js')).SignInPage }),
  },
  {
    path: '/invitation/:token?',
    lazy: async () => ({
      Component: (await import('../features/sign-in/invitation-page.js')).InvitationPage,
    }),
  },
  {
    path: '/reset/:token?',
    lazy: async () => ({ Component: (await import('../features/sign-in/reset-page.js')).ResetPage }),
  },
  {
    path: '/start',
    lazy: async () => ({
      Component: (await import('../features/sign-in/start-company-page.js')).StartCompanyPage,
    }),
  },
];

const INSIDE: RouteObject[] = [
  { index: true, element: <Home /> },
  {
    path: 'today',
    lazy: async () => ({ Component: (await import('../features/today/today-page.js')).TodayPage }),
  },
  {
    path: 'exceptions',
    lazy: async () => ({
      Component: (await import('../features/exceptions/exceptions-page.js')).ExceptionsPage,
    }),
  },
  {
    path: 'people',
    lazy: async () => ({ Component: (await import('../features/people/people-page.js')).PeoplePage }),
  },
  {
    path: 'people/:id',
    lazy: async () => ({ Component: (await import('../features/person/person-page.js')).PersonPage }),
  },
  {
    path: 'look-alikes',
    lazy: async () => ({
      Component: (await import('../features/look-alikes/look-alikes-page.js')).LookAlikesPage,
    }),
  },
  {
    path: 'punches',
    lazy: async () => ({ Component: (await import('../features/punches/punches-page.js')).PunchesPage }),
  },
  {
    path: 'devices',
    lazy: async () => ({ Component: (await import('../features/devices/devices-page.js')).DevicesPage }),
  },
  { path: 'settings', element: <Navigate to="/settings/company" replace /> },
  {
    path: 'settings/company',
    lazy: async () => ({ Component: (await import('../features/company/company-page.js')).CompanyPage }),
  },
  {
    path: 'settings/users',
    lazy: async () => ({ Component: (await import('../features/users/users-page.js')).UsersPage }),
  },
  {
    path: 'settings/recognition',
    lazy: async () => ({
      Component: (await import('../features/recognition/recognition-page.js')).RecognitionPage,
    }),
  },
  {
    path: 'settings/audit',
    lazy: async () => ({ Component: (await import('../features/audit/audit-page.js')).AuditPage }),
  },
  {
    path: 'settings/root-key',
    lazy: async () => ({ Component: (await import('../features/root-key/root-key-page.js')).RootKeyPage }),
  },
  {
    path: 'account',
    lazy: async () => ({ Component: (await import('../features/account/account-page.js')).AccountPage }),
  },
  { path: '*', element: <NoSuchPage /> },
];

export const ROUTER = createBrowserRouter([
  {
    errorElement: <PageBroke />,
    hydrateFallbackElement: <></>,
    children: [
      ...OPEN,
      {
        element: <SignedIn />,
        children: [
          {
            path: '/',
            element: <Shell />,
            children: [{ errorElement: <PageBroke inside />, children: INSIDE }],
          },
        ],
      },
    ],
  },
]);
