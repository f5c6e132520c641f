import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import { limitsOf, roomFor } from './bucket.ts'
import { changeLimits } from './change.ts'
import { fleetOf } from './fleet.ts'
import { againstLifting, beginLifting, freeze, lift } from './freeze.ts'
import { approverRoutes } from './pinned-routes.ts'
import { intentRoutes, offerShape, signedBody } from './intent-routes.ts'
import { limitsShape, shareOf } from './limits.ts'
import * as store from './store.ts'
import { doubted, driftSince } from './time.ts'

const text = z.string().nullable()
const instant = z.number().nullable()
const lifting = z.object({ allowed: z.boolean(), reason: text })

const guardShape = z.object({
  frozen: z.object({ at: z.number(), by: text, reason: text, lifting }).nullable(),
  breaker: z.object({ at: z.number(), acknowledged: z.number(), minutes: z.number(), lifting }).nullable(),
  restored: z.object({ at: z.number(), epoch: z.number(), lifting }).nullable(),
  time: z.object({ at: instant, byMs: z.number(), lifting }).nullable(),
  limits: limitsShape,
  version: z.number(),
  /** What the limits come to for the devices there are. */
  means: z.object({
    fleet: z.number(),
    perDay: z.number(),
    approvedPerHour: z.number(),
    disruptivePerQuarter: z.number(),
    twoApproversAbove: z.number(),
    breakerTenMinutes: z.number(),
    spared: z.number(),
  }),
  /** What is left for the reader now. */
  left: z.object({
    irreversible: z.number(),
    why: z.string(),
    freeInMs: z.number(),
    disruptive: z.number(),
  }),
})

async function shown(ctx: Ctx): Promise<z.input<typeof guardShape>> {
  const [state, { version, ...limits }, fleet] = [await store.getState(ctx), await limitsOf(ctx), await fleetOf(ctx)]
  const [hard, soft] = [await roomFor(ctx, state, 'irreversible', null), await roomFor(ctx, state, 'disruptive', null)]
  return {
    ...(await stops(ctx, state)),
    limits,
    version,
    means: {
      fleet,
      perDay: shareOf(limits.perDay, fleet),
      approvedPerHour: shareOf(limits.approvedPerHour, fleet),
      disruptivePerQuarter: shareOf(limits.disruptivePerQuarter, fleet),
      twoApproversAbove: Math.min(limits.twoApprovers.most, shareOf(limits.twoApprovers, fleet)),
      breakerTenMinutes: shareOf(limits.breakerTenMinutes, fleet),
      spared: await store.countSpared(ctx),
    },
    left: { irreversible: hard.left, why: hard.why, freeInMs: hard.freeInMs, disruptive: soft.left },
  }
}

async function stops(ctx: Ctx, s: store.StateRow) {
  const by = s.frozen_by === null ? null : ((await namesOf(ctx, [s.frozen_by])).get(s.frozen_by) ?? null)
  const may = async (stop: Parameters<typeof againstLifting>[1]) => {
    const reason = await againstLifting(ctx, stop)
    return { allowed: reason === null, reason }
  }
  const { breaker_count, breaker_minutes } = s
  const off = doubted(ctx, s)
  return {
    frozen:
      s.frozen_at === null ? null : { at: s.frozen_at, by, reason: s.frozen_reason, lifting: await may('frozen') },
    breaker:
      s.breaker_at === null
        ? null
        : {
            at: s.breaker_at,
            acknowledged: breaker_count ?? 0,
            minutes: breaker_minutes ?? 0,
            lifting: await may('breaker'),
          },
    restored: s.restored_at === null ? null : { at: s.restored_at, epoch: s.epoch, lifting: await may('restored') },
    time: off
      ? { at: s.doubted_at, byMs: s.off_by ?? Math.round(driftSince(ctx, s)), lifting: await may('time') }
      : null,
  }
}

const lifts = ['unfreeze', 'close-breaker', 'release-epoch', 'confirm-time'] as const
const stopOf = {
  unfreeze: 'frozen',
  'close-breaker': 'breaker',
  'release-epoch': 'restored',
  'confirm-time': 'time',
} as const
const lifted = {
  unfreeze: 'Lifts the stop',
  'close-breaker': 'Closes the breaker',
  'release-epoch': 'Lets go what was queued before the restore',
  'confirm-time': 'Confirms that the clock is right',
} as const

const liftRoutes: readonly Route[] = lifts.flatMap(name => [
  route({
    method: 'POST',
    path: `/api/v1/guard/${name}-options`,
    permission: 'guard:approve',
    summary: `${lifted[name]}: what your passkey is to sign first.`,
    reply: offerShape,
    run: ctx => beginLifting(ctx, stopOf[name]),
  }),
  route({
    method: 'POST',
    path: `/api/v1/guard/${name}`,
    permission: 'guard:approve',
    summary: `${lifted[name]}, with the passkey of an admin who did not cause it.`,
    body: signedBody,
    reply: guardShape,
    run: async (ctx, { body }) => {
      await lift(ctx, stopOf[name], body.response)
      return shown(ctx)
    },
  }),
])

/** Every route of this area. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/guard',
    permission: 'guard:read',
    summary: 'What is stopped, what the limits are and come to here, and what is left of them for you.',
    reply: guardShape,
    run: ctx => shown(ctx),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/guard/limits',
    permission: 'guard:write',
    summary: 'Changes the limits: what is stricter holds at once, what lets more through is announced for a day.',
    body: limitsShape,
    reply: z.object({ intent: text, guard: guardShape }),
    run: async (ctx, { body }) => {
      const intent = await changeLimits(ctx, body)
      return { intent, guard: await shown(ctx) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/guard/freeze',
    permission: 'guard:approve',
    summary: 'Stops everything: nothing that changes a device leaves, all others are signed out, keys rest.',
    body: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
    reply: guardShape,
    run: async (ctx, { body }) => {
      await freeze(ctx, body.reason)
      return shown(ctx)
    },
  }),
  ...liftRoutes,
  ...approverRoutes,
  ...intentRoutes,
]
