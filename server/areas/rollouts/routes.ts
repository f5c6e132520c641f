import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { listQuery, listReply, readPage } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { namesOf } from '../identity/index.ts'
import * as devices from '../devices/index.ts'
import * as policies from '../policies/index.ts'
import type { Json } from '../policies/index.ts'
import { countsNow, nextWave, pause, resume, type Rollout, rolloutFor, stop, toRollout } from './rollout.ts'
import * as store from './store.ts'
import { endTrial, type Trial, trialsOf, tryOn } from './trial.ts'

const params = z.object({ id: z.string().max(64) })
const countsShape = z.object({ of: z.number(), heard: z.number(), installed: z.number(), failed: z.number() })
const byShape = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

const rolloutShape = z.object({
  id: z.string(),
  policy: z.object({ id: z.string(), name: z.string() }),
  from: z.number(),
  to: z.number(),
  state: z.enum(['running', 'paused', 'done', 'stopped', 'canceled']),
  reason: z.string().nullable(),
  facts: z.record(z.string(), z.number()),
  waves: z.array(
    z.object({ percent: z.number(), state: z.enum(['over', 'out', 'waits']), counts: countsShape.nullable() }),
  ),
  wave: z.number(),
  waveAt: z.number(),
  /** When the wave that is out has been watched long enough; null when none is. */
  waveEndsAt: z.number().nullable(),
  watchMinutes: z.number(),
  stopAbovePercentFailed: z.number(),
  minHeardPercent: z.number(),
  by: byShape,
  createdAt: z.number(),
  endedAt: z.number().nullable(),
})

const trialShape = z.object({
  id: z.string(),
  device: z.object({ id: z.string(), name: z.string() }),
  policy: z.object({ id: z.string(), name: z.string() }),
  until: z.number(),
  by: byShape,
  createdAt: z.number(),
})

const act = (verb: string, summary: string, what: (ctx: Ctx, rollout: Rollout) => Promise<void>): Route =>
  route({
    method: 'POST',
    path: `/api/v1/rollouts/:id/${verb}`,
    permission: 'policies:write',
    summary,
    params,
    reply: rolloutShape,
    run: async (ctx, { params: { id } }) => {
      await what(ctx, await rolloutFor(ctx, id, 'policies:write'))
      return shown(ctx, await rolloutFor(ctx, id, 'policies:read'))
    },
  })

/** Rollouts and trials, for admins. */
export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/rollouts',
    permission: 'policies:read',
    summary: 'Rollouts of the policies one may see, newest first; of one policy with policy=.',
    query: listQuery.omit({ filter: true }).extend({ policy: z.string().max(64).optional() }),
    reply: listReply(rolloutShape),
    run: async (ctx, { query }) => {
      const page = readPage(ctx.org, query, {
        list: 'rollouts',
        id: 'id',
        default: '-createdAt',
        columns: { createdAt: { column: 'created_at', type: 'number' } },
      })
      const paths = ctx.authority.where('policies:read')
      const { items, next } = await store.listRollouts(ctx, paths, page, query.policy ?? null)
      const rows: z.input<typeof rolloutShape>[] = []
      for (const row of items) rows.push(await shown(ctx, toRollout(row)))
      return { items: rows, next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/rollouts/:id',
    permission: 'policies:read',
    summary: 'One rollout, with how its devices fare now.',
    params,
    reply: rolloutShape,
    run: async (ctx, { params: { id } }) => shown(ctx, await rolloutFor(ctx, id, 'policies:read')),
  }),
  act('pause', 'Holds a rollout where it is.', pause),
  act('resume', 'Lets a paused rollout go on; the watch of its wave begins again.', resume),
  act('advance', 'Sends the next wave out before its time.', async (ctx, rollout) =>
    nextWave(ctx, rollout, await countsNow(ctx, rollout)),
  ),
  act('stop', 'Ends a rollout: every device goes back to the version before.', async (ctx, rollout) =>
    stop(ctx, rollout, { reason: 'rollout.canceled', percent: null, counts: await countsNow(ctx, rollout) }),
  ),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/trials',
    permission: 'devices:configure',
    summary: 'Puts a value or a version of a policy on one device for some minutes; then the device returns by itself.',
    params,
    body: z.strictObject({
      policy: z.string().max(64),
      value: z.json().optional(),
      version: z.int().min(1).optional(),
      minutes: z
        .int()
        .min(1)
        .max(24 * 60)
        .default(15),
    }),
    status: 201,
    reply: trialShape,
    run: async (ctx, { params: { id }, body }) =>
      shownTrial(
        ctx,
        await tryOn(ctx, {
          device: id,
          policy: body.policy,
          value: body.value === undefined ? null : (body.value as Json),
          version: body.version ?? null,
          minutes: body.minutes,
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/trials',
    permission: 'devices:read',
    summary: 'Trials under way on a device.',
    params,
    reply: z.object({ items: z.array(trialShape) }),
    run: async (ctx, { params: { id } }) => {
      const device = await devices.demanded(ctx, id, 'devices:read')
      const items: z.input<typeof trialShape>[] = []
      for (const trial of await trialsOf(ctx, device.id)) items.push(await shownTrial(ctx, trial))
      return { items }
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/trials/:id',
    permission: 'devices:configure',
    summary: 'Ends a trial before its time.',
    params,
    run: async (ctx, { params: { id } }) => {
      await endTrial(ctx, id, true)
      return undefined
    },
  }),
]

async function shown(ctx: Ctx, rollout: Rollout): Promise<z.input<typeof rolloutShape>> {
  const policy = await policies.getPolicy(ctx, rollout.policy)
  const now = rollout.endedAt === null ? await countsNow(ctx, rollout) : null
  const { waves, watchMs, stopAbovePercent, minHeardPercent } = rollout.terms
  return {
    id: rollout.id,
    policy: { id: policy.id, name: policy.name },
    from: rollout.from,
    to: rollout.to,
    state: rollout.state,
    reason: rollout.reason,
    facts: rollout.facts,
    waves: waves.map((percent, i) => ({
      percent,
      state: i < rollout.wave || rollout.state === 'done' ? 'over' : i === rollout.wave ? 'out' : 'waits',
      counts: rollout.counts[i] ?? (i === rollout.wave ? now : null),
    })),
    wave: rollout.wave,
    waveAt: rollout.waveAt,
    waveEndsAt: rollout.state === 'running' ? rollout.waveAt + watchMs : null,
    watchMinutes: watchMs / 60_000,
    stopAbovePercentFailed: stopAbovePercent,
    minHeardPercent,
    by: await named(ctx, rollout.by),
    createdAt: rollout.createdAt,
    endedAt: rollout.endedAt,
  }
}

async function shownTrial(ctx: Ctx, trial: Trial): Promise<z.input<typeof trialShape>> {
  const policy = await policies.getPolicy(ctx, trial.policy)
  const device = await devices.get(ctx, trial.device)
  return {
    id: trial.id,
    device: { id: device.id, name: device.name },
    policy: { id: policy.id, name: policy.name },
    until: trial.until,
    by: await named(ctx, trial.by),
    createdAt: trial.createdAt,
  }
}

async function named(ctx: Ctx, by: { kind: string; id: string | null }): Promise<z.input<typeof byShape>> {
  const names = by.id === null ? new Map<string, string>() : await namesOf(ctx, [by.id])
  return { ...by, name: by.id === null ? null : (names.get(by.id) ?? null) }
}
