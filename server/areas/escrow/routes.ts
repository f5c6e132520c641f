import { z } from 'zod'
import { may } from '../../base/authority.ts'
import { type Route, route } from '../../base/route.ts'
import * as devices from '../devices/index.ts'
import { demandStepUp, unitRefs } from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import { custodianOf, custodians } from './custodian.ts'
import { list } from './list.ts'
import { reveal } from './reveal.ts'
import { rules, ruleShape, setRule, usual } from './rule.ts'
import { escrowStates } from './store.ts'
import { takeTurn } from './turn.ts'
import { Problem } from '../../base/problem.ts'

const params = z.object({ id: z.string() })
const named = z.object({ id: z.string(), name: z.string().max(60) })
const stateShape = z.enum(escrowStates)

const entryShape = z.object({
  id: z.string(),
  state: stateShape,
  since: z.number(),
  createdAt: z.number(),
  toldAt: z.number().nullable(),
  facts: z.record(z.string(), z.json()),
  views: z.number(),
  viewedAt: z.number().nullable(),
  viewedBy: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
})

const listedShape = z.object({
  kind: z.string(),
  state: z.enum(['current', 'pending', 'past', 'none']),
  demanded: z.boolean(),
  shown: z.boolean(),
  renewable: z.boolean(),
  entries: z.array(entryShape),
  turn: z
    .object({
      why: z.string(),
      dueAt: z.number(),
      askedAt: z.number().nullable(),
      problem: z.string().nullable(),
      tries: z.number(),
    })
    .nullable(),
})

const secretRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/secrets',
    permission: 'devices:read',
    summary:
      'What secrets of a device are kept, in which state and since when, who looked last, and which are to be replaced. Never the secrets themselves.',
    params,
    reply: z.object({ items: z.array(listedShape) }),
    run: async (ctx, { params: { id } }) => ({
      items: await list(ctx, await devices.demanded(ctx, id, 'devices:read')),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/secrets/:name/reveal',
    permission: 'devices:secrets',
    summary:
      'Shows a secret of a device to somebody who says why and has just proved that it is they. The look is recorded, and the secret is replaced afterwards where the device can. With `id`, one of its history.',
    params: named,
    body: z.strictObject({ purpose: z.string().trim().min(3).max(500), id: z.string().max(60).optional() }),
    reply: z.object({
      value: z.string(),
      values: z.array(z.object({ id: z.string(), value: z.string(), state: stateShape, at: z.number() })),
      replacedAt: z.number().nullable(),
    }),
    run: async (ctx, { params: { id, name }, body: { purpose, id: wanted } }) => {
      const device = await devices.demanded(ctx, id, 'devices:secrets')
      await demandStepUp(ctx)
      const user = device.shared ? null : device.user
      await privacy.openLook(ctx, { device: device.id, unitPath: device.unitPath, user, what: 'secrets', purpose })
      return reveal(ctx, device, { kind: name, id: wanted, purpose })
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/secrets/:name/replace',
    permission: 'devices:secrets',
    summary: 'Has a device replace a secret now, or tell it anew.',
    params: named,
    reply: listedShape,
    status: 202,
    run: async (ctx, { params: { id, name } }) => {
      const device = await devices.demanded(ctx, id, 'devices:secrets')
      if (!custodianOf(name)?.renew) throw new Problem('escrow.not-replaceable', { kind: name })
      const listed = (await list(ctx, device)).find(l => l.kind === name)
      if (!listed?.renewable) throw new Problem('escrow.not-replaceable', { kind: name })
      await takeTurn(ctx, device, { kind: name, why: 'asked', dueAt: ctx.now })
      const after = (await list(ctx, device)).find(l => l.kind === name)
      return after ?? listed
    },
  }),
]

const ruledShape = z.object({
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  rule: ruleShape,
  changedAt: z.number(),
})

const ruleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/escrow-rules',
    permission: 'devices:read',
    summary: 'What units demand of the secrets of their devices, and which kinds can be demanded.',
    reply: z.object({
      items: z.array(ruledShape),
      usual: ruleShape,
      kinds: z.array(z.object({ kind: z.string(), platforms: z.array(z.string()), always: z.boolean() })),
    }),
    run: async ctx => {
      const refOf = await unitRefs(ctx)
      const seen = (await rules(ctx)).filter(r => may(ctx.authority, 'devices:read', r.path))
      return {
        items: seen.map(r => ({ unit: refOf(r.unit), rule: r.rule, changedAt: r.changedAt })),
        usual,
        kinds: custodians()
          .filter(c => c.demandable)
          .map(c => ({ kind: c.kind, platforms: [...c.platforms], always: c.always === true })),
      }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/v1/units/:id/escrow-rule',
    permission: 'devices:configure',
    summary: 'Sets what a unit, and all below it that has no rule of its own, demands of the secrets of its devices.',
    params,
    body: ruleShape,
    run: async (ctx, { params: { id }, body }) => {
      await setRule(ctx, id, body)
      return undefined
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/units/:id/escrow-rule',
    permission: 'devices:configure',
    summary: 'Lets the unit above decide again what is demanded of the secrets of devices.',
    params,
    run: async (ctx, { params: { id } }) => {
      await setRule(ctx, id, null)
      return undefined
    },
  }),
]

/** Every route of this area. */
export const routes: readonly Route[] = [...secretRoutes, ...ruleRoutes]
