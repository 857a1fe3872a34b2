// Who may do what. A role is a fixed set of permissions; nobody's set contains reading a template.

export const ROLES = ['employee', 'head', 'hr', 'finance', 'owner', 'auditor', 'it'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'company.read',
  'company.manage',
  'users.read',
  'users.manage',
  'people.read',
  'people.manage',
  'enrolment.manage',
  'punches.read',
  'punches.export',
  'exceptions.manage',
  'devices.read',
  'devices.manage',
  'audit.read',
  'keys.manage',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** `head` reads people and punches of the own team only; the server scopes the rows. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  employee: [],
  head: ['company.read', 'people.read', 'punches.read'],
  hr: [
    'company.read',
    'people.read',
    'people.manage',
    'enrolment.manage',
    'punches.read',
    'punches.export',
    'exceptions.manage',
    'devices.read',
  ],
  finance: ['company.read'],
  owner: [
    'company.read',
    'company.manage',
    'users.read',
    'users.manage',
    'people.read',
    'people.manage',
    'enrolment.manage',
    'punches.read',
    'punches.export',
    'exceptions.manage',
    'devices.read',
    'devices.manage',
    'audit.read',
    'keys.manage',
  ],
  auditor: ['company.read', 'users.read', 'people.read', 'punches.read', 'devices.read', 'audit.read'],
  it: ['company.read', 'devices.read', 'devices.manage', 'keys.manage'],
};
