import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as certificates from '../certificates/index.ts'
import * as identity from '../identity/index.ts'
import { lookAt, noticed, type Noticed } from './address.ts'
import { custodyEvents } from './events.ts'
import * as store from './keeping-store.ts'
import { renewAt, type Thing, things } from './things.ts'

/** One thing in custody: what it is, who answers for it, when it ends and what stops then. */
export interface Keeping extends Omit<Thing, 'certificate'> {
  state: 'good' | 'ending' | 'over' | 'troubled'
  certificate: string | null
  subject: string | null
  issuer: string | null
  serial: string | null
  chain: certificates.Kept['chain']
  /** Who is told first. */
  owner: { id: string; name: string } | null
  /** What is wrong with its addresses. */
  addresses: Noticed[]
  /** Where in the console exactly this is renewed. */
  renewAt: string | null
  /** The nearest of 60, 30, 14, 7, 3 and 1 days that was announced. */
  announced: number | null
}

const day = 86_400_000
const endingMs = 60 * day
const rank = { over: 0, troubled: 1, ending: 2, good: 3 } as const

/** Everything in custody, what needs somebody first, then by its end. */
export async function keepings(ctx: Ctx): Promise<Keeping[]> {
  demandWhole(ctx.authority, 'custody:read')
  const said = await store.all(ctx)
  const found = (await things(ctx)).map(thing => joined(thing, said.get(thing.ref)))
  const names = await identity.namesOf(
    ctx,
    found.flatMap(({ row }) => (row?.owner ? [row.owner] : [])),
  )
  const addresses = await noticed(ctx)
  return found
    .map(({ thing, row }) => keepingOf(ctx, thing, { row, names, addresses }))
    .toSorted(
      (a, b) =>
        rank[a.state] - rank[b.state] || (a.endsAt ?? Number.MAX_SAFE_INTEGER) - (b.endsAt ?? Number.MAX_SAFE_INTEGER),
    )
}

/** What certificates say of themselves goes before what was noted here; of programs what was noted here goes first. */
function joined(thing: Thing, row: store.KeepingRow | undefined): { thing: Thing; row: store.KeepingRow | undefined } {
  const pick = (name: 'account' | 'team' | 'contact'): string | null =>
    (thing.what === 'program' ? (row?.[name] ?? thing[name]) : (thing[name] ?? row?.[name])) ?? null
  return {
    thing: { ...thing, account: pick('account'), team: pick('team'), contact: pick('contact') },
    row,
  }
}

function keepingOf(
  ctx: Ctx,
  thing: Thing,
  of: {
    row: store.KeepingRow | undefined
    names: ReadonlyMap<string, string>
    addresses: ReadonlyMap<string, Noticed>
  },
): Keeping {
  const { certificate, ...rest } = thing
  const { row, names, addresses } = of
  const fresh = row?.announced_for === thing.endsAt
  return {
    ...rest,
    state: stateOf(ctx, thing),
    renewAt: renewAt(thing),
    certificate: certificate?.id ?? null,
    subject: certificate?.subject ?? null,
    issuer: certificate?.issuer ?? null,
    serial: certificate?.serial ?? null,
    chain: certificate?.chain ?? [],
    owner: row?.owner ? { id: row.owner, name: names.get(row.owner) ?? row.owner } : null,
    addresses: [thing.account, thing.contact].flatMap(a => (a === null ? [] : lookAt(addresses, a))),
    announced: fresh ? (row?.announced_days ?? null) : null,
  }
}

function stateOf(ctx: Ctx, { endsAt, trouble, renewable }: Thing): Keeping['state'] {
  if (endsAt !== null && endsAt <= ctx.now) return 'over'
  if (trouble) return 'troubled'
  // What renews itself does so long before; it is told of only when that has failed.
  const soonMs = renewable === 'itself' ? endingMs / 2 : endingMs
  return endsAt !== null && endsAt - ctx.now <= soonMs ? 'ending' : 'good'
}

/** One of them. */
export async function keeping(ctx: Ctx, ref: string): Promise<Keeping> {
  const found = (await keepings(ctx)).find(one => one.ref === ref)
  if (!found) throw new Problem('id.unknown')
  return found
}

/** Who answers for something; what is absent stays. */
export interface Answering {
  owner?: string | null | undefined
  team?: string | null | undefined
  account?: string | null | undefined
  contact?: string | null | undefined
}

/** Says who answers for something. The account of a push certificate cannot be taken away: without it nobody renews. */
export async function changeKeeping(ctx: Ctx, ref: string, to: Answering): Promise<Keeping> {
  demandWhole(ctx.authority, 'custody:write')
  const before = await keeping(ctx, ref)
  const {
    owner = before.owner?.id ?? null,
    team = before.team,
    account = before.account,
    contact = before.contact,
  } = to
  if (before.what === 'push' && account === null) throw new Problem('custody.account-needed')
  if (owner !== null && owner !== before.owner?.id) await demandOwner(ctx, owner)
  if (before.certificate !== null) await certificates.change(ctx, before.certificate, { owner: team, account, contact })
  await store.put(ctx, ref, { owner, team, account, contact })
  const now = { owner, team, account, contact }
  const was = { owner: before.owner?.id ?? null, team: before.team, account: before.account, contact: before.contact }
  const fields = (['owner', 'team', 'account', 'contact'] as const).filter(f => now[f] !== was[f])
  if (fields.length > 0)
    await record(ctx, custodyEvents.changed, aboutKeeping(ref), { ref, kind: before.kind, name: before.name, fields })
  for (const address of [account, contact]) if (address !== null) await noticed(ctx, address)
  return keeping(ctx, ref)
}

async function demandOwner(ctx: Ctx, id: string): Promise<void> {
  const { path } = await identity.rootUnit(ctx)
  const able = await identity.adminsHolding(ctx, 'custody:read', path)
  if (!able.some(a => a.id === id)) throw new Problem('custody.owner-unknown')
}

/** What events of a keeping are about. */
export function aboutKeeping(ref: string): { kind: string; id: string; path: string } {
  return { kind: 'keeping', id: ref, path: '/' }
}
