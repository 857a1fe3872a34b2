// The left rail as data: HR's day in order, then settings. A place is shown only to those who may see it.
import type { Permission } from '@hazri/shared/protocol/roles';
import type { Icon } from '@tabler/icons-react';
import {
  IconAlert,
  IconAudit,
  IconBuilding,
  IconDevice,
  IconFace,
  IconKey,
  IconLookAlikes,
  IconPeople,
  IconPunches,
  IconToday,
  IconUsers,
} from '../ui/icons.js';

export interface Place {
  readonly key:
    | 'today'
    | 'exceptions'
    | 'people'
    | 'lookAlikes'
    | 'punches'
    | 'devices'
    | 'company'
    | 'users'
    | 'recognition'
    | 'audit'
    | 'rootKey';
  readonly to: string;
  readonly icon: Icon;
  readonly permission: Permission;
  readonly group: 'day' | 'settings';
  /** Second key after G. */
  readonly shortcut: string;
}

export const PLACES: readonly Place[] = [
  { key: 'today', to: '/today', icon: IconToday, permission: 'punches.read', group: 'day', shortcut: 't' },
  {
    key: 'exceptions',
    to: '/exceptions',
    icon: IconAlert,
    permission: 'punches.read',
    group: 'day',
    shortcut: 'e',
  },
  { key: 'people', to: '/people', icon: IconPeople, permission: 'people.read', group: 'day', shortcut: 'p' },
  {
    key: 'lookAlikes',
    to: '/look-alikes',
    icon: IconLookAlikes,
    permission: 'enrolment.manage',
    group: 'day',
    shortcut: 'l',
  },
  {
    key: 'punches',
    to: '/punches',
    icon: IconPunches,
    permission: 'punches.read',
    group: 'day',
    shortcut: 'u',
  },
  {
    key: 'devices',
    to: '/devices',
    icon: IconDevice,
    permission: 'devices.read',
    group: 'day',
    shortcut: 'd',
  },
  {
    key: 'company',
    to: '/settings/company',
    icon: IconBuilding,
    permission: 'company.read',
    group: 'settings',
    shortcut: 'c',
  },
  {
    key: 'users',
    to: '/settings/users',
    icon: IconUsers,
    permission: 'users.read',
    group: 'settings',
    shortcut: 's',
  },
  {
    key: 'recognition',
    to: '/settings/recognition',
    icon: IconFace,
    permission: 'devices.read',
    group: 'settings',
    shortcut: 'r',
  },
  {
    key: 'audit',
    to: '/settings/audit',
    icon: IconAudit,
    permission: 'audit.read',
    group: 'settings',
    shortcut: 'a',
  },
  {
    key: 'rootKey',
    to: '/settings/root-key',
    icon: IconKey,
    permission: 'keys.manage',
    group: 'settings',
    shortcut: 'k',
  },
];
