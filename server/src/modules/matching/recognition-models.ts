// Which recognition models a company's tablets run: one, or two while people are switched from one to the next. Nobody is
// photographed for it; see roll-over.ts for how a person is switched.
//
//   { current } ──start──▶ { current, next } ──everybody switched, end──▶ { current: next }
//                                └──nobody switched yet, end──▶ { current }
import type { Recognition } from '@hazri/shared/protocol/console-types';
import { calibration, calibrations } from '@hazri/shared/domain/matching/calibration';
import { calibrationOf } from '@hazri/shared/domain/matching/threshold';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { ModelsToRun } from '../devices/public.js';
import type { TemplateRows } from './template.js';

export interface StoredModels {
  readonly tenantId: string;
  readonly current: string;
  readonly next: string | null;
  readonly startedAtMs: number | null;
}

/** Every method runs inside the caller's unit of work. */
export interface ModelRows {
  of(tenantId: string): Promise<StoredModels | null>;
  /** Others who change it wait until the unit of work ends. */
  lock(tenantId: string): Promise<StoredModels | null>;
  put(models: StoredModels): Promise<void>;
}

export interface RecognitionModelsDeps {
  readonly unitOfWork: UnitOfWork;
  readonly rows: ModelRows;
  readonly templates: TemplateRows;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

export class RecognitionModels implements ModelsToRun {
  constructor(private readonly deps: RecognitionModelsDeps) {}

  /** Inside the caller's unit of work. */
  async of(tenantId: string): Promise<StoredModels> {
    return (await this.deps.rows.of(tenantId)) ?? { tenantId, ...DEFAULT_MODELS };
  }

  read(tenantId: string): Promise<Recognition> {
    return this.deps.unitOfWork.run(async () => this.view(await this.of(tenantId)));
  }

  start(by: UserRequest, next: string): Promise<Result<Recognition, Refusal>> {
    const { unitOfWork, rows, audit, clock } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run<Result<Recognition, Refusal>>(async () => {
      const models = (await rows.lock(tenantId)) ?? (await this.of(tenantId));
      if (models.next !== null) return err('ALREADY_DONE');
      if (next === models.current || calibrationOf(next) === undefined) {
        return err({ code: 'REQUEST_INVALID', issues: [{ path: 'body.next', code: 'MODEL_UNKNOWN' }] });
      }
      const changed = { ...models, next, startedAtMs: clock.nowMs() };
      await rows.put(changed);
      audit.record({ tenantId, actor: by.actor, action: 'recognition.roll-over-started', subject: next });
      return ok(await this.view(changed));
    });
  }

  end(by: UserRequest): Promise<Result<Recognition, Refusal>> {
    const { unitOfWork, rows, audit } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run<Result<Recognition, Refusal>>(async () => {
      const models = (await rows.lock(tenantId)) ?? (await this.of(tenantId));
      if (models.next === null) return err('ALREADY_DONE');
      const { enrolled, switched } = await this.view(models);
      if (switched > 0 && switched < enrolled) return err('ROLL_OVER_UNFINISHED');
      const current = switched > 0 ? models.next : models.current;
      const changed = { tenantId, current, next: null, startedAtMs: null };
      await rows.put(changed);
      const action = switched > 0 ? 'recognition.roll-over-finished' : 'recognition.roll-over-cancelled';
      audit.record({ tenantId, actor: by.actor, action, subject: models.next });
      return ok(await this.view(changed));
    });
  }

  private async view({ tenantId, current, next, startedAtMs }: StoredModels): Promise<Recognition> {
    const people = await this.deps.templates.peopleByModel(tenantId);
    const enrolled = [...people.values()].reduce((sum, count) => sum + count, 0);
    const switched = next === null ? 0 : (people.get(next) ?? 0);
    const available = calibrations.map(({ modelId }) => modelId).filter((id) => id !== current);
    return { current, next, startedAtMs, available, enrolled, switched };
  }
}

const DEFAULT_MODELS = { current: calibration.modelId, next: null, startedAtMs: null } as const;
