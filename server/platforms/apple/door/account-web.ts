import * as identity from '../../../areas/identity/index.ts'
import { digest, newSecret } from '../../../base/id.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { openDoor } from './account.ts'
import type { AccountMode } from './account-store.ts'
import { anyone } from './auto.ts'
import { formOf, localeFor, sorryPage, stepPage } from './form.ts'
import { beginSignIn, proveWho, sayWho, signingIn } from './signin.ts'
import * as store from './store.ts'

type Page = Reply<string>
interface Input {
  params: { mode: AccountMode; org: string }
}

/** Where the device takes the person's proof from (Apple: account-driven enrollment, simple authentication). */
const back = 'apple-remotemanagement-user-login:'
/** The device fetches its profile right after. */
const bearerMs = 3_600_000

/** The page on which a person signs in to enroll their device. */
export function serveSignIn(
  base: Base,
  { params, query }: Input & { query: { 'user-identifier'?: string | undefined } },
  call: Call,
): Promise<Page> {
  return shown(call, () =>
    base.transact(anyone(call), async anyCtx => {
      const { ctx, mode, door } = await openDoor(anyCtx, params)
      if (door.way !== 'web') throw new Problem('account-door.closed')
      const secret = await beginSignIn(ctx, { door: mode, setup: null, machine: null })
      const { name: org } = await identity.ownOrg(ctx)
      const language = localeFor(call.headers['accept-language'])
      const address = query['user-identifier'] ?? null
      return stepPage({ step: 'address', secret, org, language, action: pathOf(params), address, leadsTo: back })
    }),
  )
}

/** What is typed on it; the last answer leads back to the device with its proof. */
export function serveSignInForm(base: Base, { params }: Input, call: Call): Promise<Page> {
  const typed = formOf(call.bytes)
  return shown(call, () =>
    base.transact(anyone(call), async anyCtx => {
      const { org: own, mode } = await openDoor(anyCtx, params)
      const going = await signingIn(anyCtx, typed.secret, mode)
      if (going.org !== own) throw new Problem('signin.over')
      const { ctx } = going
      const { name: org } = await identity.ownOrg(ctx)
      const language = typed.language ?? localeFor(call.headers['accept-language'])
      const same = { secret: typed.secret, org, language, action: pathOf(params), address: typed.address }
      if (typed.code === null) {
        await sayWho(going, typed.address ?? '')
        return stepPage({ ...same, step: 'code', leadsTo: back })
      }
      const user = await proveWho(going, typed.code)
      if (user === null) return stepPage({ ...same, step: 'wrong', leadsTo: back })
      const token = newSecret()
      await store.addBearer(ctx, { hash: digest(token), user, mode, expiresAt: ctx.now + bearerMs })
      return {
        status: 308,
        body: '',
        type: 'text/plain',
        headers: {
          location: `${back}//authentication-results?access-token=${encodeURIComponent(token)}`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        },
      }
    }),
  )
}

const pathOf = ({ mode, org }: Input['params']): string => `/enroll/apple/account/${mode}/${org}/signin`

async function shown(call: Call, work: () => Promise<Page>): Promise<Page> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error
    return sorryPage(error.code, localeFor(call.headers['accept-language']))
  }
}
