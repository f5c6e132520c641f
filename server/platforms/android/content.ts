import * as apps from '../../areas/apps/index.ts'
import * as policies from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { compile, type Wanted } from './compile.ts'
import type { Compiled } from './compiled.ts'
import { type Mode, modeOf } from './modes.ts'
import type { DeviceRow } from './rows.ts'
import { waysOf } from './store-apps.ts'

/** What a device should be, as one policy; what cannot be said of it is noted. */
export async function contentFor(ctx: Ctx, row: DeviceRow): Promise<Compiled> {
  const mode: Mode = modeOf(row.mode) ?? 'work-profile'
  const { items } = await reconcile.itemsOn(ctx, { device: row.device, enrollment: row.enrollment, account: '' })
  const bindings = await reconcile.bindingsOf(ctx, { device: row.device, shortName: null })
  const all: Wanted[] = items.flatMap(({ status, effective }) => {
    if (!effective || status.wanted === null || ['blocked', 'waiting', 'unsupported'].includes(status.state)) return []
    const { value, missing } = policies.fill(effective.value, bindings)
    return missing.length > 0 ? [] : [{ item: status.item, kind: effective.kind, value }]
  })
  const { ways, packages } = await packagesIn(ctx, row, all)
  const wayOf = (one: Wanted) => (one.kind === policies.appKind ? ways.get(policies.appIn(one.value) ?? '') : undefined)
  const barred = new Map(
    all.flatMap(one => {
      const way = wayOf(one)
      return way && 'code' in way ? [[one.item, way] as const] : []
    }),
  )
  const wanted = all.filter(one => !barred.has(one.item))
  const made = compile(wanted, { mode, packages })
  const notes = items.flatMap(({ status: { item, wanted: version } }): reconcile.Note[] => {
    const way = barred.get(item)
    if (way && version !== null) {
      const did = way.waits === true ? 'waiting' : 'unsupported'
      return [{ item, did, version, error: { code: way.code } }]
    }
    const code = made.refused.get(item)
    return code === undefined || version === null ? [] : [{ item, did: 'unsupported', version, error: { code } }]
  })
  await reconcile.noteAll(ctx, { enrollment: row.enrollment, account: '' }, notes)
  return made
}

async function packagesIn(ctx: Ctx, { program }: DeviceRow, wanted: readonly Wanted[]) {
  const asked = new Map(
    wanted.flatMap(w => {
      const id = w.kind === policies.appKind ? policies.appIn(w.value) : null
      return id === null ? [] : [[id, apps.presenceIn(w.value)] as const]
    }),
  )
  const ways = await waysOf(ctx, program, asked)
  const packages = new Map([...ways].flatMap(([id, way]) => ('package' in way ? [[id, way.package] as const] : [])))
  return { ways, packages }
}
