import * as apps from '../../areas/apps/index.ts'
import * as policies from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { compile, type Wanted } from './compile.ts'
import type { Compiled } from './compiled.ts'
import { type Mode, modeOf } from './modes.ts'
import type { DeviceRow } from './rows.ts'

/** What a device should be, as one policy; what cannot be said of it is noted. */
export async function contentFor(ctx: Ctx, row: DeviceRow): Promise<Compiled> {
  const mode: Mode = modeOf(row.mode) ?? 'work-profile'
  const { items } = await reconcile.itemsOn(ctx, { device: row.device, enrollment: row.enrollment, account: '' })
  const bindings = await reconcile.bindingsOf(ctx, { device: row.device, shortName: null })
  const wanted: Wanted[] = items.flatMap(({ status, effective }) => {
    if (!effective || status.wanted === null || ['blocked', 'waiting', 'unsupported'].includes(status.state)) return []
    const { value, missing } = policies.fill(effective.value, bindings)
    return missing.length > 0 ? [] : [{ item: status.item, kind: effective.kind, value }]
  })
  const made = compile(wanted, { mode, packages: await packagesIn(ctx, wanted) })
  const notes = items.flatMap(({ status: { item, wanted: version } }): reconcile.Note[] => {
    const code = made.refused.get(item)
    return code === undefined || version === null ? [] : [{ item, did: 'unsupported', version, error: { code } }]
  })
  await reconcile.noteAll(ctx, { enrollment: row.enrollment, account: '' }, notes)
  return made
}

async function packagesIn(ctx: Ctx, wanted: readonly Wanted[]): Promise<Map<string, string>> {
  const ids = wanted.flatMap(w => (w.kind === policies.appKind ? (policies.appIn(w.value) ?? []) : []))
  if (ids.length === 0) return new Map()
  return new Map((await apps.appsAmong(ctx, ids)).flatMap(a => (a.bundle === null ? [] : [[a.id, a.bundle] as const])))
}
