import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { namesOf } from '../identity/index.ts'
import * as reconcile from '../reconcile/index.ts'
import type { LineRow } from './line-store.ts'
import type { AppKnown, ItemKnown, Known } from './standing.ts'

/** What is known of the devices of these lines, in their order. */
export async function knownOf(ctx: Ctx, rows: readonly LineRow[]): Promise<Known[]> {
  const ids = rows.flatMap(r => r.device ?? [])
  const standings = await reconcile.standingsOf(ctx, ids)
  const policies = [...standings.values()].flatMap(items => items.map(i => i.policy))
  const names = await namesOf(ctx, [...new Set(policies)])
  const runs = await enrollment.runsOf(ctx, ids)
  const known: Known[] = []
  for (const row of rows) known.push(await knownOfOne(ctx, row, { standings, names, runs }))
  return known
}

interface Shared {
  standings: ReadonlyMap<string, reconcile.Standing[]>
  names: ReadonlyMap<string, string>
  runs: ReadonlyMap<string, enrollment.SetupRun>
}

async function knownOfOne(ctx: Ctx, row: LineRow, shared: Shared): Promise<Known> {
  const none: Known = {
    now: ctx.now,
    unboxedAt: row.unboxed_at,
    refused: row.refused,
    enrollment: null,
    heardAt: row.heard_at,
    run: null,
    items: null,
    apps: [],
  }
  if (row.device === null) return none
  const device = await devices.find(ctx, row.device)
  const [latest] = device ? await enrollment.history(ctx, row.device) : []
  if (!latest) return row.enrolled_at === null ? none : { ...none, enrollment: { state: 'ended', startedAt: 0 } }
  const run = shared.runs.get(row.device)
  const mine = run?.enrollment === latest.id ? run : undefined
  return {
    ...none,
    enrollment: { state: latest.state, startedAt: latest.startedAt },
    heardAt: Math.max(
      row.heard_at ?? 0,
      device?.lastSeenAt ?? 0,
      latest.heardAt ?? 0,
      latest.activatedAt ?? 0,
      mine?.lastWordAt ?? 0,
    ),
    run: mine ? runStates[mine.state] : null,
    ...(await thingsOn(ctx, row.device, latest.id, shared)),
  }
}

/** Apps say more of themselves than that they are in step, so they are not told of twice. */
async function thingsOn(ctx: Ctx, device: string, of: string, shared: Shared): Promise<Pick<Known, 'apps' | 'items'>> {
  const statuses = (await apps.statusOf(ctx, device)).filter(s => s.presence === 'required')
  const names = new Map(
    (
      await apps.appsAmong(
        ctx,
        statuses.map(s => s.app),
      )
    ).map(a => [String(a.id), a.name]),
  )
  const known = statuses.map(
    ({ app, state, reason }): AppKnown => ({ app, name: names.get(app) ?? '', state, reason: reason?.code ?? null }),
  )
  const told = new Set(statuses.map(s => s.app))
  const standings = shared.standings.get(device)?.filter(s => s.kind !== 'app' || !told.has(appIn(s.value)))
  return { apps: known, items: await itemsOf(ctx, of, standings, shared.names) }
}

function appIn(value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'app' in value ? value.app : null
  return typeof id === 'string' ? id : ''
}

const runStates = {
  running: 'running',
  stuck: 'running',
  ready: 'ready',
  skipped: 'ready',
  'timed-out': 'over',
} as const

/** Why the failed ones failed stands with each of them. */
async function itemsOf(
  ctx: Ctx,
  enrolled: string,
  standings: readonly reconcile.Standing[] | undefined,
  names: ReadonlyMap<string, string>,
): Promise<ItemKnown[] | null> {
  if (standings === undefined) return null
  const wanted = standings.filter(s => s.value !== null)
  const held = wanted.some(s => s.state === 'failed' || s.state === 'blocked')
  const statuses = new Map((held ? await reconcile.statusOf(ctx, enrolled) : []).map(s => [s.item, s]))
  return wanted.map(({ item, policy, state }) => ({
    item,
    name: names.get(policy) ?? item,
    state,
    code: statuses.get(item)?.error?.code ?? null,
  }))
}
