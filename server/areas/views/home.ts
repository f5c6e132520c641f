import { z } from 'zod'
import * as custody from '../custody/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { deviceStates, formFactors, platforms } from '../devices/index.ts'
import { latencies } from '../push/index.ts'
import { decisionShape, decisions, keptThings } from './decisions.ts'
import { unitShape } from './device-row.ts'
import { fleet } from './fleet.ts'

const states = Object.fromEntries(deviceStates.map(s => [s, z.number()])) as Record<
  (typeof deviceStates)[number],
  z.ZodNumber
>

/** What a person sees first: what needs them, how the fleet stands, what expires, how fast devices come. */
export const homeShape = z.object({
  at: z.number(),
  decisions: z.array(decisionShape),
  fleet: z.object({
    at: z.number(),
    states: z.object(states),
    byPlatform: z.array(
      z.object({ platform: z.enum(platforms), formFactor: z.enum(formFactors), ...states, total: z.number() }),
    ),
    byUnit: z.array(z.object({ unit: unitShape, ...states, total: z.number() })),
  }),
  expiry: z.array(
    z.object({
      id: z.string(),
      purpose: z.string(),
      subject: z.string(),
      notAfter: z.number(),
      /** It does not work now, whatever its date. */
      refused: z.boolean(),
      breaks: custody.breaksShape.nullable(),
    }),
  ),
  push: z.object({
    histogram: z.array(z.object({ upToMs: z.number().nullable(), count: z.number() })),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
  }),
})

/** Home, within what the reader may see. Certificates serve the whole org, so only those responsible for all of it see them here. */
export async function home(ctx: Ctx): Promise<z.input<typeof homeShape>> {
  const held = await keptThings(ctx)
  const ends = held.flatMap(({ ref, kind, name, endsAt, breaks, state }) =>
    endsAt === null
      ? []
      : [{ id: ref, purpose: kind, subject: name, notAfter: endsAt, refused: state === 'troubled', breaks }],
  )
  return {
    at: ctx.now,
    decisions: await decisions(ctx, held),
    fleet: await fleet(ctx),
    expiry: ends.toSorted((a, b) => Number(b.refused) - Number(a.refused) || a.notAfter - b.notAfter),
    push: await latencies(ctx),
  }
}
