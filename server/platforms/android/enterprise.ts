import { createHash } from 'node:crypto'
import { z } from 'zod'
import * as identity from '../../areas/identity/index.ts'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import { canonical } from '../../base/canonical.ts'
import { digest, newSecret } from '../../base/id.ts'
import type { Base } from '../../base/transact.ts'
import { call, type Line } from './client.ts'
import { basePolicy } from './compile.ts'
import { AndroidFault, isAboutThis } from './fault.ts'
import type { EnterpriseRow } from './rows.ts'
import { contactOf, settingsIn } from './settings.ts'
import * as store from './store.ts'

/** Whose turn it is to speak for a program. */
export interface Turn {
  readonly program: string
  readonly fence: number
  readonly forMs: number
}

/** What a worker has in its hands. */
export interface Work {
  readonly base: Base
  readonly scope: Scope
  readonly turn: Turn
  readonly line: Line
}

const dayMs = 86_400_000
const named = z.object({ name: z.string().min(1).max(300) })
const offered = z.object({ name: z.string().min(1).max(300), url: z.url().max(4000) })
const kinds = ['ENROLLMENT', 'STATUS_REPORT', 'COMMAND', 'USAGE_LOGS', 'ENTERPRISE_UPGRADE']

/** Runs a transaction of the worker: it keeps the turn, or leaves nothing. */
export function step<T>({ base, scope, turn }: Work, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return base.transact(scope, async ctx => {
    await roster.keepTurn(ctx, turn.program, turn.fence, turn.forMs)
    return work(ctx)
  })
}

/** Brings the enterprise as far as it can be brought: signed up, told our settings, with a policy for newcomers. Its name; null while somebody must sign up. */
export async function prepare(work: Work): Promise<string | null> {
  const before = await rowOf(work)
  if (before.enterprise === null && before.came_back !== null) await create(work, before)
  else if (before.enterprise === null) await offerSignUp(work, before)
  const row = await rowOf(work)
  if (row.enterprise === null) return null
  await saySettings(work, row, row.enterprise)
  await makeDefault(work, row, row.enterprise)
  return row.enterprise
}

async function rowOf({ base, scope, turn }: Work): Promise<EnterpriseRow> {
  const row = await base.read(scope, ctx => store.findEnterprise(ctx, turn.program))
  if (!row) throw new roster.TurnLost(turn.program)
  return row
}

/** A sign-up that nobody finished is offered anew after a day: Google forgets it. */
async function offerSignUp(work: Work, row: EnterpriseRow): Promise<void> {
  const { now } = work.base.clock
  if (row.signup_at !== null && row.signup_at > now() - dayMs && row.signup_at <= now()) return
  const secret = newSecret()
  const { url: home } = work.line.base.config
  const answer = await call(work.line, 'POST', 'signupUrls', {
    query: { projectId: row.project, callbackUrl: `${home}/android/v1/signed-up/${secret}` },
  })
  const { name, url } = read(offered, answer)
  await step(work, async ctx => {
    const change = { signup: name, signup_url: url, signup_mark: digest(secret), signup_at: ctx.now }
    await store.changeEnterprise(ctx, row.program, change)
    await roster.noteProgram(ctx, row.program, { facts: { signUpUrl: url, enterprise: null } })
  })
}

/** Makes the enterprise of what came back. Told again that it was made before, it looks which of ours it is. */
async function create(work: Work, row: EnterpriseRow): Promise<void> {
  const token = await work.base.read(work.scope, async ctx =>
    new TextDecoder().decode(
      await ctx.secrets.open(ctx, store.backPlace(row.program), row.came_back ?? new Uint8Array()),
    ),
  )
  const name = await created(work, row, token)
  await step(work, async ctx => {
    if (name === null || (await store.isHeld(ctx, name, row.program))) {
      // What came back is good once; whoever signs up must begin again.
      const again = { came_back: null, signup: null, signup_url: null, signup_mark: null, signup_at: null }
      await store.changeEnterprise(ctx, row.program, again)
      const code = name === null ? 'sign-up-over' : 'other-server'
      await roster.noteProgram(ctx, row.program, { state: 'refused', problem: { code }, facts: { signUpUrl: null } })
      return
    }
    await store.changeEnterprise(ctx, row.program, { enterprise: name, came_back: null, signup_mark: null })
    await roster.noteProgram(ctx, row.program, { serverId: name, facts: { signUpUrl: null, enterprise: name } })
  })
}

async function created(work: Work, row: EnterpriseRow, token: string): Promise<string | null> {
  try {
    const answer = await call(work.line, 'POST', 'enterprises', {
      query: { projectId: row.project, signupUrlName: row.signup ?? '', enterpriseToken: token },
      body: await settingsOf(work, row),
    })
    return read(named, answer).name
  } catch (error) {
    if (!isAboutThis(error)) throw error
    // The answer of an earlier try may have been lost: then the enterprise is there, and nobody's yet.
    return adopted(work, row)
  }
}

const listed = z.object({ enterprises: z.array(named).default([]) })
const shown = z.object({ pubsubTopic: z.string().default(''), enterpriseDisplayName: z.string().default('') })

async function adopted(work: Work, row: EnterpriseRow): Promise<string | null> {
  const answer = await call(work.line, 'GET', 'enterprises', { query: { projectId: row.project } })
  const wish = await settingsOf(work, row)
  for (const { name } of read(listed, answer).enterprises) {
    if (await work.base.read(work.scope, ctx => store.isHeld(ctx, name, row.program))) continue
    const said = read(shown, await call(work.line, 'GET', name))
    // Another server of the same project told its enterprise something else.
    if (said.pubsubTopic === row.topic && said.enterpriseDisplayName === wish['enterpriseDisplayName']) return name
  }
  return null
}

async function settingsOf(work: Work, row: EnterpriseRow): Promise<Record<string, unknown>> {
  const { name } = await work.base.read(work.scope, ctx => identity.ownOrg(ctx))
  const settings = settingsIn(row.settings)
  return {
    enterpriseDisplayName: (settings.displayName || name).slice(0, 100),
    contactInfo: contactOf(settings),
    ...(row.topic === '' ? {} : { pubsubTopic: row.topic, enabledNotificationTypes: kinds }),
  }
}

async function saySettings(work: Work, row: EnterpriseRow, enterprise: string): Promise<void> {
  const settings = await settingsOf(work, row)
  const said = hashOf(settings)
  if (row.said === said) return
  await call(work.line, 'PATCH', enterprise, {
    query: { updateMask: Object.keys(settings).join(',') },
    body: settings,
  })
  await step(work, ctx => store.changeEnterprise(ctx, row.program, { said }))
}

/** A device that enrolls without a policy is reset after minutes: there is one before the first token. */
async function makeDefault(work: Work, row: EnterpriseRow, enterprise: string): Promise<void> {
  if (row.ready_at !== null) return
  await call(work.line, 'PATCH', `${enterprise}/policies/default`, { body: basePolicy('fully-managed') })
  await step(work, ctx => store.changeEnterprise(ctx, row.program, { ready_at: ctx.now }))
}

/** SHA-256 over what something says, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

/** What Google answered, when it can be understood; else a fault of Google's, which passes. */
export function read<S extends z.ZodType>(shape: S, answer: unknown): z.output<S> {
  const found = shape.safeParse(answer)
  if (found.success) return found.data
  throw new AndroidFault('silent', 'unreadable', found.error.issues[0]?.path.join('.') ?? '')
}
