// passport's strategy for people: the session cookie.
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport-custom';
import { SESSION_STRATEGY } from '../../../platform/http/access-guard.js';
import type { UserPrincipal } from '../../../platform/http/principal.js';
import { RequestRefused, answer } from '../../../platform/http/refusal.js';
import { ResolveSession } from '../sessions.js';
import { sessionTokenOf } from './session-cookie.js';

@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, SESSION_STRATEGY) {
  constructor(@Inject(ResolveSession) private readonly resolveSession: ResolveSession) {
    super();
  }

  async validate(request: Request): Promise<UserPrincipal> {
    const token = sessionTokenOf(request.headers.cookie);
    if (token === null) throw new RequestRefused('SESSION_MISSING');
    return answer(await this.resolveSession.run(token));
  }
}
