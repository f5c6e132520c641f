import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import type { Id } from '../../base/id.ts'
import { type Facts, Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import type { Base } from '../../base/transact.ts'
import { aboutAdmin, adminOf } from './admin.ts'
import * as store from './admin-store.ts'
import { type Booking, book, clear, unbook } from './attempt.ts'
import { adminEvents } from './events.ts'
import { getLink, useLink } from './link.ts'
import { orgs } from './org.ts'
import { demandStrong, hashPassword, isPassword } from './password.ts'
import { putMaker } from './passkey-store.ts'
import { type SecondProof, secondOf } from './second.ts'
import { bySelf, type From, openSession, revokeSessions } from './session.ts'
import { getOrg } from './store.ts'

/** Someone just signed in: whose session it is, and the Set-Cookie header that carries it. */
export interface SignedIn {
  org: Id<'org'>
  admin: Id<'admin'>
  cookie: string
}

type Outcome = SignedIn | { refused: 'sign-in.refused' | 'sign-in.code-needed'; facts?: Facts }

/** Runs work as the server itself in an org; '' before one is known. */
export function asServer<T>(base: Base, org: string, request: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const actor = { kind: 'system', id: null, what: 'sign-in' } as const
  return base.transact({ org: org as Id<'org'>, actor, authority: everything, request }, work)
}

/**
 * Signs in by address and password, and a code or a passkey where the admin has set one up. The attempt is booked first, the password examined outside
 * of any transaction, and an unknown account costs what a known one does. Throws `sign-in.refused`, `sign-in.code-needed`, `sign-in.wait`.
 */
export async function signIn(
  base: Base,
  proof: { email: string; password: string } & SecondProof,
  from: From,
  request: string,
): Promise<SignedIn> {
  const account = fold(proof.email)
  const booking = await asServer(base, '', request, ctx => book(ctx, account, from.address))
  const row = await base.engine.read(tx => store.findByEmail({ tx }, account))
  const right = await isPassword(proof.password, row?.password ?? null)
  const org = row?.org ?? (await onlyOrg(base)) ?? ''
  const outcome = await asServer(base, org, request, ctx =>
    examine(ctx, { row: right ? row?.id : undefined, known: row?.id, proof, booking, from }),
  )
  if ('refused' in outcome) {
    base.log.info({ request, address: from.address, reason: outcome.refused }, 'sign-in refused')
    throw new Problem(outcome.refused, outcome.facts)
  }
  return outcome
}

interface Examined {
  /** The admin whose password was right. */
  row: string | undefined
  /** The admin with that address, whatever the password. */
  known: string | undefined
  proof: SecondProof
  booking: Booking
  from: From
}

/** What the attempt comes to. Refusals are answered, not thrown, so that their events and counters stay. */
async function examine(ctx: Ctx, { row: id, known, proof, booking, from }: Examined): Promise<Outcome> {
  const refuse = async (reason: 'account' | 'password' | 'code' | 'passkey' | 'state'): Promise<Outcome> => {
    const about = known === undefined ? null : aboutAdmin(await adminOf(ctx, known))
    if (ctx.org !== '') await record(ctx, adminEvents.refused, about, { reason, address: from.address })
    return { refused: 'sign-in.refused' }
  }
  if (id === undefined) return refuse(known === undefined ? 'account' : 'password')
  const row = await store.findAdmin(ctx, id)
  if (row?.state !== 'active') return refuse('state')
  const second = await secondOf(ctx, row, proof)
  if (typeof second === 'object') {
    await unbook(ctx, booking)
    return { refused: 'sign-in.code-needed', facts: second }
  }
  if (second === 'wrong') return refuse(proof.response ? 'passkey' : 'code')
  await clear(ctx, booking)
  const admin = await adminOf(ctx, id)
  return { org: ctx.org, admin: admin.id, cookie: await openSession(ctx, admin, from, second) }
}

/** Signs in by a one-time link. */
export async function signInByLink(base: Base, token: string, from: From, request: string): Promise<SignedIn> {
  const link = await base.engine.read(tx => getLink({ tx, now: base.clock.now() }, token, 'sign-in'))
  return asServer(base, link.org, request, async ctx => {
    const { admin: id } = await useLink(ctx, token, 'sign-in')
    const admin = await adminOf(ctx, id ?? '')
    if (admin.state !== 'active') throw new Problem('link.unknown')
    return { org: ctx.org, admin: admin.id, cookie: await openSession(ctx, admin, from, 'link') }
  })
}

/** Accepts an invitation, or resets a password, by a one-time link. Codes and passkeys that were set up are still asked for; every older session ends. */
export async function accept(
  base: Base,
  given: { token: string; password: string } & SecondProof,
  from: From,
  request: string,
): Promise<SignedIn> {
  const { link, person, row } = await base.engine.read(async tx => {
    const link = await getLink({ tx, now: base.clock.now() }, given.token, 'accept')
    const on = { tx, org: link.org as Id<'org'> }
    const row = await store.findAdmin(on, link.admin ?? '')
    if (!row || row.state === 'disabled') throw new Problem('link.unknown')
    return { link, row, person: { name: row.name, email: row.email, orgName: (await getOrg(on)).name } }
  })
  // A code is no easier to guess here than at sign-in.
  if (given.code !== undefined)
    await asServer(base, '', request, ctx => book(ctx, `accept\n${link.admin}`, from.address))
  if (given.code === undefined && given.response === undefined) {
    const needed = await asServer(base, link.org, request, ctx => secondOf(ctx, row, given))
    if (typeof needed === 'object') throw new Problem('sign-in.code-needed', needed)
  }
  demandStrong(given.password, person)
  const password = await hashPassword(given.password)
  return asServer(base, link.org, request, async ctx => {
    const { admin: id, made_by: maker } = await useLink(ctx, given.token, 'accept')
    const row = await store.findAdmin(ctx, id ?? '')
    if (!row || row.state === 'disabled') throw new Problem('link.unknown')
    const second = await secondOf(ctx, row, given)
    if (typeof second === 'object') throw new Problem('sign-in.code-needed', second)
    if (second === 'wrong') throw new Problem('sign-in.refused')
    if (maker !== null) await putMaker(ctx, { admin: row.id, maker, how: 'linked', at: ctx.now })
    await store.changeAdmin(ctx, row.id, { password, state: 'active' })
    const admin = await adminOf(ctx, row.id)
    await revokeSessions(bySelf(ctx, admin), admin)
    const { name } = admin
    if (row.state === 'active')
      await record(bySelf(ctx, admin), adminEvents.passwordChanged, aboutAdmin(admin), { name })
    else await record(bySelf(ctx, admin), adminEvents.accepted, aboutAdmin(admin), { name, address: from.address })
    return { org: ctx.org, admin: admin.id, cookie: await openSession(ctx, admin, from, 'link') }
  })
}

/** Refused attempts on unknown accounts belong to the org's log where there is only one. */
async function onlyOrg(base: Base): Promise<Id<'org'> | null> {
  const [only, ...others] = await orgs(base)
  return only !== undefined && others.length === 0 ? only : null
}
