// Punches and exceptions as the console shows them, with the names of people, devices and sites.
import type {
  AttendanceException as ExceptionView,
  Punch as PunchView,
} from '@hazri/shared/protocol/console-types';
import type { DeviceRegister } from '../devices/public.js';
import type { PeopleDirectory } from '../people/public.js';
import type { AttendanceException } from './exceptions.js';
import type { PunchWithUndo } from './punch.js';

interface Names {
  readonly personName: string;
  readonly personCode: string;
  readonly deviceName: string;
}

export function punchView(punch: PunchWithUndo, names: Names): PunchView {
  const { id, personId, direction, atMs, receivedAtMs, timeQuality, method } = punch;
  const { deviceId, siteId, zone, undoneAtMs } = punch;
  const facts = { id, personId, direction, atMs, receivedAtMs, timeQuality, method };
  return { ...facts, deviceId, siteId, zone, undoneAtMs, ...names };
}

export class NamedRows {
  constructor(
    private readonly people: PeopleDirectory,
    private readonly devices: DeviceRegister,
  ) {}

  /** Inside the caller's unit of work, like all here. */
  async punches(tenantId: string, rows: readonly PunchWithUndo[]): Promise<PunchView[]> {
    const people = await this.people.employees(tenantId, unique(rows.map((row) => row.personId)));
    const devices = await this.devices.names(tenantId);
    return rows.map((row) => {
      const person = people.get(row.personId);
      return punchView(row, {
        personName: person?.name ?? '',
        personCode: person?.code ?? '',
        deviceName: devices.get(row.deviceId) ?? '',
      });
    });
  }

  /** @param visible ids of the people that the reader may see; null for all */
  async exceptions(
    tenantId: string,
    rows: readonly AttendanceException[],
    visible: readonly string[] | null = null,
  ): Promise<ExceptionView[]> {
    const personIds = rows.flatMap((row) => [row.personId, row.otherPersonId]).filter((id) => id !== null);
    const people = await this.people.employees(tenantId, unique(personIds));
    const otherOf = ({ otherPersonId }: AttendanceException): string | null =>
      otherPersonId !== null && visible?.includes(otherPersonId) !== false ? otherPersonId : null;
    const devices = await this.devices.names(tenantId);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      personId: row.personId,
      personName: row.personId === null ? null : (people.get(row.personId)?.name ?? null),
      otherPersonId: otherOf(row),
      otherPersonName: people.get(otherOf(row) ?? '')?.name ?? null,
      deviceName: row.deviceId === null ? null : (devices.get(row.deviceId) ?? null),
      punchId: row.punchId,
      atMs: row.atMs,
      state: row.state,
      note: row.note,
    }));
  }
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
