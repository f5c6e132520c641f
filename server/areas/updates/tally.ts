import type { Ctx } from '../../base/ctx.ts'
import { enqueue } from '../../base/jobs.ts'
import * as devices from '../devices/index.ts'
import { has } from './eligible.ts'
import * as store from './standing-store.ts'
import { tallyName } from './later.ts'
import { pageSize, see, type Seen } from './look.ts'
import { fits, isLive, type Release, releases } from './release.ts'
import { compareVersions } from './version.ts'

/** How a device stands to the versions there are. Pure. */
export function standing(
  { candidate }: Pick<Seen, 'candidate'>,
  all: readonly Release[],
  now: number,
): { standing: store.StandingRow['standing']; newest: string | null } {
  const offered = all
    .filter(r => r.platform === candidate.platform && !r.background && r.open && isLive(r, now))
    .toSorted((a, b) => compareVersions(b.version, a.version))
  const [latest] = offered
  const own = offered.filter(r => fits(r, candidate.hardware))
  const newest = own[0]?.version ?? null
  if (!latest || candidate.version === '') return { standing: 'unknown', newest }
  if (has(candidate.version, latest)) return { standing: 'latest', newest: newest ?? latest.version }
  // Hardware that the list does not know at all is not old: the list is.
  const listed = all.some(r => r.platform === candidate.platform && fits(r, candidate.hardware))
  if (!listed) return { standing: 'unknown', newest: null }
  if (!offered.some(r => fits(r, candidate.hardware) && r.version === latest.version))
    return { standing: 'unsupported', newest }
  const before = offered.find(r => compareVersions(r.version, latest.version) < 0)
  return { standing: before && has(candidate.version, before) ? 'previous' : 'behind', newest }
}

const hourMs = 3_600_000

/** Has the fleet counted when it was not for an hour, or devices have come or gone. */
export async function glance(ctx: Ctx): Promise<void> {
  const { devices: counted, at } = await store.countedNow(ctx)
  const managed = await devices.countManaged(ctx, null)
  if (counted === managed && (managed === 0 || (at !== null && ctx.now - at < hourMs))) return
  await enqueue(ctx, tallyName, {}, { dedupe: 'org' })
}

/** Looks at one page of the fleet; answers the last id, or null at the end. */
export async function tallyPage(ctx: Ctx, after: string): Promise<string | null> {
  const ids = await devices.idsBelow(ctx, { path: '/', after, limit: pageSize })
  const all = await releases(ctx)
  const before = await store.standingsOf(ctx, ids)
  for (const one of await see(ctx, ids)) {
    // One that is lost takes nothing.
    if (one.candidate.state === 'lost') continue
    const now = standing(one, all, ctx.now)
    const row = {
      org: ctx.org,
      device: one.id,
      unit_path: one.path,
      platform: one.candidate.platform,
      ...now,
      looked_at: ctx.now,
    }
    const held = before.get(one.id)
    const same =
      held && held.standing === row.standing && held.newest === row.newest && held.unit_path === row.unit_path
    // What is the same is written once a day, so that what is gone can be told from what is old.
    if (!same || ctx.now - held.looked_at > 20 * 3_600_000) await store.putStanding(ctx, row)
  }
  return ids.length < pageSize ? null : (ids.at(-1) ?? null)
}

/** The whole fleet was looked at: the numbers by unit are made anew. */
export async function tallyEnd(ctx: Ctx): Promise<void> {
  await store.removeStandingsBefore(ctx, ctx.now - 48 * 3_600_000)
  await store.recount(ctx)
}
