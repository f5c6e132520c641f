import type { Ctx } from '../../base/ctx.ts'
import type { EffectiveItem } from '../blueprints/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { timeTrusted } from '../guard/index.ts'
import { offTimes, workTimeKind } from '../hours/index.ts'
import { secretVersions } from '../policies/index.ts'
import { leftOut, targetsPage } from '../previews/index.ts'
import { bindingsOf } from './bindings.ts'
import { carrierOf } from './carrier.ts'
import { contentsOf, versionOf } from './contents.ts'
import { setOf } from './desired.ts'
import { findDesired } from './desired-store.ts'

/** What a device should have at some times only: in which version then, and when. */
export interface Timed {
  readonly effective: EffectiveItem
  readonly version: string
  readonly from: number
  readonly until: number
  /** In order. */
  readonly off: readonly { readonly from: number; readonly to: number }[]
}

const weekMs = 7 * 24 * 3_600_000
/** How many weeks are said ahead. It begins with the week that is, so that it is the same text for a week. */
const weeks = 5

/**
 * The part of its policies that a device should have outside working time, and when that is in the next weeks: for agents that keep the time by themselves.
 * Null where there is no such thing, where the device cannot have it, and while this server's clock is doubted.
 */
export async function timedOn(ctx: Ctx, device: string): Promise<Timed | null> {
  const row = await findDesired(ctx, device)
  if (!row?.enrollment) return null
  const set = await setOf(ctx, row.effective)
  if (!set.items.some(i => i.kind === workTimeKind)) return null
  const content = contentsOf(set).items.find(i => i.effective.kind === workTimeKind)
  const [target] = await targetsPage(ctx, { ids: [device], limit: 1 })
  if (!content || !target || !(await timeTrusted(ctx))) return null
  const held = await enrollment.get(ctx, row.enrollment)
  const { effective } = content
  if (carrierOf(held.platform).place(effective, { target, enrollmentKind: held.kind }) !== 'device') return null
  const from = Math.floor(ctx.now / weekMs) * weekMs
  const until = from + weeks * weekMs
  const off = await offTimes(ctx, { place: target, value: effective.value }, { from, to: until })
  if (off.length === 0) return null
  const bindings = content.variables.length === 0 ? {} : await bindingsOf(ctx, { device, shortName: null })
  const secrets = await secretVersions(ctx, [...content.secrets])
  const { version, missing } = versionOf(content, bindings, secrets, leftOut(effective, target))
  return missing.length > 0 ? null : { effective, version, from, until, off }
}
