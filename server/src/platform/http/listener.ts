// Opens and closes listeners; a port that cannot be had is said in one sentence.
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { InvariantError, UserError } from '@hazri/shared/result';

const GRACE_MS = 3000;

export function listen(
  server: HttpServer | HttpsServer,
  at: { readonly host: string; readonly port: number; readonly setting: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(asUserError(error, at));
    });
    server.listen(at.port, at.host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function asUserError(
  error: NodeJS.ErrnoException,
  { host, port, setting }: { readonly host: string; readonly port: number; readonly setting: string },
): Error {
  if (error.code === 'EADDRINUSE') {
    return new UserError(
      'PORT_BUSY',
      `Port ${String(port)} is in use. Stop the other program or choose another port with ${setting}.`,
    );
  }
  if (error.code === 'EACCES') {
    return new UserError(
      'PORT_FORBIDDEN',
      `Port ${String(port)} needs more rights. Choose one with ${setting}.`,
    );
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new UserError('HOST_UNKNOWN', `This machine has no address ${host}. Set HAZRI_HOST.`);
  }
  return error;
}

export function portOf(server: HttpServer | HttpsServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new InvariantError('a listener without a port');
  return address.port;
}

/** Lets requests that are under way finish, but does not wait for streams. */
export function stop(server: HttpServer | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
