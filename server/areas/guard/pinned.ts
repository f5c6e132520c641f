import { canonical } from '../../base/canonical.ts'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import * as identity from '../identity/index.ts'
import { aboutOrg } from './about.ts'
import * as asked from './approval-store.ts'
import { passkeyAgeMs } from './approver.ts'
import { guardEvents } from './events.ts'
import { batchHash } from './intent.ts'
import { findIntent } from './intent-store.ts'
import * as store from './pinned-store.ts'
import { propose } from './proposal.ts'

/** The act that changes whose approvals devices ask for. */
export const approversAction = 'guard.approvers'

/** Whose passkeys must have signed what cannot be undone, as devices are told: they check it themselves, whoever holds the server. */
export interface Approvers {
  /** Grows with every change, so that no former set comes back. */
  readonly version: number
  /** How many different persons; 0: devices check nothing. */
  readonly need: number
  /** The site their passkeys belong to. (WebAuthn §4) */
  readonly rpId: string
  readonly origins: readonly string[]
  readonly keys: readonly { readonly id: string; readonly by: string; readonly jwk: identity.SigningKey['jwk'] }[]
}

/** Those whom devices know now. Without any devices check nothing. */
export async function approversNow(ctx: Ctx): Promise<Approvers> {
  const row = await store.findSet(ctx)
  if (row) return JSON.parse(row.content) as Approvers
  const { hostname, origin } = new URL(ctx.config.url)
  return { version: 0, need: 0, rpId: hostname, origins: [origin], keys: [] }
}

/** Those whom devices could know: everyone who may approve everywhere, by passkeys that are a day old. */
export async function approversAble(ctx: Ctx): Promise<Approvers['keys']> {
  const { path } = await identity.rootUnit(ctx)
  const people = (await identity.adminsHolding(ctx, 'guard:approve', path)).map(a => a.id).toSorted()
  const keys = await identity.signingKeys(ctx, people, ctx.now - passkeyAgeMs)
  return keys.map(({ id, admin: by, jwk }) => ({ id, by, jwk }))
}

/** Whether the admin has a passkey that devices know. */
export async function isPinned(ctx: Ctx, admin: string | null): Promise<boolean> {
  return (await approversNow(ctx)).keys.some(k => k.by === admin)
}

/** Whether devices know the passkey that this came from. */
export async function knownKey(ctx: Ctx, assertion: string): Promise<boolean> {
  const { id } = JSON.parse(assertion) as { id: string }
  return (await approversNow(ctx)).keys.some(k => k.id === id)
}

/**
 * Lets devices ask for so many approvals, by those who could give them now. Where they ask for some already, those whom they know must sign the
 * change, because devices take it from nobody else. Answers the proposal, where there is one.
 */
export async function changeApprovers(ctx: Ctx, need: number): Promise<Id<'intent'> | null> {
  demandWhole(ctx.authority, 'guard:write')
  await identity.demandStepUp(ctx)
  const now = await approversNow(ctx)
  const keys = need === 0 ? [] : await approversAble(ctx)
  const people = new Set(keys.map(k => k.by))
  if (need > 0 && people.size <= need) throw new Problem('approvers.too-few', { people: people.size, need })
  const { rpId, origin } = identity.siteOf(ctx.config)
  const next: Approvers = { version: now.version + 1, need, rpId, origins: [origin], keys }
  if (canonical({ ...next, version: now.version }) === canonical(now)) return null
  if (now.need === 0) {
    await keepSet(ctx, next, null)
    return null
  }
  const { path } = await aboutOrg(ctx)
  return propose(ctx, {
    action: approversAction,
    unitPath: path,
    about: { kind: 'org', id: ctx.org },
    payload: next,
    summary: { need: `${now.need} → ${need}`, people: people.size, passkeys: keys.length },
    delayMs: 0,
    signers: [...new Set(now.keys.map(k => k.by))],
    needs: now.need,
    proved: true,
  })
}

/** Enough of those whom devices know have signed: the next set holds, unless another came before it. */
export async function carryOutApprovers(ctx: Ctx, payload: unknown, { intent }: { intent: string }): Promise<void> {
  const next = payload as Approvers
  const now = await approversNow(ctx)
  const row = await findIntent(ctx, intent)
  if (!row || next.version !== now.version + 1) return
  const known = new Set(now.keys.map(k => k.id))
  const signed = (await asked.listApprovals(ctx, intent)).filter(
    a => a.hash === batchHash(row) && a.assertion !== null && known.has((JSON.parse(a.assertion) as { id: string }).id),
  )
  if (new Set(signed.map(a => a.admin)).size >= now.need) await keepSet(ctx, next, intent)
}

async function keepSet(ctx: Ctx, set: Approvers, intent: string | null): Promise<void> {
  const { version, need, keys } = set
  await store.putSet(ctx, { version, need, content: canonical(set), intent, at: ctx.now })
  const people = new Set(keys.map(k => k.by)).size
  await record(ctx, guardEvents.approversChanged, await aboutOrg(ctx), { version, need, people })
}
