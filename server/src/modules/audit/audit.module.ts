// Wires the audit trail. Global, because every module that changes something records it.
import { Global, Module } from '@nestjs/common';
import { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Clock } from '../../platform/clock/clock.js';
import { CLOCK } from '../../platform/tokens.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './http/audit.controller.js';
import { ListAudit } from './list-audit.js';
import { AuditRepository } from './persistence/audit.repository.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [
    {
      provide: AuditRepository,
      useFactory: (database: Database) => new AuditRepository(database),
      inject: [Database],
    },
    {
      provide: AuditTrail,
      useFactory: (store: AuditRepository, clock: Clock, unit: UnitOfWork) =>
        new AuditTrail(store, clock, unit),
      inject: [AuditRepository, CLOCK, UnitOfWork],
    },
    {
      provide: ListAudit,
      useFactory: (unit: UnitOfWork, reader: AuditRepository) => new ListAudit(unit, reader),
      inject: [UnitOfWork, AuditRepository],
    },
  ],
  exports: [AuditTrail],
})
export class AuditModule {}
