import * as enrollment from '../../areas/enrollment/index.ts'
import * as escrow from '../../areas/escrow/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import type { Place } from '../../base/secrets.ts'
import * as store from './store.ts'

/** The tokens a device entrusts to us, which open it: kept sealed, one of each per enrollment. */
export type TokenName = 'unlock_token' | 'bootstrap_token'

/** What each is called among the secrets of a device, where every one it ever gave stays. */
const kinds = { unlock_token: 'unlock', bootstrap_token: 'bootstrap' } as const
const times = { unlock_token: 'unlock_at', bootstrap_token: 'bootstrap_at' } as const

/** Keeps the token in place of the one before, which stays among the secrets of the device; null takes it away from use. */
export async function keep(ctx: Ctx, enrolled: string, name: TokenName, token: Uint8Array | null): Promise<void> {
  const sealed = token === null ? null : await ctx.secrets.seal(ctx, placeOf(enrolled, name), token)
  await store.changeStanding(ctx, enrolled, { [name]: sealed, [times[name]]: token === null ? null : ctx.now })
  const { device } = await enrollment.get(ctx, enrolled)
  const kind = kinds[name]
  if (token === null) return escrow.drop(ctx, device, [kind], 'taken-back')
  const value = Buffer.from(token).toString('base64')
  await escrow.keep(ctx, { device, kind, value, state: 'current', quiet: true })
}

/** The token as the device gave it, or null when it gave none. */
export async function open(ctx: Ctx, enrollment: string, name: TokenName): Promise<Uint8Array | null> {
  const sealed = (await store.tokensOf(ctx, enrollment))?.[name]
  return sealed ? ctx.secrets.open(ctx, placeOf(enrollment, name), sealed) : null
}

/** What opens the passcode of the device, for the command that clears it; null when the device never gave it. */
export function unlockToken(ctx: Ctx, enrollment: string): Promise<Uint8Array | null> {
  return open(ctx, enrollment, 'unlock_token')
}

function placeOf(enrollment: string, name: TokenName): Place {
  return { table: 'apple_enrollments', column: name, row: enrollment }
}
