import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../base/ctx.ts'
import * as identity from '../identity/index.ts'
import { wakeWorker } from './license.ts'
import * as store from './seat-holder-store.ts'
import * as seats from './seat-store.ts'

/** A person whom the vendor is to know. `account`: one that the org itself gave them, with which they join at once. */
export interface Newcomer {
  user: string
  client: string
  email: string
  account: string | null
}

/** What the vendor says of a person. */
export interface HolderWord {
  client: string
  state: 'registered' | 'associated' | 'retired'
  /** Where the person accepts; null once accepted. */
  invite: string | null
}

/** The attribute of a user that names the account the org gave them at the vendor. */
const accountAttribute = 'managedAccount'
const hourMs = 3_600_000

/** Has a program know this person, soon; answers how far it is. The name we give them there tells nothing about them. */
export async function knownAs(ctx: Ctx, program: string, user: string): Promise<store.HolderRow> {
  const [row] = await store.holdersAmong(ctx, program, [user])
  if (row) return row
  const fresh: store.HolderRow = {
    org: ctx.org,
    program,
    user_id: user,
    client: randomUUID(),
    state: 'wanted',
    event: null,
    invite: null,
    reason: null,
    invited_at: null,
    not_before: null,
    at: ctx.now,
  }
  await store.addHolder(ctx, fresh)
  return fresh
}

/** People who are to be made at the vendor now. Those without an address cannot be, and say so. */
export async function newcomers(ctx: Ctx, program: string, limit: number): Promise<Newcomer[]> {
  const rows = await store.holdersIn(ctx, program, { state: 'wanted', limit, due: ctx.now })
  const users = await identity.usersWith(
    ctx,
    rows.map(r => r.user_id),
  )
  const found: Newcomer[] = []
  for (const row of rows) {
    const user = users.get(row.user_id)
    const of = { program, user: row.user_id }
    if (!user?.email)
      await store.changeHolder(ctx, of, { reason: 'no-address', not_before: ctx.now + hourMs, at: ctx.now })
    else
      found.push({
        user: row.user_id,
        client: row.client,
        email: user.email,
        account: user.attributes[accountAttribute] ?? null,
      })
  }
  return found
}

/** People who are to leave the vendor now. */
export async function leavers(ctx: Ctx, program: string, limit: number): Promise<{ user: string; client: string }[]> {
  const rows = await store.holdersIn(ctx, program, { state: 'retiring', limit, due: ctx.now })
  return rows.map(r => ({ user: r.user_id, client: r.client }))
}

/** Notes what became of making or retiring these people: asked, or refused with the vendor's reason until then. */
export async function notePeople(
  ctx: Ctx,
  program: string,
  users: readonly string[],
  word: { asked: string } | { refused: string; until: number },
): Promise<void> {
  for (const user of users) {
    const change =
      'asked' in word
        ? { event: word.asked, reason: null, not_before: ctx.now + hourMs }
        : { event: null, reason: word.refused, not_before: word.until }
    await store.changeHolder(ctx, { program, user }, { ...change, at: ctx.now })
  }
}

/** Keeps what the vendor says of people; those it names that nobody here knows are left alone. Answers those who have just joined. */
export async function syncPeople(ctx: Ctx, program: string, words: readonly HolderWord[]): Promise<string[]> {
  const rows = new Map(
    (
      await store.holdersCalled(
        ctx,
        program,
        words.map(w => w.client),
      )
    ).map(r => [r.client, r]),
  )
  const joined: string[] = []
  for (const { client, state, invite } of words) {
    const row = rows.get(client)
    if (!row) continue
    // What we want to end is not brought back by an answer that was on its way.
    if (row.state === 'retiring' && state !== 'retired') continue
    if (row.state === state && row.invite === invite && row.event === null) continue
    if (state === 'associated' && row.state !== 'associated') joined.push(row.user_id)
    await store.changeHolder(
      ctx,
      { program, user: row.user_id },
      { state, invite, event: null, reason: null, not_before: null, at: ctx.now },
    )
  }
  return joined
}

/** A person has left the org: every program that knows them is told, and their seats go back. */
export async function retirePerson(ctx: Ctx, user: string): Promise<void> {
  for (const row of await store.holdingsOf(ctx, user)) {
    if (row.state === 'retired') continue
    await store.changeHolder(
      ctx,
      { program: row.program, user },
      { state: row.state === 'wanted' ? 'retired' : 'retiring', event: null, not_before: null, at: ctx.now },
    )
    await wakeWorker(ctx, row.program)
  }
}

/** How a person stands with every program, for their page and the console. */
export async function holdingsOf(ctx: Ctx, user: string): Promise<store.HolderRow[]> {
  return store.holdingsOf(ctx, user)
}

/** Forgets a program's people and their seats' names. */
export async function forgetPeople(ctx: Ctx, program: string): Promise<void> {
  await store.removeHoldersOf(ctx, program)
}

/** Seats of people that wait for the person to join may be asked for now. */
export async function seatsAwaiting(ctx: Ctx, program: string, users: readonly string[]): Promise<void> {
  for (const user of users) {
    const waiting = await seats.seatsOfHolder(ctx, program, user)
    await seats.changeSeats(
      ctx,
      waiting.filter(s => s.state === 'wanted').map(s => s.id),
      { reason: null, not_before: null },
    )
  }
}
