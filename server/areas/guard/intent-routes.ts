import { z } from 'zod'
import { listQuery, listReply } from '../../base/page.ts'
import { type Route, route } from '../../base/route.ts'
import { assertionShape, requestShape } from '../identity/index.ts'
import { approve, beginApproval } from './approval.ts'
import { cancelIntent, denyIntent, intentFor } from './intent.ts'
import { type IntentState, intentStates, listIntents, pageOfDevices } from './intent-store.ts'
import { describeIntents, intentDeviceShape, intentPage, intentPageShape, intentShape, shownDevice } from './shown.ts'

const params = z.object({ id: z.string() })
const why = z.string().trim().max(500)

/** What a passkey is asked to sign. */
export const offerShape = z.object({ options: requestShape, hash: z.string(), until: z.number() })

/** What a passkey answers. */
export const signedBody = z.strictObject({ response: assertionShape })

/** The routes of what is held. */
export const intentRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/intents',
    permission: 'guard:read',
    summary: 'What waits for somebody, for time or for room, and what became of it, newest first.',
    query: listQuery.omit({ filter: true, sort: true }).extend({
      state: z.enum(['open', 'ended', ...intentStates]).optional(),
      device: z.string().max(40).optional(),
    }),
    reply: listReply(intentShape),
    run: async (ctx, { query: { state, device, ...query } }) => {
      const which: 'open' | 'ended' | IntentState | null = state ?? null
      const page = await listIntents(ctx, { ...query, filter: '' }, { which, device: device ?? null })
      return { items: await describeIntents(ctx, page.items), next: page.next, total: null }
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/intents/:id',
    permission: 'guard:read',
    summary: 'What is held, why, what releases it, and who agreed so far.',
    params,
    reply: intentPageShape,
    run: async (ctx, { params: { id } }) => intentPage(ctx, await intentFor(ctx, id)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/intents/:id/devices',
    permission: 'guard:read',
    summary: 'Exactly the devices it is about, in order of their ids.',
    params,
    query: z.object({
      cursor: z.string().max(64).default(''),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    reply: listReply(intentDeviceShape),
    run: async (ctx, { params: { id }, query }) => {
      const row = await intentFor(ctx, id)
      const rows = await pageOfDevices(ctx, row.id, query.cursor, query.limit + 1)
      const items = rows.slice(0, query.limit)
      const next = rows.length > query.limit ? (items.at(-1)?.device ?? null) : null
      return { items: items.map(shownDevice), next, total: row.count }
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intents/:id/approval-options',
    permission: 'guard:read',
    summary: 'Begins to agree: what your passkey is to sign. Named signers and those who may approve.',
    params,
    reply: offerShape,
    run: (ctx, { params: { id } }) => beginApproval(ctx, id),
  }),
  route({
    method: 'POST',
    path: '/api/v1/intents/:id/approve',
    permission: 'guard:read',
    summary: 'Agrees to exactly what your passkey signed. Named signers and those who may approve.',
    params,
    body: signedBody,
    reply: intentPageShape,
    run: async (ctx, { params: { id }, body }) => {
      await approve(ctx, id, body.response)
      return intentPage(ctx, await intentFor(ctx, id))
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intents/:id/deny',
    permission: 'guard:approve',
    summary: 'Refuses what is held.',
    params,
    body: z.strictObject({ reason: why.min(1) }),
    reply: intentShape,
    run: async (ctx, { params: { id }, body }) => {
      await denyIntent(ctx, id, body.reason)
      return one(ctx, id)
    },
  }),
  route({
    method: 'POST',
    path: '/api/v1/intents/:id/cancel',
    permission: 'guard:read',
    summary: 'Withdraws what has not left yet: whoever asked for it, may cancel commands there, or may approve.',
    params,
    reply: intentShape,
    run: async (ctx, { params: { id } }) => {
      await cancelIntent(ctx, id, null)
      return one(ctx, id)
    },
  }),
]

async function one(ctx: Parameters<typeof intentFor>[0], id: string) {
  const [shown] = await describeIntents(ctx, [await intentFor(ctx, id)])
  if (!shown) throw new Error('an intent that is there is shown')
  return shown
}
