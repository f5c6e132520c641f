import { nothing } from '../../base/authority.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import * as store from './store.ts'

/** Google counts a thousand requests of a project in a hundred seconds and six hundred in a minute; what is left over is for whatever else the project does. */
const perSecond = 7
const burst = 150
/** So many are taken out of the share at once, so that not every request writes. */
const handful = 10
/** What was taken and not used for so long is given up. */
const keptMs = 10_000
/** A share that was written by a clock this far ahead is begun anew. */
const aheadMs = 60_000

/** What a process has taken and not used yet, by project. */
const hands = new WeakMap<Base, Map<string, { left: number; until: number }>>()
const nobody: Scope = { org: '' as Id<'org'>, actor: { kind: 'system', id: null, what: 'pace' }, authority: nothing }

/**
 * Takes one request out of a project's share; answers 0, or how long to wait for the next one. The share is one row of the database, so that all processes
 * together, whatever organizations they speak for, ask no more than Google lets the project.
 */
export async function takeShare(base: Base, project: string): Promise<number> {
  const mine = hands.get(base) ?? new Map<string, { left: number; until: number }>()
  hands.set(base, mine)
  const now = base.clock.now()
  const held = mine.get(project)
  if (held && held.left > 0 && held.until > now && held.until <= now + keptMs) {
    held.left -= 1
    return 0
  }
  const taken = await base.transact(nobody, async ctx => {
    const row = await store.shareOf(ctx, project)
    const share = filled(row, ctx.now)
    const whole = Math.min(handful, Math.floor(share.thousandths / 1000))
    await store.putShare(ctx, project, { ...share, thousandths: share.thousandths - whole * 1000 })
    return { whole, short: 1000 - share.thousandths }
  })
  if (taken.whole === 0) return Math.max(1, Math.ceil(taken.short / perSecond))
  mine.set(project, { left: taken.whole - 1, until: base.clock.now() + keptMs })
  return 0
}

/** What is left by now: it grows with time, up to a burst. */
function filled(row: store.Share | undefined, now: number): store.Share {
  if (!row || row.at > now + aheadMs) return { thousandths: burst * 1000, at: now }
  const passed = Math.max(0, now - row.at)
  // A thousandth in a millisecond is one in a second.
  return { thousandths: Math.min(burst * 1000, row.thousandths + passed * perSecond), at: Math.max(now, row.at) }
}
