import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { searchable } from '../../base/text.ts'
import { identifiersOf, matchKey } from './identifiers.ts'
import type { FormFactor, Platform } from './platform.ts'
import { writeRow } from './row.ts'
import * as store from './store.ts'

/** Whose a device is. */
export const ownerships = ['company', 'personal', 'unknown'] as const
export type Ownership = (typeof ownerships)[number]

/** Where a device stands. `silent`: it should call home and has not for days. */
export const deviceStates = ['enrolling', 'active', 'silent', 'lost', 'ended'] as const
export type DeviceState = (typeof deviceStates)[number]

/** The physical thing. It outlives every enrollment. */
export interface Device {
  id: Id<'device'>
  unit: Id<'unit'>
  unitPath: string
  user: Id<'user'> | null
  userName: string | null
  name: string
  namedBy: 'device' | 'admin'
  platform: Platform
  formFactor: FormFactor
  model: string | null
  modelName: string | null
  osVersion: string | null
  serial: string | null
  udid: string | null
  imei: string | null
  ownership: Ownership
  /** Several people use it, so it belongs to none of them. */
  shared: boolean
  supervised: boolean | null
  state: DeviceState
  stateReason: string | null
  stateAt: number
  assetTag: string | null
  enrolledAt: number | null
  lastSeenAt: number | null
  waiting: number
  createdAt: number
}

/** The device with this id in the org of the transaction; whether the actor may see it is the caller's question. */
export async function get(ctx: Ctx, id: string): Promise<Device> {
  const device = await store.findDevice(ctx, id)
  if (!device) throw new Problem('id.unknown')
  return device
}

/** The same, when the device may be gone. */
export function find(ctx: Ctx, id: string): Promise<Device | undefined> {
  return store.findDevice(ctx, id)
}

/** What events say they are about, and whose admins may see them. */
export function about(device: Pick<Device, 'id' | 'unitPath'>): { kind: 'device'; id: string; path: string } {
  return { kind: 'device', id: device.id, path: device.unitPath }
}

/** Moves the device to a state. Entering `active` for the first time since it was added or ended is when it was enrolled. */
export async function setState(ctx: Ctx, id: string, state: DeviceState, reason: string | null = null): Promise<void> {
  const device = await get(ctx, id)
  if (device.state === state && device.stateReason === reason) return
  const enrolled = state === 'active' && (device.state === 'enrolling' || device.state === 'ended')
  await writeRow(ctx, id, {
    state,
    state_reason: reason,
    state_at: ctx.now,
    ...(enrolled ? { enrolled_at: ctx.now } : {}),
    ...(state === 'ended' ? { waiting: 0 } : {}),
  })
}

/** Counts commands under way: a number adds (or takes away), `{ to }` sets. Never below zero. */
export async function setWaiting(ctx: Ctx, id: string, change: number | { to: number }): Promise<void> {
  await store.changeWaiting(ctx, id, change)
}

/** Writes again the text the device is looked up by, from its name, identifiers (past ones too), user and asset tag. */
export async function refreshText(ctx: Ctx, id: string): Promise<void> {
  const device = await get(ctx, id)
  const identifiers = await identifiersOf(ctx, device.id)
  const person = device.user === null ? [] : [device.userName]
  const parts = [
    device.name,
    ...identifiers.flatMap(i => [i.value.replaceAll(' ', ''), matchKey(i.kind, i.value)]),
    ...person,
    device.assetTag,
  ]
  const text = [...new Set(parts.filter(p => p !== null && p !== '').map(p => searchable(String(p))))].join('\n')
  await store.putText(ctx, id, device.unitPath, text.slice(0, 2000))
}
