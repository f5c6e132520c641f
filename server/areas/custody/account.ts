import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { asId, newId } from '../../base/id.ts'
import { isAddress } from '../../base/mail.ts'
import { Problem } from '../../base/problem.ts'
import { fold } from '../../base/text.ts'
import * as store from './account-store.ts'
import { lookAt, noticed, type Noticed } from './address.ts'
import { custodyEvents } from './events.ts'
import { type Keeping, keepings } from './keeping.ts'

/** The vendors' services that have accounts on which fleets depend. */
export const services = ['push', 'business', 'school', 'content', 'developer', 'google', 'microsoft', 'other'] as const
export type VendorName = (typeof services)[number]

/** An account at a vendor: what for, who answers, who is reached when nobody can sign in, and when mail to it was last answered. */
export interface Account {
  /** null while it is only known from what was made with it, and nobody has written it down. */
  id: string | null
  address: string
  service: VendorName
  purpose: string
  team: string | null
  contact: string | null
  note: string | null
  /** Of the account's own address. */
  trouble: Noticed | null
  contactTrouble: Noticed | null
  /** What in custody was made with it. */
  uses: { ref: string; kind: string; name: string }[]
}

/** The register, and below it what is known to be used but was not written down. */
export async function accounts(ctx: Ctx): Promise<Account[]> {
  demandWhole(ctx.authority, 'custody:read')
  const kept = await keepings(ctx)
  const seen = await noticed(ctx)
  const one = (address: string): Noticed | null => lookAt(seen, address)[0] ?? null
  const written = (await store.all(ctx)).map(row => ({
    id: row.id,
    address: row.address,
    service: services.find(s => s === row.service) ?? 'other',
    purpose: row.purpose,
    team: row.team,
    contact: row.contact,
    note: row.note,
    trouble: one(row.address),
    contactTrouble: row.contact === null ? null : one(row.contact),
    uses: usesOf(kept, row.address),
  }))
  const known = new Set(written.map(a => fold(a.address)))
  const rest = Map.groupBy(
    kept.filter(k => k.account !== null && !known.has(fold(k.account))),
    k => fold(k.account ?? ''),
  )
  const unwritten = [...rest.values()].flatMap(([first]) =>
    first?.account
      ? [
          {
            id: null,
            address: first.account,
            service: serviceOf(first),
            purpose: '',
            team: first.team,
            contact: first.contact,
            note: null,
            trouble: one(first.account),
            contactTrouble: first.contact === null ? null : one(first.contact),
            uses: usesOf(kept, first.account),
          },
        ]
      : [],
  )
  return [...unwritten, ...written]
}

const byKind: Readonly<Record<string, VendorName>> = {
  apns: 'push',
  devices: 'business',
  content: 'content',
  portal: 'business',
  vendor: 'developer',
}

const serviceOf = (one: Keeping): VendorName => byKind[one.kind] ?? 'other'

function usesOf(kept: readonly Keeping[], address: string): Account['uses'] {
  return kept
    .filter(k => k.account !== null && fold(k.account) === fold(address))
    .map(({ ref, kind, name }) => ({ ref, kind, name }))
}

/** What is written down of an account. */
export interface Written {
  address: string
  service: VendorName
  purpose: string
  team?: string | null | undefined
  contact?: string | null | undefined
  note?: string | null | undefined
}

const aboutAccount = (id: string) => ({ kind: 'external-account', id, path: '/' })

/** Writes an account down. */
export async function addAccount(ctx: Ctx, what: Written): Promise<Account> {
  demandWhole(ctx.authority, 'custody:write')
  demandAddresses(what)
  const row: store.AccountRow = {
    org: ctx.org,
    id: newId('keeping'),
    address: what.address,
    service: what.service,
    purpose: what.purpose,
    team: what.team ?? null,
    contact: what.contact ?? null,
    note: what.note ?? null,
    created_at: ctx.now,
    changed_at: ctx.now,
  }
  if (!(await store.add(ctx, row))) throw new Problem('account.known')
  await record(ctx, custodyEvents.accountAdded, aboutAccount(row.id), { address: row.address, service: row.service })
  await lookAll(ctx, row)
  return found(ctx, row.id)
}

/** Changes what is written of an account. */
export async function changeAccount(ctx: Ctx, id: string, to: Partial<Omit<Written, 'service'>>): Promise<Account> {
  demandWhole(ctx.authority, 'custody:write')
  const before = await found(ctx, id)
  demandAddresses(to)
  const fields = (['address', 'purpose', 'team', 'contact', 'note'] as const).filter(
    f => to[f] !== undefined && to[f] !== before[f],
  )
  if (fields.length === 0) return before
  const taken = (await store.all(ctx)).some(
    a => a.id !== id && a.service === before.service && a.address === (to.address ?? before.address),
  )
  if (taken) throw new Problem('account.known')
  const set = Object.fromEntries(fields.map(f => [f, to[f]])) as Partial<store.AccountRow>
  await store.change(ctx, asId('keeping', id), { ...set, changed_at: ctx.now })
  await record(ctx, custodyEvents.accountChanged, aboutAccount(id), { address: before.address, fields })
  await lookAll(ctx, { address: to.address ?? before.address, contact: to.contact ?? before.contact })
  return found(ctx, id)
}

/** Takes an account out of the register. */
export async function removeAccount(ctx: Ctx, id: string): Promise<void> {
  demandWhole(ctx.authority, 'custody:write')
  const { address, service } = await found(ctx, id)
  await store.remove(ctx, id)
  await record(ctx, custodyEvents.accountRemoved, aboutAccount(id), { address, service })
}

async function found(ctx: Ctx, id: string): Promise<Account> {
  const known = asId('keeping', id)
  const one = (await accounts(ctx)).find(a => a.id === known)
  if (!one) throw new Problem('id.unknown')
  return one
}

function demandAddresses({
  address,
  contact,
}: {
  address?: string | undefined
  contact?: string | null | undefined
}): void {
  for (const one of [address, contact])
    if (typeof one === 'string' && !isAddress(one)) throw new Problem('account.address-malformed', { address: one })
}

async function lookAll(ctx: Ctx, { address, contact }: { address: string; contact: string | null }): Promise<void> {
  await noticed(ctx, address)
  if (contact !== null) await noticed(ctx, contact)
}
