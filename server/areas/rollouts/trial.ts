import { demand } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { type Id, newId } from '../../base/id.ts'
import { enqueue } from '../../base/jobs.ts'
import { Problem } from '../../base/problem.ts'
import type { Json } from '../policies/index.ts'
import * as devices from '../devices/index.ts'
import * as policies from '../policies/index.ts'
import type { TrialState } from '../blueprints/index.ts'
import { trialEvents } from './events.ts'
import { endTrialName } from './later.ts'
import * as store from './store.ts'

/** A value of a policy on one device for some minutes. */
export interface Trial {
  id: Id<'trial'>
  device: string
  policy: string
  /** Below zero: stands for its value among the versions of the policy. */
  number: number
  value: Json
  until: number
  by: { kind: string; id: string | null }
  createdAt: number
}

/**
 * Puts a value of a policy on one device, nearest of all, until its time is over; then the device returns to what it had by itself.
 * Takes the place of an earlier trial of the policy on that device.
 */
export async function tryOn(
  ctx: Ctx,
  wish: { device: string; policy: string; value: Json | null; version: number | null; minutes: number },
): Promise<Trial> {
  const device = await devices.demanded(ctx, wish.device, 'devices:configure')
  const policy = await policies.policyFor(ctx, wish.policy, 'policies:write')
  const value =
    wish.value === null
      ? await policies.valueOf(ctx, policy.id, wish.version ?? policy.version)
      : await policies.soundValue(ctx, policy, wish.value)
  const until = ctx.now + wish.minutes * 60_000
  const id = newId('trial')
  await store.putTrial(ctx, {
    org: ctx.org,
    id,
    device: device.id,
    policy: policy.id,
    // Never that of another trial, so that whoever keeps values by version keeps the right one.
    number: -1 - Number.parseInt(id.slice(-12), 16),
    value: JSON.stringify(value),
    until,
    by_kind: ctx.actor.kind,
    by_id: ctx.actor.kind === 'system' ? ctx.actor.what : ctx.actor.id,
    created_at: ctx.now,
  })
  await policies.bumpRevision(ctx)
  await enqueue(ctx, endTrialName, { trial: id }, { dedupe: id, inMs: until - ctx.now })
  await record(ctx, trialEvents.begun, devices.about(device), {
    trial: id,
    policy: policy.id,
    name: policy.name,
    until,
  })
  return toTrial(await found(ctx, id))
}

/** Ends a trial: early by a person, or by its time, when one that is gone already is no mistake. */
export async function endTrial(ctx: Ctx, id: string, early: boolean): Promise<void> {
  const row = await store.findTrial(ctx, id)
  if (!row && early) throw new Problem('id.unknown')
  if (!row) return
  const device = await devices.get(ctx, row.device)
  if (early) demand(ctx.authority, 'devices:configure', device.unitPath, 'devices:read')
  await store.removeTrial(ctx, id)
  await policies.bumpRevision(ctx)
  const policy = await policies.getPolicy(ctx, row.policy)
  const told = { trial: id, policy: policy.id, name: policy.name, early }
  await record(ctx, trialEvents.ended, devices.about(device), told)
}

/** The trials under way; of one device when it is named. */
export async function trialsOf(ctx: Ctx, device: string | null): Promise<Trial[]> {
  return (await store.listTrials(ctx, device)).map(toTrial)
}

/** What resolving needs to know of the trials under way, with the values their numbers stand for. */
export async function trialStates(ctx: Ctx): Promise<(TrialState & { value: Json })[]> {
  return (await trialsOf(ctx, null)).map(({ id, device, policy, number, until, value }) => ({
    id,
    device,
    policy,
    version: number,
    until,
    value,
  }))
}

async function found(ctx: Ctx, id: string): Promise<store.TrialRow> {
  const row = await store.findTrial(ctx, id)
  if (!row) throw new Error('a trial just written is not found')
  return row
}

function toTrial(row: store.TrialRow): Trial {
  return {
    id: row.id as Id<'trial'>,
    device: row.device,
    policy: row.policy,
    number: row.number,
    value: JSON.parse(row.value) as Json,
    until: row.until,
    by: { kind: row.by_kind, id: row.by_id },
    createdAt: row.created_at,
  }
}
