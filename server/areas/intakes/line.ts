import { may } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { fold } from '../../base/text.ts'
import { type Unit, type User, unitPaths, usersKnownAs, usersNamed, visibleUnits } from '../identity/index.ts'
import * as store from './line-store.ts'
import { cleanSerial, type Given, isSerial } from './read.ts'

/** What can be wrong with a line. The first five keep its device from being expected. */
export const faultCodes = [
  'serial-missing',
  'serial-malformed',
  'serial-twice',
  'serial-elsewhere',
  'cells-too-many',
  'person-unknown',
  'person-ambiguous',
  'unit-unknown',
  'unit-ambiguous',
  'unit-outside',
] as const

const blocking: readonly string[] = faultCodes.slice(0, 5)

/** One thing that is wrong with a line, with facts for its sentence. */
export interface Fault {
  code: (typeof faultCodes)[number]
  facts: Record<string, string | number>
}

/** A line with what was made of it. */
export interface Judged extends Given {
  serialKey: string
  user: { id: string; name: string } | null
  unit: { id: string; path: string }
  faults: Fault[]
  blocked: boolean
}

/** Holds lines against the org: whose they are, where they belong, and what is wrong with each. `known` are serial numbers that are in the intake already. */
export async function judgeLines(
  ctx: Ctx,
  unit: Unit,
  lines: readonly Given[],
  known: ReadonlyMap<string, number | null> = new Map(),
): Promise<Judged[]> {
  const findUser = await peopleIn(ctx, lines)
  const findUnit = await placesIn(ctx, unit, lines)
  const keys = [...new Set(lines.map(l => keyOf(l.serial)).filter(k => k !== ''))]
  const elsewhere = new Map((await store.liveWith(ctx, keys)).map(r => [r.serial_key, r]))
  const seen = new Map<string, number | null>(known)
  return lines.map(given => {
    const key = keyOf(given.serial)
    const faults = serialFaults(given, key, { seen, elsewhere })
    if (key !== '' && !seen.has(key)) seen.set(key, given.line)
    const person = findUser(given.person)
    const place = findUnit(given.place)
    faults.push(...person.faults, ...place.faults)
    const blocked = faults.some(f => blocking.includes(f.code))
    return {
      ...given,
      serialKey: blocked ? '' : key,
      user: person.user === null ? null : { id: person.user.id, name: person.user.displayName },
      unit: { id: place.unit.id, path: place.unit.path },
      faults,
      blocked,
    }
  })
}

/** The form in which serial numbers are compared. */
export function keyOf(serial: string): string {
  return cleanSerial(serial).toLowerCase()
}

function serialFaults(
  given: Given,
  key: string,
  { seen, elsewhere }: { seen: ReadonlyMap<string, number | null>; elsewhere: ReadonlyMap<string, store.LineRow> },
): Fault[] {
  const faults: Fault[] = []
  const { serial } = given
  if (given.torn) faults.push({ code: 'cells-too-many', facts: {} })
  if (key === '') faults.push({ code: 'serial-missing', facts: {} })
  else if (!isSerial(serial)) faults.push({ code: 'serial-malformed', facts: { serial } })
  else if (seen.has(key)) faults.push({ code: 'serial-twice', facts: { serial, line: seen.get(key) ?? 0 } })
  else if (elsewhere.has(key))
    faults.push({ code: 'serial-elsewhere', facts: { serial, intake: elsewhere.get(key)?.intake ?? '' } })
  return faults
}

/** Finds who is meant: by address, by number, or by name where one person alone bears it. Only those the actor may see. */
async function peopleIn(ctx: Ctx, lines: readonly Given[]) {
  const said = [...new Set(lines.map(l => fold(l.person)).filter(p => p !== ''))]
  const found = new Map<string, User[]>()
  const add = (key: string, user: User): void => {
    const known = found.get(key) ?? []
    if (!known.some(k => k.id === user.id)) found.set(key, [...known, user])
  }
  for (let at = 0; at < said.length; at += 200) {
    const some = said.slice(at, at + 200)
    const numbers = lines.map(l => l.person.trim()).filter(p => some.includes(fold(p)))
    const known = await usersKnownAs(ctx, { numbers, emails: some.filter(p => p.includes('@')) })
    const named = await usersNamed(ctx, some)
    for (const user of [...known, ...named].filter(u => may(ctx.authority, 'users:read', u.unitPath)))
      for (const key of [user.email, user.employeeNumber, user.displayName]) if (key !== null) add(fold(key), user)
  }
  return (person: string): { user: User | null; faults: Fault[] } => {
    if (person.trim() === '') return { user: null, faults: [] }
    const [user, ...others] = found.get(fold(person)) ?? []
    if (user && others.length === 0) return { user, faults: [] }
    const code = user ? 'person-ambiguous' : 'person-unknown'
    return { user: null, faults: [{ code, facts: { person } }] }
  }
}

/** Finds which unit is meant; a line without one, or with one that cannot be, belongs to the unit of the intake. */
async function placesIn(ctx: Ctx, unit: Unit, lines: readonly Given[]) {
  const said = [...new Set(lines.map(l => l.place.trim()).filter(p => p !== ''))].slice(0, 500)
  const visible = said.length === 0 ? [] : await visibleUnits(ctx)
  const found = new Map<string, string[]>()
  for (const place of said) found.set(place, await unitPaths(ctx, place.replaceAll(/\s*\/\s*/g, '/')))
  return (place: string): { unit: Pick<Unit, 'id' | 'path'>; faults: Fault[] } => {
    const text = place.trim()
    if (text === '') return { unit, faults: [] }
    const seen = visible.filter(u => (found.get(text) ?? []).includes(u.path))
    const below = seen.filter(u => u.path.startsWith(unit.path))
    const [only, ...others] = below
    if (only && others.length === 0) return { unit: only, faults: [] }
    const code = only ? 'unit-ambiguous' : seen.length > 0 ? 'unit-outside' : 'unit-unknown'
    return { unit, faults: [{ code, facts: { unit: text } }] }
  }
}
