import { unitOf, userOf } from '../identity/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { versionKey } from '../../base/filter.ts'
import { newId } from '../../base/id.ts'
import { searchable } from '../../base/text.ts'
import { about, type Device, get, type Ownership, refreshText } from './device.ts'
import { describe } from './described.ts'
import { deviceEvents } from './events.ts'
import { type Identifier, matchKey, meaningful, remember } from './identifiers.ts'
import { type FormFactor, formFactorOf, makerOf, modelKey, type Platform } from './platform.ts'
import { keepableIdentifiers, mayStore } from './keeping.ts'
import { beginWatch } from './silence.ts'
import { writeRow } from './row.ts'
import * as store from './store.ts'

/** What someone saw of a device: an enrollment, a vendor program, a report. */
export interface Sighting {
  platform: Platform
  identifiers: readonly Identifier[]
  name?: string
  model?: string
  modelName?: string
  formFactor?: FormFactor
  osVersion?: string
  /** Where it belongs if it is new or had ended. */
  unit: string
  user?: string | null
  ownership?: Ownership
  /** By which road it is about to be managed, and in which of its modes. */
  road?: string
  mode?: string
}

/** How long a device must be unheard of before another UDID with its serial number is taken for the same one, repaired. */
const quietMs = 3 * 24 * 3_600_000

/**
 * Finds the device that was seen, or adds it. The UDID decides first, then an enrollment id, then a serial number of the same maker.
 * A known serial number with another UDID (a new logic board, or a cloned virtual machine) is the same device when the known one
 * has ended or been quiet for three days; otherwise both are kept and the conflict is recorded.
 */
export async function sighted(ctx: Ctx, sighting: Sighting): Promise<Device> {
  const identifiers = meaningful(sighting.identifiers)
  const { same, rival } = await whose(ctx, sighting.platform, identifiers)
  const id = same ? same.id : await add(ctx, sighting)
  const before = same ?? null
  const may = await mayStore(ctx, await standing(ctx, id, sighting), sighting.mode)
  await remember(ctx, id, keepableIdentifiers(identifiers, may))
  await update(ctx, id, may('identifiers') ? sighting : nameless(sighting), before)
  const device = await get(ctx, id)
  if (!before)
    await record(ctx, deviceEvents.added, about(device), { platform: device.platform, serial: device.serial })
  if (before?.udid && device.udid && matchKey('udid', before.udid) !== matchKey('udid', device.udid))
    await record(ctx, deviceEvents.merged, about(device), { by: 'serial', before: before.udid, now: device.udid })
  if (rival) {
    const told = { kind: 'serial', value: rival.serial ?? '', other: rival.id }
    await record(ctx, deviceEvents.conflicted, about(device), told)
    await record(ctx, deviceEvents.conflicted, about(rival), { ...told, other: device.id })
  }
  return device
}

/** People put their own names into the names of their devices. */
function nameless({ name: _, ...sighting }: Sighting): Sighting {
  return sighting
}

/** The device as it will be once it is written: one that had ended is from now on whose the invitation says. */
async function standing(ctx: Ctx, id: string, { ownership, unit }: Sighting): Promise<Device> {
  const device = await get(ctx, id)
  if (device.state !== 'ended') return device
  return { ...device, ownership: ownership ?? device.ownership, unitPath: (await unitOf(ctx, unit)).path }
}

async function whose(
  ctx: Ctx,
  platform: Platform,
  identifiers: readonly Required<Identifier>[],
): Promise<{ same?: Device; rival?: Device }> {
  const matching = async (kind: string): Promise<Device[]> => {
    const shown = identifiers.find(i => i.kind === kind)
    if (!shown) return []
    const found = await store.devicesWith(ctx, kind, matchKey(kind, shown.value))
    return found.filter(d => makerOf(d.platform) === makerOf(platform))
  }
  for (const kind of ['udid', 'enrollment-id']) {
    const [same] = await matching(kind)
    if (same) return { same }
  }
  const [known] = await matching('serial')
  if (!known) return {}
  const differs = known.udid !== null && identifiers.some(i => i.kind === 'udid')
  const quiet = known.state === 'ended' || ctx.now - Math.max(known.lastSeenAt ?? 0, known.createdAt) > quietMs
  return differs && !quiet ? { rival: known } : { same: known }
}

