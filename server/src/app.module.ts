// The whole server as modules. Each one is entered by others through its public.ts only.
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AttendanceModule } from './modules/attendance/attendance.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { DevicesModule } from './modules/devices/devices.module.js';
import { IngestModule } from './modules/ingest/ingest.module.js';
import { LiveModule } from './modules/live/live.module.js';
import { MatchingModule } from './modules/matching/matching.module.js';
import { PeopleModule } from './modules/people/people.module.js';
import { TenantsModule } from './modules/tenants/tenants.module.js';
import { PlatformModule, type Runtime } from './platform/platform.module.js';

const FEATURES: readonly Type[] = [
  AuditModule,
  LiveModule,
  TenantsModule,
  AuthModule,
  PeopleModule,
  MatchingModule,
  DevicesModule,
  AttendanceModule,
  IngestModule,
];

@Module({})
export class AppModule {
  /** @param more modules of a test, beside the real ones */
  static with(runtime: Runtime, more: readonly Type[] = []): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(runtime), ...FEATURES, ...more] };
  }
}
