import { describe, expect, it } from 'vitest';
import { InvariantError, OperationalError } from '@hazri/shared/result';
import { jsonLogger } from './logger.js';

const lines: string[] = [];
const logger = jsonLogger(
  () => 0,
  (line) => lines.push(line),
);
const logged = (log: () => void): string => {
  lines.length = 0;
  log();
  return lines.join('');
};

describe('the log', () => {
  it('is one JSON line per event', () => {
    const line = logged(() => {
      logger.info('started', { port: 8443, nested: { ok: true } });
    });
    expect(line.endsWith('\n')).toBe(true);
    expect(JSON.parse(line)).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'started',
      port: 8443,
      nested: { ok: true },
    });
  });

  it.each([
    { password: 'canary' },
    { pin: 'canary' },
    { sessionToken: 'canary' },
    { headers: { cookie: 'canary', authorization: 'canary' } },
    { displayName: 'canary' },
    { email: 'canary' },
    { embedding: ['canary'] },
    { deep: { list: [{ secretKey: 'canary' }] } },
    { note: 'write to canary@acme.test' },
    { value: 'canaryCANARYcanaryCANARYcanaryCANARYcanaryCANARY' },
    { value: 'AAAA-CANA-RYCA-NARY-canary' },
    { value: Buffer.from('canary') },
  ])('hides %j', (fields) => {
    const line = logged(() => {
      logger.warn('event', fields);
    });
    expect(line.toLowerCase()).not.toContain('canary');
  });

  it('hides a run of numbers that may be an embedding', () => {
    const line = logged(() => {
      logger.info('event', { data: Array.from({ length: 128 }, () => 0.125) });
    });
    expect(line).not.toContain('0.125');
  });

  it('reduces errors to their kind, code and place', () => {
    const cause = Object.assign(new Error('canary: duplicate key (canary@acme.test)'), { code: '23505' });
    const line = logged(() => {
      logger.error('failed', new OperationalError('DATABASE_BUSY', true, { cause }));
      logger.error('failed', new InvariantError('a thing that cannot be'));
      logger.error('failed', 'canary');
    });
    expect(line).not.toContain('canary');
    expect(line).toContain('"code":"DATABASE_BUSY"');
    expect(line).toContain('"code":"23505"');
    expect(line).toContain('a thing that cannot be');
    expect(line).toContain('logger.test');
  });
});
