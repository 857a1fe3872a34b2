// Binds a controller method to one row of the console API: its method and path, what goes in and what comes out.
import {
  type CallHandler,
  type ExecutionContext,
  HttpCode,
  type NestInterceptor,
  RequestMapping,
  RequestMethod,
  SetMetadata,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import { type Observable, map } from 'rxjs';
import { z } from 'zod';
import { CONSOLE_API, type ConsoleApi, type ConsoleRoute } from '@hazri/shared/protocol/console';
import { InvariantError } from '@hazri/shared/result';
import { type Issue, RequestRefused } from './refusal.js';
import { requestOf } from './request.js';

const ROUTE_METADATA = 'hazri:console-route';

type Parsed<R extends ConsoleRoute, K extends 'body' | 'query'> =
  ConsoleApi[R] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

/** What a controller method gets: everything already checked. */
export interface Input<R extends ConsoleRoute> {
  readonly params: { readonly id: string };
  readonly body: Parsed<R, 'body'>;
  readonly query: Parsed<R, 'query'>;
}

/** The method answers `name` of the console API, with status 200. */
export function Handles(name: ConsoleRoute): MethodDecorator {
  const { method, path } = CONSOLE_API[name];
  return applyDecorators(
    RequestMapping({ method: RequestMethod[method], path }),
    HttpCode(200),
    SetMetadata(ROUTE_METADATA, name),
  );
}

function routeOf(context: ExecutionContext): ConsoleRoute | undefined {
  return Reflect.getMetadata(ROUTE_METADATA, context.getHandler()) as ConsoleRoute | undefined;
}

export const Checked = createParamDecorator((_: unknown, context: ExecutionContext): Input<ConsoleRoute> => {
  const name = routeOf(context);
  if (name === undefined) throw new InvariantError('checked input needs a console route');
  const route: { readonly path: string; readonly body?: z.ZodType; readonly query?: z.ZodType } =
    CONSOLE_API[name];
  const request = requestOf(context);
  const params = request.params as Record<string, string>;
  for (const value of Object.values(params)) {
    if (!z.uuid().safeParse(value).success) throw new RequestRefused('NOT_FOUND');
  }
  return {
    params: params as { id: string },
    body: checked(route.body, request.body, 'body') as never,
    query: checked(route.query, request.query, 'query') as never,
  };
});

function checked(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new RequestRefused('REQUEST_INVALID', { issues: issuesOf(parsed.error, where) });
}

/** Where and what kind of problem, never the value. */
export function issuesOf(error: z.ZodError, where: string): Issue[] {
  return error.issues
    .slice(0, 50)
    .map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), code: issue.code.toUpperCase() }));
}

/** Lets nothing leave that the console API does not name: an extra field is dropped, a wrong one is our bug. */
export class ConsoleOutput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = routeOf(context);
    if (name === undefined) return next.handle();
    const output: z.ZodType = CONSOLE_API[name].output;
    if (output instanceof z.ZodUndefined) return next.handle();
    return next.handle().pipe(
      map((value: unknown) => {
        const parsed = output.safeParse(value);
        if (parsed.success) return parsed.data;
        const path = parsed.error.issues[0]?.path.join('.') ?? '';
        throw new InvariantError('a reply does not fit the console API', { route: name, path });
      }),
    );
  }
}
