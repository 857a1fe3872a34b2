// What other modules may use of accounts and sessions.
export { Accounts } from './accounts.js';
export { FirstSignIn } from './first-sign-in.js';
export { setSessionCookie } from './http/session-cookie.js';
export { OpenSession, ResolveSession, SessionViews, type OpenedSession } from './sessions.js';