async function add(ctx: Ctx, sighting: Sighting): Promise<Device['id']> {
  const unit = await unitOf(ctx, sighting.unit)
  const user = sighting.user ? await userOf(ctx, sighting.user) : null
  const id = newId('device')
  const modelName = sighting.modelName ?? ''
  await store.addDevice(ctx, {
    org: ctx.org,
    id,
    unit: unit.id,
    unit_path: unit.path,
    user_id: user?.id ?? null,
    user_name: user?.displayName ?? null,
    user_key: user ? searchable(user.displayName) : null,
    name: '',
    name_key: '',
    named_by: 'device',
    platform: sighting.platform,
    form_factor: sighting.formFactor ?? formFactorOf(sighting.platform, modelName),
    model: '',
    model_name: '',
    model_key: '',
    os_version: '',
    os_key: '',
    serial: '',
    udid: '',
    imei: '',
    ownership: sighting.ownership ?? 'unknown',
    shared: 0,
    supervised: null,
    state: 'enrolling',
    state_reason: null,
    state_at: ctx.now,
    asset_tag: '',
    enrolled_at: 0,
    last_seen_at: 0,
    waiting: 0,
    created_at: ctx.now,
    road: '',
    mode: '',
  })
  await store.openAssignment(ctx, id, unit.id, user?.id ?? null)
  await beginWatch(ctx)
  return id
}

async function update(ctx: Ctx, id: string, sighting: Sighting, before: Device | null): Promise<void> {
  const known = await store.listIdentifiers(ctx, id)
  const shown = (kind: string): string => known.find(k => k.kind === kind && k.current)?.value ?? ''
  const model = (sighting.model ?? before?.model ?? '').slice(0, 200)
  const modelName = (sighting.modelName ?? before?.modelName ?? '').slice(0, 200)
  const name = sighting.name?.trim().slice(0, 200) || before?.name || shown('serial') || shown('udid') || modelName
  const named = before?.namedBy === 'admin' ? {} : { name, name_key: searchable(name) }
  const row: Partial<store.DeviceRow> = {
    ...named,
    platform: sighting.platform,
    form_factor: sighting.formFactor ?? formFactorOf(sighting.platform, modelName || (sighting.model ?? '')),
    model,
    model_name: modelName,
    model_key: modelKey(model, modelName),
    ...(sighting.osVersion
      ? { os_version: sighting.osVersion.slice(0, 60), os_key: versionKey(sighting.osVersion) }
      : {}),
    serial: shown('serial'),
    udid: shown('udid'),
    imei: shown('imei'),
    ...(sighting.road === undefined ? {} : { road: sighting.road, mode: sighting.mode ?? '' }),
    ...(before?.state === 'ended' ? { state: 'enrolling', state_reason: null, state_at: ctx.now } : {}),
  }
  await writeRow(ctx, id, row)
  // A new device is said to be added, and one that shows other identifiers to be merged, which says it all.
  if (before) await describe(ctx, before, { ...row, serial: before.serial ?? '', imei: before.imei ?? '' })
  if (before?.state === 'ended') await reassign(ctx, before, sighting)
  await refreshText(ctx, id)
}

/** A device that comes back after its end belongs where it was invited to; one still in use stays where its admins put it. */
async function reassign(ctx: Ctx, before: Device, sighting: Sighting): Promise<void> {
  const unit = await unitOf(ctx, sighting.unit)
  const user = sighting.user ? await userOf(ctx, sighting.user) : null
  const keepsUser = sighting.user === undefined && before.unit === unit.id
  const holder = keepsUser
    ? { id: before.user, name: before.userName }
    : { id: user?.id ?? null, name: user?.displayName ?? null }
  await writeRow(ctx, before.id, {
    unit: unit.id,
    unit_path: unit.path,
    user_id: holder.id,
    user_name: holder.name,
    user_key: holder.name === null ? null : searchable(holder.name),
    ...(sighting.ownership ? { ownership: sighting.ownership } : {}),
  })
  if (before.unit === unit.id && before.user === holder.id) return
  await store.closeAssignment(ctx, before.id)
  await store.openAssignment(ctx, before.id, unit.id, holder.id)
  const now = { id: before.id, unitPath: unit.path }
  if (before.unit !== unit.id) await record(ctx, deviceEvents.moved, about(now), { before: before.unit, now: unit.id })
  if (before.user !== holder.id)
    await record(ctx, deviceEvents.assigned, about(now), { before: before.user, now: holder.id })
}

/** Whether a device of the org's, and not somebody's own, is known by this serial number. */
export async function knownBySerial(ctx: Ctx, serial: string): Promise<boolean> {
  const found = await store.devicesWith(ctx, 'serial', matchKey('serial', serial))
  return found.some(device => device.ownership === 'company')
}
