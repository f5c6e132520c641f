import * as apps from '../../areas/apps/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as policies from '../../areas/policies/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { appOf, notAsked } from './app-items.ts'
import type { Said } from './shapes.ts'
import type { StandingRow } from './store.ts'

type Word = Said['items'][number]
type Listed = ReadonlyMap<string, { readonly version: string }>

interface Heard {
  readonly on: Pick<StandingRow, 'enrollment' | 'device'>
  readonly status: apps.AppStatus
  readonly item: reconcile.ItemStatus
  readonly word: Word | undefined
  /** The app as the device lists it, if it does. */
  readonly there: { readonly version: string } | undefined
}

/**
 * Takes in how the apps of the catalog are on a device: from what the agent says of their items, and from its list of apps where that has changed. To
 * be done after the list and before the items are taken, so that what is installed is known in its version.
 */
export async function hearApps(
  ctx: Ctx,
  on: StandingRow,
  { items, lists }: Pick<Said, 'items' | 'lists'>,
): Promise<void> {
  const words = new Map(items.filter(i => i.item.startsWith(`${policies.appKind}#`)).map(i => [appOf(i.item), i]))
  if (words.size === 0 && !lists.apps) return
  const known = (await apps.statusOf(ctx, on.device)).filter(
    s => s.presence === 'required' || s.presence === 'available',
  )
  if (known.length === 0) return
  const catalog = new Map(
    (
      await apps.appsAmong(
        ctx,
        known.map(s => s.app),
      )
    ).map(a => [a.id as string, a.bundle]),
  )
  const rows = await reconcile.statusOf(ctx, on.enrollment)
  const wanted = new Map(rows.filter(r => r.kind === policies.appKind).map(r => [appOf(r.item), r]))
  const listed = await listOf(ctx, on.device)
  for (const status of known) {
    const [item, name] = [wanted.get(status.app), catalog.get(status.app)]
    if (!item || !name) continue
    await hear(
      ctx,
      { on, status, item, word: words.get(status.app), there: listed.get(name) },
      lists.apps !== undefined,
    )
  }
}

async function listOf(ctx: Ctx, device: string): Promise<Listed> {
  const value = (await devices.listOf(ctx, device, 'apps'))?.value
  const entries = Array.isArray(value) ? value : []
  return new Map(
    entries.flatMap(e => {
      if (typeof e !== 'object' || e === null || Array.isArray(e)) return []
      const { identifier, version } = e
      return typeof identifier === 'string' ? [[identifier, { version: String(version) }] as const] : []
    }),
  )
}

async function hear(ctx: Ctx, heard: Heard, listTold: boolean): Promise<void> {
  const { on, status, item, word, there } = heard
  const about = word?.version === item.wanted ? word : undefined
  if (about?.state === 'failed' || about?.state === 'unsupported') return failed(ctx, heard, about)
  const is = about ? about.state === 'applied' : item.state === 'installed'
  const was = status.state === 'installed' || status.state === 'updating'
  if (!is) return
  if (there) {
    const { version } = there
    if (status.state === 'installed' && status.version === version) return
    return apps.noteStatus(ctx, on.device, status.app, { state: 'installed', version, reason: null, heard: true })
  }
  if (!about && listTold && was) return lost(ctx, heard)
}

async function failed(ctx: Ctx, { on, status }: Heard, { code = 'failed', detail }: Word): Promise<void> {
  const note: apps.AppNote =
    code === 'waiting'
      ? { state: 'asking', reason: { code: 'app.asking' } }
      : { state: 'failed', reason: { code: `agent.${code}`, ...(detail === undefined ? {} : { facts: { detail } }) } }
  await apps.noteStatus(ctx, on.device, status.app, { ...note, heard: true })
}

/** It is gone although it should be there: what is required comes back, what is only offered is not asked for any more. */
async function lost(ctx: Ctx, { on, status, item }: Heard): Promise<void> {
  const channel = { enrollment: on.enrollment, account: '' }
  await apps.noteStatus(ctx, on.device, status.app, { state: 'removed', heard: true })
  await reconcile.note(ctx, channel, item.item, { did: 'drifted', has: null })
  if (status.presence !== 'available' || item.wanted === null) return
  await apps.unwish(ctx, on.device, status.app)
  await reconcile.note(ctx, channel, item.item, { did: 'waiting', version: item.wanted, error: { code: notAsked } })
}
