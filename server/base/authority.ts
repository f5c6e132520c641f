import { Problem } from './problem.ts'

/** What an actor may do, and where: permission → paths of the units whose subtrees it covers. Paths are `/id/id/`, so covering is a prefix. */
export interface Authority {
  /** Paths of the topmost units on which the permission is held; empty when nowhere. */
  where(permission: string): readonly string[]
}

/** The authority of the server itself and of a device acting for itself: everything, everywhere in its org. */
export const everything: Authority = { where: () => ['/'] }

/** The authority of someone unknown. */
export const nothing: Authority = { where: () => [] }

/** Authority from a list of permissions held on unit subtrees. */
export function authorityOf(grants: readonly { permissions: readonly string[]; path: string }[]): Authority {
  return {
    where: permission => {
      const paths = grants.filter(g => g.permissions.includes(permission)).map(g => g.path)
      return paths.filter(p => !paths.some(q => q !== p && p.startsWith(q))).filter((p, i, all) => all.indexOf(p) === i)
    },
  }
}

/** What both permit. */
export function both(one: Authority, other: Authority): Authority {
  return {
    where: permission =>
      one.where(permission).flatMap(p =>
        other
          .where(permission)
          .filter(q => p.startsWith(q) || q.startsWith(p))
          .map(q => (q.length > p.length ? q : p)),
      ),
  }
}

/** Whether the permission is held on the unit with this path. */
export function may(authority: Authority, permission: string, path: string): boolean {
  return authority.where(permission).some(p => path.startsWith(p))
}

/** Refuses as if the thing did not exist when the actor may not even see it, and by name when it may see but not do. */
export function demand(authority: Authority, permission: string, path: string, seeing: string): void {
  if (may(authority, permission, path)) return
  throw new Problem(
    may(authority, seeing, path) ? 'permission.missing' : 'id.unknown',
    may(authority, seeing, path) ? { permission } : {},
  )
}

/** Refuses unless the permission is held on the whole org, that is on its top unit, whose path has one segment: for what belongs to no unit. */
export function demandWhole(authority: Authority, permission: string): void {
  if (authority.where(permission).some(path => path.split('/').length <= 3)) return
  throw new Problem('permission.missing', { permission })
}
