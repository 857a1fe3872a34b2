// The worst thing about a tablet comes first.
import type { Device } from '@hazri/shared/protocol/console-types';
import { describe, expect, it } from 'vitest';
import { SILENT_AFTER_MS, healthOf } from './health.js';

const NOW_MS = Date.UTC(2026, 10, 20, 6);
const WELL: Device = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Gate 1',
  siteId: '00000000-0000-4000-8000-000000000002',
  siteName: 'Pune plant',
  state: 'active',
  lastSeenMs: NOW_MS - 2_000,
  unsent: 0,
  oldestUnsentAtMs: null,
  appVersion: '0.1.0',
  camera: null,
  cameraPin: null,
  problem: null,
  clockOffsetMs: 0,
};

describe('healthOf', () => {
  it.each([
    ['a tablet that just spoke', {}, 'healthy'],
    ['one with a backlog', { unsent: 3 }, 'behind'],
    [
      'one that is silent, with or without a backlog',
      { unsent: 3, lastSeenMs: NOW_MS - SILENT_AFTER_MS - 1 },
      'silent',
    ],
    ['one that never spoke', { lastSeenMs: null }, 'silent'],
    ['one with a problem', { problem: 'CAMERA_CHANGED', unsent: 9 }, 'problem'],
    ['a revoked one', { state: 'revoked' as const, problem: 'DEVICE_REVOKED' }, 'state'],
  ])('%s', (_, changes, kind) => {
    expect(healthOf({ ...WELL, ...changes }, NOW_MS).kind).toBe(kind);
  });

  it('shows the code of a problem it has no word for', () => {
    expect(healthOf({ ...WELL, problem: 'FAN_STUCK' }, NOW_MS)).toMatchObject({
      problem: 'OTHER',
      code: 'FAN_STUCK',
    });
  });
});
