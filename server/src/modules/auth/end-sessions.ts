// Ends sessions at once: the next request is refused, and open event streams close after the commit.
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { LiveEvents } from '../live/public.js';
import type { SessionStore } from './user-store.js';

/** Every method runs inside the caller's unit of work. */
export class EndSessions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly live: LiveEvents,
  ) {}

  async one(sessionId: string): Promise<void> {
    await this.sessions.remove(sessionId);
    this.unitOfWork.afterCommit(() => {
      this.live.closeWhere((principal) => principal.sessionId === sessionId);
    });
  }

  async all(userId: string): Promise<void> {
    await this.sessions.removeOf(userId);
    this.unitOfWork.afterCommit(() => {
      this.live.closeWhere((principal) => principal.userId === userId);
    });
  }
}
