// Signs people of several roles and companies in to a test server.
import type { Role } from '../../shared/src/protocol/roles.js';
import { CreateCompany } from '../../server/src/modules/tenants/public.js';
import type { ConsoleClient } from './console-client.js';
import type { TestServer } from './server.js';

export const USER_PASSWORD = 'quiet river under stones';

/** Invites someone and lets them choose a password; returns their console. */
export async function signInAs(
  server: TestServer,
  owner: ConsoleClient,
  role: Role,
  department: string | null = null,
): Promise<ConsoleClient> {
  const email = `${role}-${Math.random().toString(36).slice(2)}@acme.test`;
  const invited = await owner.call<{ url: string }>('inviteUser', {
    body: { email, name: `The ${role}`, role, department },
  });
  if (invited.status !== 200) throw new Error(`inviting answered ${String(invited.status)}`);
  const client = server.client();
  const token = tokenOf(invited.body.url);
  const joined = await client.call('acceptInvitation', { body: { token, password: USER_PASSWORD } });
  if (joined.status !== 200) throw new Error(`joining answered ${String(joined.status)} ${joined.text}`);
  return client;
}

export const tokenOf = (url: string): string => new URL(url).hash.replace('#token=', '');

/** Another company on the same server, past the rule that only the first may be founded by anyone. */
export async function foreignCompany(
  server: TestServer,
): Promise<{ readonly client: ConsoleClient; readonly tenantId: string; readonly siteId: string }> {
  const email = `owner-${Math.random().toString(36).slice(2)}@other.test`;
  const founded = await server.running.app.get(CreateCompany).run(
    {
      companyName: 'Other Mills',
      siteName: 'Other gate',
      zone: 'Asia/Kolkata',
      locale: 'en',
      ownerName: 'Otto Other',
      email,
      password: USER_PASSWORD,
    },
    { address: null, isDemo: true },
  );
  if (!founded.ok) throw new Error('the other company could not be founded');
  const client = server.client();
  await client.call('signIn', { body: { email, password: USER_PASSWORD } });
  return { client, tenantId: founded.value.tenantId, siteId: founded.value.siteId };
}
