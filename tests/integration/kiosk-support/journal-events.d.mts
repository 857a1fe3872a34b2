import type { DeviceEvent } from '@hazri/shared/protocol/event';
import type { Position } from '../../../kiosk/src/journal/journal.js';

export const DEVICE: string;
export function checkInEvent(position: Position): DeviceEvent;
export function epochEvent(
  position: Position,
  reason: 'wiped' | 'unreadable' | 'fork' | 'restored',
): DeviceEvent;
