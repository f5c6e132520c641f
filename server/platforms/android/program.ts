import { createHash } from 'node:crypto'
import { z } from 'zod'
import * as roster from '../../areas/roster/index.ts'
import { as, type Ctx, type Scope } from '../../base/ctx.ts'
import { demandWhole, everything, nothing } from '../../base/authority.ts'
import { record } from '../../base/events.ts'
import { digest, type Id, newSecret } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import { readServiceAccount, type ServiceAccount } from '../../base/service-account.ts'
import { enterpriseSettings } from './settings.ts'
import * as store from './store.ts'
import { readSigners, wakeWorker } from './wake.ts'
import { enqueue } from '../../base/jobs.ts'

const topic = z.string().regex(/^projects\/[a-z][a-z0-9:.-]{1,60}\/topics\/[A-Za-z][\w.~+%-]{2,254}$/)

/** What whoever adds a program says. */
export const programWish = z.strictObject({
  name: z.string().trim().min(1).max(200),
  key: z.string().min(1).max(20_000).describe('The JSON key of the service account, as it was downloaded.'),
  topic: topic.nullish().describe('The Pub/Sub topic that Google publishes notices to.'),
  pusher: z.email().max(300).nullish().describe('The service account that Pub/Sub delivers notices as.'),
  unit: z.string().max(64).nullish(),
})

/** What may be changed of it. */
export const programChange = z.strictObject({
  key: programWish.shape.key.optional(),
  topic: programWish.shape.topic,
  pusher: programWish.shape.pusher,
  settings: enterpriseSettings.optional(),
})

/** Takes a service account into use as a new program; signing up follows. */
export async function addAndroid(ctx: Ctx, wish: z.output<typeof programWish>): Promise<roster.Program> {
  // Who may not add programs learns nothing of what would be wrong with theirs.
  demandWhole(ctx.authority, 'roster:write')
  const account = accountIn(wish.key)
  const hook = newSecret(24)
  const program = await roster.addProgram(ctx, {
    platform: 'android',
    kind: 'devices',
    name: wish.name,
    mark: markOf(ctx, account),
    secret: wish.key,
    account: account.email,
    unit: wish.unit ?? null,
    facts: { project: account.project, hook: `${ctx.config.url}/android/v1/notices/${hook}` },
  })
  await store.addEnterprise(ctx, {
    program: program.id,
    project: account.project,
    topic: wish.topic ?? '',
    pusher: wish.pusher ?? '',
    hook,
    signup: null,
    signup_url: null,
    signup_mark: null,
    signup_at: null,
    came_back: null,
    enterprise: null,
    said: '',
    ready_at: null,
    checked_at: null,
    wait_until: null,
    settings: '{}',
    heard_at: null,
    turned_at: null,
    check_asked_at: null,
    listed_at: null,
    closing_at: null,
  })
  await enqueue(ctx, readSigners, {}, { dedupe: 'org' })
  await wakeWorker(ctx, program)
  return program
}

/** Takes another key of the same project, or other settings of notices. */
export async function changeAndroid(
  ctx: Ctx,
  id: string,
  change: z.output<typeof programChange>,
): Promise<roster.Program> {
  const before = await roster.programFor(ctx, id, 'roster:write')
  const row = await store.findEnterprise(ctx, id)
  if (before.platform !== 'android' || !row) throw new Problem('program.kind-wrong')
  if (row.closing_at !== null) throw new Problem('android.closing')
  await store.changeEnterprise(ctx, id, {
    wait_until: null,
    ...(change.topic === undefined ? {} : { topic: change.topic ?? '', said: '' }),
    ...(change.pusher === undefined ? {} : { pusher: change.pusher ?? '', turned_at: null }),
    ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
  })
  const account = change.key === undefined ? null : accountIn(change.key)
  // Enterprises hang on the project: another one has others.
  if (account && account.project !== row.project) throw new Problem('program.other-server')
  const program = await roster.noteProgram(ctx, id, {
    state: 'new',
    problem: null,
    ...(account && change.key !== undefined
      ? { secret: change.key, mark: markOf(ctx, account), account: account.email }
      : {}),
  })
  const { kind, name, expiresAt } = program
  if (account) await record(ctx, roster.programEvents.renewed, roster.aboutProgram(program), { kind, name, expiresAt })
  await wakeWorker(ctx, program)
  return program
}

/** Asks for everything to be compared with Google now. */
export async function askCheck(ctx: Ctx, id: string): Promise<void> {
  const program = await roster.programFor(ctx, id, 'roster:write')
  if (program.platform !== 'android') throw new Problem('program.kind-wrong')
  await store.changeEnterprise(ctx, id, { check_asked_at: ctx.now, wait_until: null })
  await wakeWorker(ctx, program)
}

/** Somebody signed up and Google sent them back to us. Coming back twice changes nothing. Answers whose program it is; null when the way back is not known. */
export async function cameBack(anyCtx: Ctx, secret: string, token: string): Promise<string | null> {
  const row = await store.enterpriseBySignup(anyCtx, digest(secret))
  if (!row) return null
  const actor = { kind: 'system', id: null, what: 'sign-up' } as const
  const ctx = as(anyCtx, { org: row.org as Id<'org'>, actor, authority: everything })
  if (row.enterprise !== null || row.came_back !== null) return row.program
  const sealed = await ctx.secrets.seal(ctx, store.backPlace(row.program), token)
  await store.changeEnterprise(ctx, row.program, { came_back: sealed })
  await wakeWorker(ctx, { id: row.program })
  return row.program
}

/** Nobody yet: whoever comes proves who they are by what they bring. */
export function anyone(request: string): Scope {
  const actor = { kind: 'system', id: null, what: 'notice' } as const
  return { org: '' as Id<'org'>, actor, authority: nothing, request }
}

function accountIn(key: string): ServiceAccount {
  const account = readServiceAccount(key)
  if (account) return account
  throw new Problem('android.key-unreadable')
}

/** One org has one voice at a project; several orgs may share a project, with an enterprise each. */
function markOf(ctx: Ctx, account: ServiceAccount): string {
  return createHash('sha256').update(`android:${ctx.org}:${account.project}`).digest('hex')
}
