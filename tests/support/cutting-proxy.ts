// A TCP proxy that cuts a connection after so many bytes, counted over both directions, or lets it pass.
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Bytes after which the next connection is cut; null lets it pass. Used once. */
  cutNextAfter: number | null = null;
  /** Bytes of the last connection that passed whole. */
  passed = 0;
  cuts = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(target: number): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server);
    server.on('connection', (socket) => {
      proxy.#join(socket, connect(target, '127.0.0.1'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    const cutAfter = this.cutNextAfter;
    this.cutNextAfter = null;
    let passed = 0;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const pass = (to: Socket, piece: Buffer): void => {
      const left = cutAfter === null ? piece.length : Math.min(piece.length, cutAfter - passed);
      passed += left;
      this.passed = passed;
      if (left > 0) to.write(piece.subarray(0, left));
      if (cutAfter === null || passed < cutAfter) return;
      this.cuts += 1;
      // What was let through still arrives, and then nothing more.
      to.end(end);
      setImmediate(end);
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (piece: Buffer) => {
        pass(to, piece);
      });
      from.on('error', end);
      from.on('close', () => {
        this.#sockets.delete(from);
        end();
      });
    }
    if (cutAfter !== 0) return;
    this.cuts += 1;
    end();
  }
}
