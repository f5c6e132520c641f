import type { Call, Reply } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'

/** Somebody who opened the link of an invitation. */
export interface Visit {
  params: { token: string }
  query: { lang?: string | undefined }
}

/** What a platform tells about enrolling on it, so that an offer is refused before anyone meets it on a device. */
export interface Enrolling {
  readonly platform: string
  /** Every right a person can grant, as the platform counts them. */
  readonly allRights: number
  validRights(rights: number): boolean
  /** The page that the link of an invitation opens, or why it does not work. */
  page(base: Base, visit: Visit, call: Call): Promise<Reply<string>>
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

/** The platform that says of links which open nothing that they do: the first that was offered. */
export function firstPlatform(): Enrolling {
  const [first] = known.values()
  if (!first) throw new Error('no platform was offered')
  return first
}
