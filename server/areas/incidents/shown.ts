import { everything, may } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import * as commands from '../commands/index.ts'
import * as devices from '../devices/index.ts'
import * as enrollment from '../enrollment/index.ts'
import { namesOf } from '../identity/index.ts'
import * as location from '../location/index.ts'
import * as privacy from '../privacy/index.ts'
import { firstFor } from './first.ts'
import * as orders from './order-store.ts'
import type { Act, ShownIncident, ShownRow } from './shapes.ts'
import { sentenceOf } from './standing.ts'
import type { IncidentRow } from './store.ts'
import { warningsOf } from './warnings.ts'

/** Incidents as lists show them, in the same order. */
export async function shownRows(ctx: Ctx, rows: readonly IncidentRow[]): Promise<ShownRow[]> {
  const ids = rows.flatMap(r => [r.by_id ?? '', r.user_id ?? '', ...unitsOf(r)]).filter(id => id !== '')
  const names = await namesOf(ctx, ids)
  const fates = await commands.fatesOf(
    ctx,
    rows.flatMap(r => [r.lock_command ?? [], r.erase_command ?? []].flat()),
  )
  const shown: ShownRow[] = []
  for (const row of rows) shown.push(rowOf(row, await devices.find(ctx, row.device), { names, fates }))
  return shown
}

const unitsOf = (row: IncidentRow): string[] => row.unit_path.split('/').filter(u => u !== '')

interface Known {
  names: ReadonlyMap<string, string>
  fates: ReadonlyMap<string, commands.Fate>
}

function rowOf(row: IncidentRow, device: devices.Device | undefined, { names, fates }: Known): ShownRow {
  const lastSeenAt = device?.lastSeenAt ?? null
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    outcome: row.outcome,
    device: {
      id: row.device,
      name: device?.name ?? row.device_name,
      model: row.device_model,
      serial: row.serial,
      assetTag: device?.assetTag ?? row.asset_tag,
      platform: row.platform,
      formFactor: row.form_factor,
      ownership: device?.ownership ?? row.ownership,
      known: device !== undefined,
      lastSeenAt,
    },
    user: row.user_id === null ? null : { id: row.user_id, name: names.get(row.user_id) ?? null },
    unit: unitsOf(row).flatMap(u => names.get(u) ?? []),
    sentence: sentenceOf({
      row,
      lock: fates.get(row.lock_command ?? '') ?? null,
      erase: fates.get(row.erase_command ?? '') ?? null,
      gone: device === undefined || device.state === 'ended',
      lastSeenAt,
    }),
    by: { kind: row.by_kind, id: row.by_id, name: names.get(row.by_id ?? '') ?? null },
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    closedAt: row.closed_at,
  }
}

/** An incident as its page shows it. */
export async function shown(ctx: Ctx, row: IncidentRow): Promise<ShownIncident> {
  const [base] = await shownRows(ctx, [row])
  if (!base) throw new Error('one row makes one row')
  const device = await devices.find(ctx, row.device)
  const facts = device ? await devices.factsOf(ctx, device.id) : []
  const battery = facts.find(f => f.key === 'battery.level')
  const lock = facts.find(f => f.key === 'security.activationLock')?.value
  const can = device ? await canDo(ctx, row, device) : nothingCan
  const { note, message, phone, why } = row
  return {
    ...base,
    ...{ note, message, phone, why },
    action: row.action as ShownIncident['action'],
    supervised: device?.supervised ?? null,
    battery: typeof battery?.value === 'number' ? { level: battery.value, at: battery.at } : null,
    activationLock: typeof lock === 'boolean' ? lock : null,
    warnings:
      row.state !== 'open' || !device
        ? []
        : warningsOf({
            platform: row.platform,
            facts,
            lastSeenAt: device.lastSeenAt,
            locates: can.locates,
            managed: can.managed,
            now: ctx.now,
          }),
    ...(await fatesFor(ctx, row)),
    order: await orderFor(ctx, row),
    acts: can.acts,
    fixes: await location.countIn(ctx, row.id),
  }
}

