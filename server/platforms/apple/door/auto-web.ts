import * as identity from '../../../areas/identity/index.ts'
import { Problem } from '../../../base/problem.ts'
import type { Call, Reply } from '../../../base/route.ts'
import type { Base } from '../../../base/transact.ts'
import { admit, anyone, doorOf, expectedAt, profileReply, updateFirst } from './auto.ts'
import { formOf, localeFor, sorryPage, type Step, stepPage } from './form.ts'
import { headerBytes, provenMachine } from './machine.ts'
import { beginSignIn, proveWho, sayWho, signingIn } from './signin.ts'
import { type AtDoor, atDoor } from './tell.ts'

type Page = Reply<Uint8Array | string>

/**
 * The page that Setup Assistant shows before a promised device may enroll (Apple: ADE profile, key configuration_web_url). The device proves itself
 * by a header when it opens the page, the person on it, and the last answer is the profile.
 */
export function serveAutoPage(base: Base, { params }: { params: { secret: string } }, call: Call): Promise<Page> {
  return shown(base, params.secret, call, async who =>
    base.transact(anyone(call), async anyCtx => {
      const door = await doorOf(anyCtx, params.secret, who)
      const machine = provenMachine(anyCtx.config, headerBytes(call.headers['x-apple-aspen-deviceinfo']))
      const { ctx, setup } = await expectedAt(anyCtx, door, machine, who)
      const older = updateFirst(setup, machine.info)
      if (older) return older
      const secret = await beginSignIn(ctx, { door: 'auto', setup: setup.id, machine })
      const { name: org } = await identity.ownOrg(ctx)
      const language = localeFor(machine.info.language ?? call.headers['accept-language'])
      return stepPage({ step: 'address', secret, org, language, action: pathOf(params.secret) })
    }),
  )
}

/** What is typed on that page: first who the person is, then what proves it. */
export function serveAutoForm(base: Base, { params }: { params: { secret: string } }, call: Call): Promise<Page> {
  const typed = formOf(call.bytes)
  return shown(base, params.secret, call, async who => {
    const answer = await base.transact(anyone(call), async anyCtx => {
      const door = await doorOf(anyCtx, params.secret, who)
      const going = await signingIn(anyCtx, typed.secret, 'auto')
      const { ctx, signIn } = going
      if (signIn.machine === null || going.org !== door.org) throw new Problem('signin.over')
      const machine = { ...signIn.machine, vouched: true }
      const { name: org } = await identity.ownOrg(ctx)
      const language = typed.language ?? localeFor(machine.info.language)
      const page = (step: Step): Page =>
        stepPage({ step, secret: typed.secret, org, language, action: pathOf(params.secret), address: typed.address })
      if (typed.code === null) {
        await sayWho(going, typed.address ?? '')
        return page('code')
      }
      const user = await proveWho(going, typed.code)
      if (user === null) return page('wrong')
      return admit(await expectedAt(anyCtx, door, machine, who), machine, user)
    })
    return 'terms' in answer ? profileReply(base, answer) : answer
  })
}

const pathOf = (secret: string): string => `/enroll/apple/auto/${encodeURIComponent(secret)}/web`

/** A refusal on a page is said to the person who reads it. */
async function shown(base: Base, _secret: string, call: Call, work: (who: AtDoor) => Promise<Page>): Promise<Page> {
  try {
    return await atDoor(base, call, work)
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error
    return sorryPage(error.code, localeFor(call.headers['accept-language']))
  }
}
