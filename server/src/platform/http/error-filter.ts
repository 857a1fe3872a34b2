// Turns whatever was thrown into {code, correlationId, retryable, issues?}. What is not known is a 500 without a word.
import { type ArgumentsHost, type ExceptionFilter, HttpException } from '@nestjs/common';
import { OperationalError, UserError } from '@hazri/shared/result';
import type { ErrorBody } from '@hazri/shared/protocol/primitives';
import type { Logger } from '../logging/logger.js';
import { ERROR_STATUS, type ErrorCode, RequestRefused, isErrorCode, isRetryableCode } from './refusal.js';
import { type HazriRequest, type HazriResponse, correlationIdOf } from './request.js';

export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<HazriRequest>();
    const response = http.getResponse<HazriResponse>();
    const correlationId = correlationIdOf(request);
    const refused = asRefusal(error);
    if (refused.code === 'INTERNAL' || refused.code === 'SERVER_BUSY') {
      this.logger.error('request failed', error, { correlationId, method: request.method });
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    const body: ErrorBody = {
      code: refused.code,
      correlationId,
      retryable: isRetryableCode(refused.code),
      ...(refused.more.issues === undefined ? {} : { issues: [...refused.more.issues] }),
    };
    response
      .status(ERROR_STATUS[refused.code])
      .set({ 'cache-control': 'no-store', ...refused.more.headers })
      .json(body);
  }
}

/** A Map of Nest's and the body parser's own statuses; their texts are not passed on. */
const STATUS_CODE = new Map<number, ErrorCode>([
  [400, 'REQUEST_INVALID'],
  [404, 'NOT_FOUND'],
  [405, 'METHOD_REFUSED'],
  [413, 'BODY_TOO_LARGE'],
  [415, 'BODY_UNREADABLE'],
]);

function asRefusal(error: unknown): RequestRefused {
  if (error instanceof RequestRefused) return error;
  if (error instanceof OperationalError) return new RequestRefused('SERVER_BUSY');
  if (error instanceof UserError) {
    return new RequestRefused(isErrorCode(error.code) ? error.code : 'REQUEST_INVALID');
  }
  return new RequestRefused(STATUS_CODE.get(statusOf(error) ?? 500) ?? 'INTERNAL');
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : undefined;
}
