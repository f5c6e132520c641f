import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { type Route, route } from '../../base/route.ts'
import { addGate, type Gate, gateOf, removeGate } from './gate.ts'
import { ruleShape, shownRules } from './shapes.ts'

const params = z.object({ id: z.string().max(64) })
const gateShape = z.object({
  /** Made for the campaign: it follows it and goes with it. */
  made: z.boolean(),
  /** Its counts say how many devices are gated (violating) and how many have time left after the date (grace). */
  rule: ruleShape,
})

async function shown(ctx: Ctx, gate: Gate): Promise<z.input<typeof gateShape>> {
  const rules = await shownRules(ctx, [gate.rule])
  return { made: gate.made, rule: rules[0] ?? unreachable() }
}

function unreachable(): never {
  throw new Error('a rule that was just read is shown')
}

/** What a device meets that ignores the date of a campaign. */
export const gateRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/campaigns/:id/gate',
    permission: 'compliance:read',
    summary: 'The rule that holds after the date of a campaign, with how many devices it gates.',
    params,
    reply: z.object({ gate: gateShape.nullable() }),
    run: async (ctx, { params: { id } }) => {
      const gate = await gateOf(ctx, id)
      return { gate: gate && (await shown(ctx, gate)) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/campaigns/:id/gate',
    permission: 'compliance:write',
    summary: 'Gives a campaign a gate after its date: a rule made for it that follows it, or one that is there.',
    params,
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('rule'), rule: z.string().max(64) }),
      z.strictObject({
        kind: z.literal('new'),
        graceHours: z.int().min(0).max(2160).default(0),
        restrict: z
          .string()
          .trim()
          .min(1)
          .max(60)
          .nullable()
          .default('update-overdue')
          .describe('The tag that restricts; null: none.'),
        tellPerson: z.boolean().default(true),
      }),
    ]),
    status: 201,
    reply: gateShape,
    run: async (ctx, { params: { id }, body }) => shown(ctx, await addGate(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/campaigns/:id/gate',
    permission: 'compliance:write',
    summary: 'Takes the gate of a campaign away, with the rule where it was made for it.',
    params,
    run: async (ctx, { params: { id } }) => {
      await removeGate(ctx, id)
      return undefined
    },
  }),
]
