// Counts which template was the nearest one of an accepted punch. Counted in memory and written from time to time, because
// a punch must not wait for statistics; what a crash loses is a minute of them.
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { TemplateRows, TemplateUsed } from './template.js';

/** Written in one unit of work; others have their turn between two of them. */
const TEMPLATES_AT_ONCE = 100;
/** Beyond this many waiting templates new ones are not counted until the next writing. */
const WAITING_AT_MOST = 100_000;

export class TemplateUse {
  private waiting = new Map<string, TemplateUsed>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly templates: Pick<TemplateRows, 'addUse'>,
  ) {}

  /** Inside the unit of work of the punch; counts after its commit. */
  note(tenantId: string, templateId: string, atMs: number): void {
    this.unitOfWork.afterCommit(() => {
      this.count(tenantId, templateId, atMs);
    });
  }

  async write(): Promise<void> {
    const used = [...this.waiting.values()];
    this.waiting = new Map();
    for (let at = 0; at < used.length; at += TEMPLATES_AT_ONCE) {
      await this.unitOfWork.run(async () => {
        for (const one of used.slice(at, at + TEMPLATES_AT_ONCE)) await this.templates.addUse(one);
      });
    }
  }

  private count(tenantId: string, templateId: string, atMs: number): void {
    const before = this.waiting.get(templateId);
    if (before === undefined && this.waiting.size >= WAITING_AT_MOST) return;
    this.waiting.set(templateId, {
      tenantId,
      templateId,
      times: (before?.times ?? 0) + 1,
      lastAtMs: Math.max(before?.lastAtMs ?? 0, atMs),
    });
  }
}