async function fatesFor(ctx: Ctx, row: IncidentRow): Promise<Pick<ShownIncident, 'lock' | 'erase'>> {
  const fates = await commands.fatesOf(ctx, [row.lock_command ?? [], row.erase_command ?? []].flat())
  const one = (command: string | null) => {
    const fate = fates.get(command ?? '')
    if (!fate || command === null) return null
    const { state, createdAt, sentAt, endedAt } = fate
    return { command, state, createdAt, sentAt, endedAt }
  }
  const erase = one(row.erase_command)
  return {
    lock: one(row.lock_command),
    erase: erase && { ...erase, scope: row.erase_scope === 'work' ? 'work' : 'all' },
  }
}

async function orderFor(ctx: Ctx, row: IncidentRow): Promise<ShownIncident['order']> {
  const order = await orders.orderOf(ctx, row.id)
  if (!order) return null
  const names = order.by_id === null ? new Map<string, string>() : await namesOf(ctx, [order.by_id])
  return {
    id: order.id,
    state: order.state,
    why: order.why,
    keepLocked: order.keep_locked === 1,
    locateEveryMinutes: order.locate_every_ms === null ? null : order.locate_every_ms / 60_000,
    until: order.until,
    after: order.after_kind,
    command: order.command,
    by: { kind: order.by_kind, id: order.by_id, name: names.get(order.by_id ?? '') ?? null },
    endedAt: order.ended_at,
  }
}

interface Can {
  acts: ShownIncident['acts']
  locates: boolean
  managed: boolean
}

const nothingCan: Can = { acts: [], locates: false, managed: false }

/** What can be done about the device now by this actor. */
async function canDo(ctx: Ctx, row: IncidentRow, device: devices.Device): Promise<Can> {
  const server = as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything })
  const enrolled = await enrollment.byDevice(ctx, device.id)
  const managed = enrolled?.state === 'active'
  const actions = await commands.actionsFor(server, device)
  const against = (kind: string): string | null => {
    if (!managed) return 'incident.not-managed'
    const action = actions.find(a => a.kind === kind)
    return action ? action.reason : 'command.platform'
  }
  const { platform, ownership } = device
  const first = firstFor({ platform, ownership, enrollmentKind: managed ? enrolled.kind : null, actions })
  const lock = first.action === 'none' ? (against('lock') ?? 'command.platform') : null
  const collected = await location.isCollected(ctx, device)
  const reasons: Partial<Record<Act, string | null>> = {
    message: lock,
    lock,
    sound: against('lost-mode.sound'),
    locate: collected ? against('location.query') : 'location.closed',
    ...(privacy.ownedAs({ ownership, mode: enrolled?.kind ?? null }) === 'personal'
      ? { 'work-data': managed ? null : 'incident.not-managed' }
      : { erase: against('wipe') }),
    order: managed ? null : 'incident.not-managed',
  }
  const locates = collected && actions.some(a => a.kind === 'lost-mode.enable' && a.allowed)
  return { acts: allowedActs(ctx, row, device, reasons), locates, managed }
}

const needs: Partial<Record<Act, string>> = {
  locate: 'devices:locate',
  erase: 'devices:wipe',
  'work-data': 'devices:write',
}

/** Each act with what stands against it: the state of the incident, the permission, or the device. */
function allowedActs(
  ctx: Ctx,
  row: IncidentRow,
  device: devices.Device,
  reasons: Partial<Record<Act, string | null>>,
): ShownIncident['acts'] {
  const holds = (permission: string): boolean => may(ctx.authority, permission, device.unitPath)
  const all = Object.entries(reasons) as [Act, string | null][]
  const endings: [Act, string | null][] = [
    ['found', row.state === 'open' || row.state === 'written-off' ? null : 'incident.over'],
    ['write-off', row.state === 'open' ? null : 'incident.over'],
    ['close', row.state === 'closed' ? 'incident.over' : row.outcome === null ? 'incident.not-over' : null],
  ]
  const late: readonly Act[] = ['erase', 'work-data', 'found', 'write-off', 'close']
  return [...all, ...endings].map(([act, against]) => {
    const over = row.state === 'closed' || (row.state === 'found' && act !== 'close')
    const past = row.state !== 'open' && !late.includes(act)
    const forbidden = !holds('incidents:write') || !holds(needs[act] ?? 'incidents:write')
    const reason = forbidden ? 'permission.missing' : over || past ? 'incident.over' : against
    return { act, allowed: reason === null, reason }
  })
}
