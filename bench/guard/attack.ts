import { everything } from '../../server/base/authority.ts'
import { digest, newId, newSecret } from '../../server/base/id.ts'
import * as access from '../../server/areas/identity/access-store.ts'
import { defaultLimits } from '../../server/areas/guard/index.ts'
import type { GivenAdmin } from '../../server/testing/given-identity.ts'
import type { House } from '../../server/testing/house.ts'
import type { Target } from './fleet.ts'
import { crowd, type Forged, forge } from './forge.ts'
import { type Ledger, obey } from './obey.ts'

const minute = 60_000
const hour = 60 * minute

/** What came of the attack. */
export interface Loot {
  /** Devices that carried out something final, by what it was. */
  ledger: Ledger
  removed: number
  held: number
  refused: Record<string, number>
  /** Attempts to switch the guard off or to lift a stop that were answered as done. */
  loosened: number
  forged: Forged
}

/** An owner whose password and key are in wrong hands. */
interface Attacker {
  h: House
  who: GivenAdmin
  targets: Target[]
  at: number
  /** How many hours it has gone on. */
  hours: number
  loot: Loot
}

type Answer = Awaited<ReturnType<House['http']>>

/** Tries everything that could destroy, every few minutes for so many hours of the server's clock; devices do at once what they are told. */
export async function attack(
  h: House,
  targets: Target[],
  { hours, stepMs, forging }: { hours: number; stepMs: number; forging: boolean },
): Promise<Loot> {
  const people = await crowd(h)
  const loot: Loot = { ledger: new Map(), removed: 0, held: 0, refused: {}, loosened: 0, forged: {} }
  const a: Attacker = { h, who: people.mallory, targets, at: 0, hours: 0, loot }
  const start = h.now()
  let nextHour = start
  while (h.now() < start + hours * hour) {
    await freshSession(a)
    await singles(a)
    if (h.now() >= nextHour) {
      nextHour += hour
      await hourly(a)
      if (forging) {
        await h.settle()
        for (const one of [people.child, people.fresh, people.bo, people.foreign]) await sessionFor(h, one)
        const held = await newestHeld(h)
        if (held) await forge(h, people, held, loot.forged)
      }
    }
    await h.settle()
    await obey(h, loot.ledger)
    h.pass(stepMs)
    await h.settle()
  }
  return loot
}

function note(a: Attacker, answer: Answer): void {
  if (answer.status >= 300) {
    const code = String(answer.body?.code ?? answer.status)
    a.loot.refused[code] = (a.loot.refused[code] ?? 0) + 1
  } else if (answer.body?.state === 'held' || answer.body?.held || answer.body?.intent) a.loot.held += 1
}

const next = (a: Attacker): Target => {
  const one = a.targets[a.at % a.targets.length]
  a.at += 1
  if (!one) throw new Error('no targets')
  return one
}

