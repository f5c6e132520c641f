/** What a platform tells about enrolling on it, so that an offer is refused before anyone meets it on a device. */
export interface Enrolling {
  readonly platform: string
  /** Every right a person can grant, as the platform counts them. */
  readonly allRights: number
  validRights(rights: number): boolean
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
