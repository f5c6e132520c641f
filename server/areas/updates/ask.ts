import type { Ctx } from '../../base/ctx.ts'
import { type Eligibility, eligible } from './eligible.ts'
import { see } from './look.ts'
import { releases } from './release.ts'

/** Whether a device can take a version of its platform, by what is known of it now. */
export async function eligibility(ctx: Ctx, device: string, version: string): Promise<Eligibility> {
  const [seen] = await see(ctx, [device])
  if (!seen) return { can: false, why: 'unreachable', known: false }
  const all = await releases(ctx)
  const target = all.find(r => r.platform === seen.candidate.platform && r.version === version)
  return target ? eligible(seen.candidate, target, all) : { can: false, why: 'no-version', known: false }
}
