// Spreads inputs over worker threads, one engine each. Each worker has at most two inputs waiting, so a long list
// costs no memory and the order of the answers is kept by whoever asks.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { OperationalError, UserError } from '@hazri/shared/result';
import type { Job, Probe, Reply, Request, WorkerSettings } from './worker-messages.js';

const WAITING_PER_WORKER = 2;

interface Pending {
  readonly onLine: (line: string) => void;
  readonly done: (probe: Probe | null) => void;
  readonly fail: (error: Error) => void;
}

interface Member {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Worker threads with engines. */
export class EnginePool {
  private readonly members: Member[];
  private readonly waiting: (() => void)[] = [];
  private nextId = 1;
  private isClosed = false;

  /** `inputs` is how many there will be: a single one gets one worker with all cores instead of many with one. */
  constructor(engine: WorkerSettings['engine'], inputs: number, recognition?: string) {
    const cores = availableParallelism();
    const count = Math.max(1, Math.min(cores, inputs));
    const threads = Math.max(1, Math.floor(cores / count));
    const settings: WorkerSettings = {
      engine,
      threads,
      ...(recognition === undefined ? {} : { recognition }),
    };
    this.members = Array.from({ length: count }, () => this.start(settings));
  }

  /** Does one input; waits for a free worker first. Lines arrive in their order. */
  async run(job: Job, onLine: (line: string) => void = () => undefined): Promise<Probe | null> {
    const member = await this.freeMember();
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        member.pending.delete(id);
        this.waiting.shift()?.();
      };
      member.pending.set(id, {
        onLine,
        done: (probe) => {
          settle();
          resolve(probe);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      });
      member.worker.postMessage({ id, job } satisfies Request);
    });
  }

  /** Ends all workers once they are done with what they have begun: one that is stopped inside a network aborts the process. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const wake of this.waiting.splice(0)) wake();
    await Promise.all(this.members.map(({ worker }) => ended(worker)));
  }

  private async freeMember(): Promise<Member> {
    for (;;) {
      if (this.isClosed) throw new OperationalError('ENGINE_POOL_CLOSED', false);
      const [member] = [...this.members].sort((a, b) => a.pending.size - b.pending.size);
      if (member && member.pending.size < WAITING_PER_WORKER) return member;
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
  }

  private start(settings: WorkerSettings): Member {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: settings });
    const member: Member = { worker, pending: new Map() };
    worker.on('message', (reply: Reply) => {
      receive(member, reply);
    });
    worker.on('error', (cause) => {
      const error =
        cause instanceof UserError ? cause : new OperationalError('ENGINE_WORKER', false, { cause });
      for (const pending of [...member.pending.values()]) pending.fail(error);
    });
    return member;
  }
}

/** Asks a worker to end, and waits for it; one that failed has ended already. */
function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.threadId < 0) {
      resolve();
      return;
    }
    worker.once('exit', () => {
      resolve();
    });
    worker.postMessage({ close: true } satisfies Request);
  });
}

function receive(member: Member, reply: Reply): void {
  const pending = member.pending.get(reply.id);
  if (!pending) return;
  if ('line' in reply) pending.onLine(reply.line);
  else if ('probe' in reply) pending.done(reply.probe);
  else if ('end' in reply) pending.done(null);
  else pending.fail(new UserError(reply.error.code, reply.error.message, reply.error.path));
}
