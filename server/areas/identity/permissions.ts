/** Everything an admin or a key may be allowed to do, `nouns:verb`. */
export const permissions = [
  'devices:read',
  'devices:write',
  'devices:query',
  'devices:configure',
  'devices:lock',
  'devices:restart',
  'devices:clear-passcode',
  'devices:lose',
  'devices:locate',
  'devices:wipe',
  'devices:secrets',
  'commands:read',
  'commands:raw',
  'commands:cancel',
  'invitations:read',
  'invitations:write',
  'users:read',
  'users:write',
  'units:read',
  'units:write',
  'admins:read',
  'admins:write',
  'keys:read',
  'keys:write',
  'certificates:read',
  'certificates:write',
  'events:read',
  'policies:read',
  'policies:write',
  'policies:override',
  'changes:read',
  'changes:write',
  'views:write',
  'org:write',
  'metrics:read',
] as const

export type Permission = (typeof permissions)[number]

const roleNames = ['owner', 'admin', 'help-desk', 'operator', 'auditor', 'read-only'] as const

export type Role = (typeof roleNames)[number]

/** The built-in roles, most powerful first. Whoever holds less than another can neither grant their role nor change them. */
export const roles: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  admin: permissions.filter(p => p !== 'org:write'),
  'help-desk': [
    'devices:read',
    'devices:query',
    'devices:lock',
    'devices:restart',
    'devices:clear-passcode',
    'devices:lose',
    'commands:read',
    'users:read',
    'units:read',
    'policies:read',
    'events:read',
    'views:write',
  ],
  operator: [
    'devices:read',
    'devices:write',
    'devices:query',
    'devices:configure',
    'devices:lock',
    'devices:restart',
    'commands:read',
    'commands:cancel',
    'invitations:read',
    'invitations:write',
    'users:read',
    'units:read',
    'policies:read',
    'changes:read',
    'views:write',
  ],
  auditor: permissions.filter(p => p.endsWith(':read')),
  'read-only': ['devices:read', 'users:read', 'units:read', 'commands:read', 'policies:read'],
}

/** The names of the roles, for schemas. */
export const roleIds: readonly Role[] & [Role, ...Role[]] = [...roleNames]

/** What a stored role permits; a role this release does not know permits nothing. */
export function permissionsOf(role: string): readonly Permission[] {
  return role in roles ? roles[role as Role] : []
}
