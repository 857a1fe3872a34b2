// Today, punches and exceptions for the console.
import { Controller, Inject, Res } from '@nestjs/common';
import { Requires } from '../../../platform/http/access.js';
import { Checked, Handles, type Input } from '../../../platform/http/console-route.js';
import type { UserRequest } from '../../../platform/http/principal.js';
import { answer } from '../../../platform/http/refusal.js';
import { CurrentUser, type HazriResponse } from '../../../platform/http/request.js';
import { ListPunches } from '../list-punches.js';
import { SettleExceptions } from '../settle-exceptions.js';
import { Today } from '../today.js';

@Controller()
export class AttendanceController {
  constructor(
    @Inject(Today) private readonly todayOf: Today,
    @Inject(ListPunches) private readonly punchList: ListPunches,
    @Inject(SettleExceptions) private readonly settle: SettleExceptions,
  ) {}

  @Requires('punches.read')
  @Handles('today')
  async today(@CurrentUser() by: UserRequest, @Checked() input: Input<'today'>) {
    return answer(await this.todayOf.run(by.principal, input.query.siteId ?? null));
  }

  @Requires('punches.read')
  @Handles('punches')
  punches(@CurrentUser() by: UserRequest, @Checked() input: Input<'punches'>) {
    return this.punchList.page(by, input.query);
  }

  @Requires('punches.export')
  @Handles('punchesCsv')
  async punchesCsv(
    @CurrentUser() by: UserRequest,
    @Checked() input: Input<'punchesCsv'>,
    @Res() response: HazriResponse,
  ): Promise<void> {
    const pieces = this.punchList.csv(by, input.query);
    const first = await pieces.next();
    response
      .status(200)
      .setHeader('content-type', 'text/csv; charset=utf-8')
      .setHeader('content-disposition', 'attachment; filename="punches.csv"');
    if (first.done !== true) response.write(first.value);
    for await (const piece of pieces) response.write(piece);
    response.end();
  }

  @Requires('punches.read')
  @Handles('exceptions')
  exceptions(@CurrentUser() by: UserRequest, @Checked() input: Input<'exceptions'>) {
    return this.settle.page(by, input.query);
  }

  @Requires('exceptions.manage')
  @Handles('resolveException')
  async resolve(@CurrentUser() by: UserRequest, @Checked() input: Input<'resolveException'>) {
    return answer(await this.settle.resolve(by, input.params.id, input.body));
  }
}
