// The event stream of an open console over real TLS: it brings what was committed and ends with its session.
import { get } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PersonDetail, Site } from '../../../shared/src/protocol/console-types.js';
import type { ConsoleClient } from '../../support/console-client.js';
import { signInAs } from '../../support/console-users.js';
import { foundCompany, startTestServer, type TestServer } from '../../support/server.js';

let server: TestServer;
let owner: ConsoleClient;
beforeAll(async () => {
  server = await startTestServer();
  owner = await foundCompany(server);
}, 60_000);
afterAll(() => server.close());

interface Stream {
  readonly reply: IncomingMessage;
  readonly request: ClientRequest;
  text: string;
  isOver: boolean;
}

function listen(client: ConsoleClient): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const request = get(
      `https://localhost:${String(client.server.port)}/api/live`,
      { ca: client.server.ca, headers: client.ownHeaders(), agent: false },
      (reply) => {
        const stream: Stream = { reply, request, text: '', isOver: false };
        reply.on('data', (chunk: Buffer) => {
          stream.text += chunk.toString('utf8');
        });
        reply.on('close', () => {
          stream.isOver = true;
        });
        resolve(stream);
      },
    );
    request.on('error', reject);
  });
}

async function addPerson(): Promise<string> {
  const siteId = (await owner.call<{ items: Site[] }>('sites')).body.items[0]?.id;
  const code = `L${String(Math.random()).slice(2, 8)}`;
  const body = { code, name: 'Live', department: 'Stores', siteId, locale: 'en', joined: '2026-01-01' };
  return (await owner.call<PersonDetail>('createPerson', { body })).body.id;
}

describe('the live stream', { timeout: 20_000 }, () => {
  it('says what changed to those who may know', async () => {
    const [hr, finance] = [await signInAs(server, owner, 'hr'), await signInAs(server, owner, 'finance')];
    const [heard, nothing] = [await listen(hr), await listen(finance)];
    expect(heard.reply.headers['content-type']).toContain('text/event-stream');
    const id = await addPerson();
    await vi.waitFor(() => {
      expect(heard.text).toContain(`event: person\ndata: {"type":"person","id":"${id}"}\n\n`);
    });
    expect(nothing.text).not.toContain(id);
    heard.request.destroy();
    nothing.request.destroy();
  });

  it('ends at once when the person signs out or is disabled', async () => {
    const hr = await signInAs(server, owner, 'hr');
    const stream = await listen(hr);
    await hr.call('signOut');
    await vi.waitFor(() => {
      expect(stream.isOver).toBe(true);
    });
    const other = await signInAs(server, owner, 'hr');
    const second = await listen(other);
    const { user } = (await other.call<{ user: { id: string } }>('currentSession')).body;
    await owner.call('disableUser', { id: user.id });
    await vi.waitFor(() => {
      expect(second.isOver).toBe(true);
    });
  });

  it('is refused without a session', async () => {
    const reply = await server.client().raw({ method: 'GET', path: '/api/live' });
    expect(reply.status).toBe(401);
  });
});
