import { itemOf, type StatusTree } from '@muster/wire/apple/status.ts'
import type { Json } from '@muster/wire/apple/result.ts'
import * as apps from '../../../areas/apps/index.ts'
import { appKind } from '../../../areas/policies/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { prefixOf } from '../ddm/declare.ts'
import type { On, Outlook } from '../ddm/outlook.ts'
import { hear, missed } from './hear.ts'
import { appOf } from './order.ts'
import { meaningOfDeclared } from './words.ts'

/** What a device says of one app that was declared to it. */
interface DeclaredApp {
  readonly declaration: string
  readonly state: string
  readonly codes: readonly string[]
  readonly version: string | null
}

/** What the lists of declared apps and packages say, of a report that was told just now. (Apple: StatusAppManagedList, StatusPackageList.) */
export function declaredApps(tree: StatusTree): { said: DeclaredApp[]; told: boolean } {
  const lists = ['app.managed.list', 'package.list'].map(name => itemOf(tree, name))
  const said = lists.flatMap(list => (Array.isArray(list) ? list.flatMap(one => appIn(one)) : []))
  return { said, told: lists.some(Array.isArray) }
}

function appIn(one: Json): DeclaredApp[] {
  if (one === null || typeof one !== 'object' || Array.isArray(one)) return []
  const { state, reasons, version } = one
  const declaration = one['declaration-identifier']
  if (typeof declaration !== 'string' || one['_removed'] === true) return []
  const codes = Array.isArray(reasons) ? reasons.flatMap(codeIn) : []
  const short = one['short-version'] ?? version
  return [
    {
      declaration,
      state: typeof state === 'string' ? state : '',
      codes,
      version: typeof short === 'string' ? short.slice(0, 100) : null,
    },
  ]
}

function codeIn(reason: Json): string[] {
  if (reason === null || typeof reason !== 'object' || Array.isArray(reason)) return []
  const code = reason['code'] ?? reason['Code']
  return typeof code === 'string' ? [code] : []
}

/** Takes in how declared apps are, from a report of the device. */
export async function noteDeclared(
  ctx: Ctx,
  { on, outlook, tree, full }: { on: On; outlook: Outlook; tree: StatusTree; full: boolean },
): Promise<void> {
  const { said, told } = declaredApps(tree)
  if (!told) return
  for (const { status } of outlook.items) {
    if (status.kind !== appKind || status.via !== 'declarations') continue
    const of = { channel: on, device: on.device, status }
    const one = said.find(s => s.declaration.startsWith(prefixOf(status.item)))
    if (one) await hear(ctx, { ...of, meaning: meaningOfDeclared(one.state, one.codes), version: one.version })
    else if (full && status.wanted !== null) await missed(ctx, of)
  }
}

/**
 * The items of apps that the device has, as it said last. It says so once, and not anew when something else is declared of an app that is there; one
 * of which another version is declared is not meant.
 */
export async function appsThere(ctx: Ctx, on: On, { items, ways }: Outlook): Promise<ReadonlySet<string>> {
  const open = items.flatMap(({ status: { kind, state, item } }) =>
    kind === appKind && (state === 'sent' || state === 'wanted') ? [item] : [],
  )
  if (open.length === 0) return new Set()
  const known = new Map((await apps.statusOf(ctx, on.device)).map(s => [s.app, s]))
  return new Set(
    open.filter(item => {
      const way = ways.get(item)
      const release = way && way.by !== 'none' ? way.spec.app?.release : null
      const one = known.get(appOf(item))
      return one?.state === 'installed' && one.heardAt !== null && (!release || release.version === one.version)
    }),
  )
}
