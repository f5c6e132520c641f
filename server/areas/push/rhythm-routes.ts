import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { estimateOf, estimateShape } from './estimate.ts'
import { type RhythmOf, rhythmOfUnit, setRhythm } from './rhythm.ts'

const minute = 60_000
const day = 86_400_000

const rhythm = {
  everyMs: z
    .int()
    .min(5 * minute)
    .max(day)
    .describe('How often an agent calls by itself.'),
  jitterPercent: z.int().min(5).max(100).describe('Up to so much of it later, at random.'),
  lostEveryMs: z.int().min(minute).max(day).describe('How often while the device is lost.'),
}

const reply = z.object({
  everyMs: z.number(),
  jitterPercent: z.number(),
  lostEveryMs: z.number(),
  own: z.boolean(),
  from: z.string().nullable().describe('The unit it is inherited from; null: nobody has set one.'),
  estimate: estimateShape,
})

const params = z.object({ id: z.string().max(64) })
const withEstimate = (of: RhythmOf): z.output<typeof reply> => ({ ...of, estimate: estimateOf(of) })

/** How often agents call by themselves, by unit. */
export const rhythmRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/units/:id/wake-rhythm',
    permission: 'policies:read',
    summary: 'How often agents of a unit call by themselves, and what that costs a phone in a day.',
    params,
    reply,
    run: async (ctx, { params: { id } }) => withEstimate(await rhythmOfUnit(ctx, id)),
  }),
  route({
    method: 'PUT',
    path: '/api/v1/units/:id/wake-rhythm',
    permission: 'policies:write',
    summary: 'Gives the agents of a unit and of those below a rhythm of their own.',
    params,
    body: z.strictObject(rhythm),
    reply,
    run: async (ctx, { params: { id }, body }) => withEstimate(await setRhythm(ctx, id, body)),
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/units/:id/wake-rhythm',
    permission: 'policies:write',
    summary: 'Gives the agents of a unit the rhythm of the unit above again.',
    params,
    run: async (ctx, { params: { id } }) => void (await setRhythm(ctx, id, null)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/wake-estimate',
    permission: 'policies:read',
    summary: 'What a rhythm would cost a phone in a day, by channel, with what the estimate rests on.',
    query: z.object({
      everyMs: z.coerce.number().pipe(rhythm.everyMs),
      jitterPercent: z.coerce.number().pipe(rhythm.jitterPercent).default(20),
    }),
    reply: estimateShape,
    run: (_ctx, { query }) => Promise.resolve(estimateOf(query)),
  }),
]
