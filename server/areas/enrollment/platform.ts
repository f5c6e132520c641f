import type { Ctx } from '../../base/ctx.ts'
import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'

/** Somebody who opened the link of an invitation. */
export interface Visit {
  params: { token: string }
  query: { lang?: string | undefined; how?: string | undefined }
}

/** What a platform tells about enrolling on it, so that an offer is refused before anyone meets it on a device. */
export interface Enrolling {
  readonly platform: string
  /** Every right a person can grant, as the platform counts them. */
  readonly allRights: number
  validRights(rights: number): boolean
  /** What else must happen where an invitation is taken back: something outside may still open it. */
  revoked?(ctx: Ctx, invitation: string): Promise<void>
  /** The page that the link of an invitation opens, or why it does not work. A platform without links has none. */
  page?(base: Base, visit: Visit, call: Call): Promise<Reply<string>>
}

const known = new Map<string, Enrolling>()

/** Makes a platform known that devices can enroll on; called by main before the server starts. */
export function offer(platforms: readonly Enrolling[]): void {
  for (const one of platforms) known.set(one.platform, one)
}

/** The platform of this name, if the server has it. */
export function findPlatform(name: string): Enrolling | undefined {
  return known.get(name)
}

/** The page for links of which no platform knows anything: the first one's says so. */
export function firstPage(): NonNullable<Enrolling['page']> {
  const page = [...known.values()].find(one => one.page)?.page
  if (!page) throw new Error('no platform has a page')
  return page
}
