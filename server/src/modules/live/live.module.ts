// Wires the live events.
import { Global, Module } from '@nestjs/common';
import { LiveController } from './http/live.controller.js';
import { LiveEvents } from './live-events.js';

@Global()
@Module({
  controllers: [LiveController],
  providers: [{ provide: LiveEvents, useFactory: () => new LiveEvents() }],
  exports: [LiveEvents],
})
export class LiveModule {}
