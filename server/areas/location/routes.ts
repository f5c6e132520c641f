import { z } from 'zod'
import { type Route, route } from '../../base/route.ts'
import { askToOpen, openApproved } from './approved.ts'
import { positionShape } from './fix.ts'

const params = z.object({ id: z.string().max(64) })
const purpose = z.string().trim().min(3).max(500)

/** Every route of this area. */
export const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/fixes/ask',
    permission: 'devices:locate',
    summary:
      'Asks a named admin to agree, with a passkey, to opening where a device that is not missing was. Asks again who is there.',
    params,
    body: z.strictObject({ purpose, signer: z.string().max(64) }),
    status: 201,
    reply: z.object({ intent: z.string() }),
    run: async (ctx, { params: { id }, body }) => ({ intent: await askToOpen(ctx, id, body) }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/devices/:id/fixes/open',
    permission: 'devices:locate',
    summary:
      'Where a device was lately, for an hour after the named admin has agreed. That one looked is recorded, and its person sees it.',
    params,
    body: z.strictObject({ purpose }),
    reply: z.object({ items: z.array(positionShape.extend({ id: z.string(), heardAt: z.number() })) }),
    run: async (ctx, { params: { id }, body }) => ({ items: await openApproved(ctx, id, body.purpose) }),
  }),
]
