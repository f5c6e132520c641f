import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import * as privacy from '../privacy/index.ts'
import { Problem } from '../../base/problem.ts'
import { channelEvents } from './channel-events.ts'
import * as numbers from './number-store.ts'
import { type Reached, reachPlace } from './reach.ts'
import * as store from './reach-store.ts'
import { e164 } from './sms.ts'

/** A number as texts are sent to it. */
export const numberShape = z.string().regex(e164)

/** How the number that texts go to is known: by whom it was told, and how it ends. */
export const knownNumber = z.object({ by: z.enum(['agent', 'admin']), ends: z.string() }).nullable()

const addressShape = z.looseObject({ number: z.string().nullable() })
const place = (enrollment: string) => ({ table: 'wake_numbers', column: 'number', row: enrollment })

async function given(ctx: Ctx, enrollment: string): Promise<string | null> {
  const row = await numbers.findNumber(ctx, enrollment)
  return row ? Buffer.from(await ctx.secrets.open(ctx, place(enrollment), row.number)).toString('utf8') : null
}

/** The address of an agent for texts, with the number that an admin gave in the place of its own. */
export async function withNumber(ctx: Ctx, enrollment: string, address: string): Promise<string> {
  const number = await given(ctx, enrollment)
  return number === null ? address : JSON.stringify({ ...addressShape.parse(JSON.parse(address)), number })
}

/** Which number texts go to, as far as it is shown. */
export async function numberOf(ctx: Ctx, enrollment: string): Promise<z.output<typeof knownNumber>> {
  const number = await given(ctx, enrollment)
  if (number !== null) return { by: 'admin', ends: number.slice(-2) }
  const reach = await store.findReach(ctx, enrollment, 'sms')
  if (!reach?.address) return null
  const text = Buffer.from(await ctx.secrets.open(ctx, reachPlace(enrollment, 'sms'), reach.address)).toString('utf8')
  const told = addressShape.parse(JSON.parse(text)).number
  return told === null || told === '' ? null : { by: 'agent', ends: told.slice(-2) }
}

/** Takes the number of a phone, or forgets it. Refused where the charter lets none be known. */
export async function setNumber(
  ctx: Ctx,
  of: Reached & { readonly mode: string },
  device: privacy.Known,
  number: string | null,
): Promise<void> {
  const about = { kind: 'device', id: of.device, path: of.path }
  if (number === null) {
    if (await numbers.removeNumber(ctx, of.enrollment)) await record(ctx, channelEvents.number, about, { set: false })
    return
  }
  const collect = await privacy.collectingOf(ctx, device, of.mode)
  if (collect('phone-number') === 'never') throw new Problem('wake-number.private')
  if ((await given(ctx, of.enrollment)) === number) return
  const sealed = await ctx.secrets.seal(ctx, place(of.enrollment), number)
  await numbers.putNumber(ctx, { enrollment: of.enrollment, device: of.device, number: sealed, set_at: ctx.now })
  // A text that was given up for want of a number may be sent now.
  const reach = await store.findReach(ctx, of.enrollment, 'sms')
  if (reach?.reason === 'number')
    await store.changeReach(ctx, { enrollment: of.enrollment, channel: 'sms' }, { state: 'ready', reason: null })
  await record(ctx, channelEvents.number, about, { set: true })
}
