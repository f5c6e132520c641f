import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import type { Admin } from './admin.ts'
import { demandPassword, me } from './me.ts'
import { ownOrg } from './org.ts'
import { passkeysOf } from './passkey.ts'
import { sessionIn, within } from './sign-in-routes.ts'
import { demandFresh, demandStepUp } from './step-up.ts'

/**
 * Refuses to add something that proves who an admin is unless they have just proved it: by what they have already, else by the password, else
 * by having signed in just now. Otherwise whoever borrows an open session could make it a proof of its own.
 */
export async function demandMayAdd(base: Base, call: Call, password: string | undefined): Promise<Admin> {
  const [admin, org, passkeys] = await within(base, call, async ctx => {
    const who = await me(ctx)
    return [who, await ownOrg(ctx), await passkeysOf(ctx, who.id)] as const
  })
  if (admin.totp || passkeys.length > 0) await within(base, call, demandStepUp)
  else if (admin.hasPassword) await demandPassword(base, { ...admin, org: org.id }, password ?? '', call)
  else await within(base, call, ctx => demandFresh(ctx, sessionIn(call)))
  return admin
}
