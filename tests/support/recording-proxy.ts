// Stands between tablet and server with the server's own certificate and key, and keeps everything both say in clear.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';

export interface RecordingProxy {
  readonly port: number;
  /** All bytes of both directions, one buffer per connection and direction. */
  recorded(): Buffer[];
  writeTo(folder: string): void;
  close(): Promise<void>;
}

export async function startRecordingProxy(options: {
  cert: string;
  key: string;
  port: number;
  target: { host: string; port: number };
}): Promise<RecordingProxy> {
  const streams: Buffer[][] = [];
  const sockets = new Set<tls.TLSSocket>();
  const record = (from: tls.TLSSocket, to: tls.TLSSocket): void => {
    const pieces: Buffer[] = [];
    streams.push(pieces);
    sockets.add(from);
    from.on('data', (piece: Buffer) => {
      pieces.push(piece);
      to.write(piece);
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on('error', () => to.destroy());
  };
  const server = tls.createServer({ cert: options.cert, key: options.key, minVersion: 'TLSv1.3' }, (near) => {
    const far = tls.connect({ ...options.target, rejectUnauthorized: false, servername: 'localhost' });
    record(near, far);
    record(far, near);
  });
  await new Promise<void>((resolve) => server.listen(options.port, '127.0.0.1', resolve));
  const recorded = (): Buffer[] => streams.map((pieces) => Buffer.concat(pieces));
  return {
    port: options.port,
    recorded,
    writeTo(folder) {
      mkdirSync(folder, { recursive: true });
      recorded().forEach((bytes, index) => {
        writeFileSync(path.join(folder, `${index}.bin`), bytes);
      });
    },
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
