import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import * as policies from '../../areas/policies/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { call } from './client.ts'
import { type Fields, isFields } from './compiled.ts'
import * as devices from './device-store.ts'
import { read, step, type Work } from './enterprise.ts'
import { isAboutThis } from './fault.ts'
import type { PolicyRow } from './rows.ts'

const versioned = z.object({ version: z.coerce.number().default(0) })
/** An app or two are changed by themselves; more is said as a whole. */
const mostChanges = 50
/** A policy that no device is on is kept for a while: the next device of its class needs no new one. */
const idleMs = 24 * 3_600_000

/** The policy with this content as Google has it: the one it has, or one made now. */
export async function ensurePolicy(work: Work, enterprise: string, hash: string): Promise<PolicyRow> {
  const { program } = work.turn
  const known = await work.base.read(work.scope, ctx => devices.findPolicy(ctx, program, { hash }))
  if (known) return known
  const id = `m${randomBytes(10).toString('hex')}`
  return putPolicy(work, { enterprise, id, hash })
}

/** Says a policy anew in its place, for all devices on it at once: what changed of its apps, where nothing else did. */
export async function replacePolicy(
  work: Work,
  enterprise: string,
  before: PolicyRow,
  hash: string,
): Promise<PolicyRow> {
  const { base, scope } = work
  const [was, is] = await base.read(scope, async ctx => [
    fieldsIn(await devices.contentOf(ctx, before.hash)),
    fieldsIn(await devices.contentOf(ctx, hash)),
  ])
  const apps = was && is ? appChanges(was, is) : null
  if (apps === null) return putPolicy(work, { enterprise, id: before.id, hash })
  const name = `${enterprise}/policies/${before.id}`
  let version = before.version
  const opened = await base.transact(scope, ctx => openSecrets(ctx, apps.changed))
  if (apps.changed.length > 0)
    version = versionIn(
      await call(work.line, 'POST', `${name}:modifyPolicyApplications`, {
        body: { changes: Array.isArray(opened) ? opened.map(application => ({ application })) : [] },
      }),
      version,
    )
  if (apps.removed.length > 0)
    version = versionIn(
      await call(work.line, 'POST', `${name}:removePolicyApplications`, { body: { packageNames: apps.removed } }),
      version,
    )
  return keep(work, { id: before.id, hash, version })
}

const answered = z.object({ policy: versioned.optional(), version: z.coerce.number().optional() })

function versionIn(answer: unknown, known: number): number {
  const said = read(answered, answer)
  return said.policy?.version ?? said.version ?? known
}

async function putPolicy(
  work: Work,
  { enterprise, id, hash }: { enterprise: string; id: string; hash: string },
): Promise<PolicyRow> {
  const body = await work.base.transact(work.scope, async ctx => {
    const fields = fieldsIn(await devices.contentOf(ctx, hash))
    if (!fields) throw new Error(`the content ${hash} is not kept`)
    return openSecrets(ctx, fields)
  })
  const answer = await call(work.line, 'PATCH', `${enterprise}/policies/${id}`, { body })
  return keep(work, { id, hash, version: read(versioned, answer).version })
}

async function keep(work: Work, of: { id: string; hash: string; version: number }): Promise<PolicyRow> {
  const { program } = work.turn
  return step(work, async ctx => {
    await devices.putPolicy(ctx, { program, ...of })
    return { org: ctx.org, program, ...of, made_at: ctx.now, unused_at: null }
  })
}

function fieldsIn(content: string | undefined): Fields | null {
  const read: unknown = content === undefined ? null : JSON.parse(content)
  return isFields(read) ? read : null
}

/** What is other about the apps of two policies; null where something else differs too, or too much. */
export function appChanges(was: Fields, is: Fields): { changed: Fields[]; removed: string[] } | null {
  const rest = ({ applications: _, ...others }: Fields): string => JSON.stringify(Object.entries(others).sort())
  if (rest(was) !== rest(is)) return null
  const listOf = (of: Fields): Map<string, Fields> => {
    const list = of['applications']
    return new Map((Array.isArray(list) ? list.filter(isFields) : []).map(a => [String(a['packageName']), a]))
  }
  const [before, after] = [listOf(was), listOf(is)]
  const changed = [...after].flatMap(([name, app]) =>
    JSON.stringify(before.get(name)) === JSON.stringify(app) ? [] : [app],
  )
  const removed = [...before.keys()].filter(name => !after.has(name))
  return changed.length + removed.length > mostChanges ? null : { changed, removed }
}

/** The same with secrets in the place of their forms: only on its way to Google. */
async function openSecrets(ctx: Ctx, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(one => openSecrets(ctx, one)))
  if (!isFields(value)) return value
  const secret = value['$secret']
  if (typeof secret === 'string') return policies.openSecret(ctx, secret)
  const entries: [string, unknown][] = []
  for (const [key, one] of Object.entries(value)) entries.push([key, await openSecrets(ctx, one)])
  return Object.fromEntries(entries)
}

/** Takes policies away that no device has been on for a day. */
export async function tidyPolicies(work: Work, enterprise: string): Promise<void> {
  const { program } = work.turn
  const now = work.base.clock.now()
  for (const one of await work.base.read(work.scope, ctx => devices.unusedPolicies(ctx, program, 20))) {
    if (one.unused_at === null) {
      await step(work, ctx => devices.markUnused(ctx, program, one.id, ctx.now))
      continue
    }
    if (one.unused_at > now - idleMs) continue
    try {
      await call(work.line, 'DELETE', `${enterprise}/policies/${one.id}`)
    } catch (error) {
      // A device we do not know of may be on it; then it stays.
      if (!isAboutThis(error) || error.status !== 404) {
        if (!isAboutThis(error)) throw error
        continue
      }
    }
    await step(work, ctx => devices.dropPolicy(ctx, program, one.id))
  }
}