/** One by one: erase by key, erase by session, erase by a raw command, end management, forget what has ended, untag and erase. */
async function singles(a: Attacker): Promise<void> {
  const { h, who } = a
  const session = { headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' } }
  const order = (t: Target, body: object, by: object) =>
    h.http('POST', `/api/v1/devices/${t.device}/commands`, { ...by, body })
  for (const by of [{ as: who.key }, { as: who.key }, session]) {
    const t = next(a)
    note(a, await order(t, { kind: 'wipe', args: { confirm: t.serial } }, by))
  }
  const raw = next(a)
  const erase = { command: { RequestType: 'EraseDevice' }, confirm: raw.serial }
  note(a, await order(raw, { kind: 'apple.raw', args: erase }, { as: who.key }))
  const left = next(a)
  note(a, await h.http('DELETE', `/api/v1/enrollments/${left.enrollment}`, { as: who.key }))
  const gone = [...a.loot.ledger.keys()].at(-1)
  if (gone) {
    const answer = await h.http('DELETE', `/api/v1/devices/${gone}`, { as: who.key })
    note(a, answer)
    if (answer.status === 200 && answer.body.intent === null) a.loot.removed += 1
  }
  const spared = a.targets.filter(t => t.spared)[a.at % 20]
  if (!spared) return
  note(a, await h.http('PATCH', `/api/v1/devices/${spared.device}`, { as: who.key, body: { tags: [] } }))
  note(a, await order(spared, { kind: 'wipe', args: { confirm: spared.serial } }, { as: who.key }))
}

/** By the hundred, with new keys, with new owners, and by loosening what stands in the way. */
async function hourly(a: Attacker): Promise<void> {
  const { h, who } = a
  const session = { headers: { cookie: who.cookie, 'sec-fetch-site': 'same-origin' } }
  const first = (a.at * 7) % Math.max(1, a.targets.length - 200)
  const some = a.targets.slice(first, first + 200).map(t => t.device)
  // Everything at once, to begin with.
  const everyone = a.hours === 0 ? [{ filter: '' }] : []
  a.hours += 1
  for (const which of [...everyone, { devices: some }, { devices: some.slice(0, 100) }]) {
    const split = await h.http('POST', '/api/v1/command-batches', {
      as: who.key,
      body: { kind: 'wipe', ...which, dryRun: true },
    })
    const body = { kind: 'wipe', ...which, confirm: split.body.eligible }
    note(a, await h.http('POST', '/api/v1/command-batches', { as: who.key, body }))
  }
  const made = await h.http('POST', '/api/v1/api-keys', {
    as: who.key,
    body: { name: newId('key'), role: 'owner', unit: h.root.id, expiresInDays: 1 },
  })
  note(a, made)
  const t = next(a)
  const body = { kind: 'wipe', args: { confirm: t.serial } }
  note(a, await h.http('POST', `/api/v1/devices/${t.device}/commands`, { as: String(made.body.key ?? who.key), body }))
  const puppet = { name: 'Puppet', email: `${newId('admin')}@muster.test`, role: 'owner', unit: h.root.id }
  note(a, await h.http('POST', '/api/v1/admins', { as: who.key, body: puppet }))
  await h.given.stepUp(who)
  const loose = { ...defaultLimits, perPersonHour: 50, perDay: { least: 1000, percent: 25 } }
  note(a, await h.http('PUT', '/api/v1/guard/limits', { ...session, body: loose }))
  for (const [method, url, off] of [
    ['PATCH', '/api/v1/guard', { enabled: false }],
    ['DELETE', '/api/v1/guard', undefined],
    ['PUT', '/api/v1/guard/limits', { ...defaultLimits, perDay: { least: 100_000, percent: 100 } }],
    ['POST', '/api/v1/guard/close-breaker-options', undefined],
    ['POST', '/api/v1/guard/unfreeze-options', undefined],
  ] as const) {
    const answer = await h.http(method, url, { ...session, ...(off ? { body: off } : {}) })
    if (answer.status < 300) a.loot.loosened += 1
  }
}

async function freshSession(a: Attacker): Promise<void> {
  await sessionFor(a.h, a.who)
}

/** Signs an admin in anew, because sessions end. */
export async function sessionFor(h: House, who: GivenAdmin): Promise<void> {
  const cookie = newSecret()
  const id = newId('session')
  const scope = {
    org: who.principal.org,
    actor: { kind: 'system', id: null, what: 'bench' },
    authority: everything,
  } as const
  await h.as(scope, ctx =>
    access.putSession(ctx, {
      org: ctx.org,
      id,
      hash: digest(cookie),
      admin: who.id,
      address: '127.0.0.1',
      agent: 'bench',
      created_at: ctx.now,
      last_seen_at: ctx.now,
      expires_at: ctx.now + 12 * hour,
      proven_at: null,
    }),
  )
  Object.assign(who, { cookie: `__Host-muster=${cookie}`, session: id })
}

/** Whether what became of the device must never be: it is spared, or it is personal and was erased instead of left. */
export function isWrong(one: Target, ledger: Ledger): boolean {
  const did = ledger.get(one.device)
  return did !== undefined && (one.spared || (one.personal && did !== 'enrollment.leave'))
}

/** Two held intents with devices, the newest, that are complete. */
async function newestHeld(h: House): Promise<[string, string] | null> {
  const rows = await h.run(ctx =>
    ctx.tx
      .selectFrom('intents')
      .select('id')
      .where('state', '=', 'held')
      .where('count', '>', 0)
      .where('gathering', '=', 0)
      .orderBy('id', 'desc')
      .limit(2)
      .execute(),
  )
  const [one, other] = rows.map(r => String(r.id))
  return one && other ? [one, other] : null
}
