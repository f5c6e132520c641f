import type { Actor, Ctx } from '../../base/ctx.ts'
import * as access from './access-store.ts'
import * as admins from './admin-store.ts'
import { occupants } from './occupant.ts'
import * as store from './store.ts'

/** Display names of the units, users, admins and keys among these ids; ids of other nouns and of things gone are absent. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return new Map()
  // One after the other: a transaction is one connection.
  const others: [string, string][] = []
  for (const occupant of occupants) others.push(...((await occupant.namesOf?.(ctx, wanted)) ?? []))
  return new Map([
    ...others,
    ...(await store.namesIn(ctx, wanted)),
    ...(await admins.adminNames(ctx, wanted)),
    ...(await access.keyNames(ctx, wanted)),
  ])
}

/** The name of who did something, as far as identity knows; null for devices, for the system and for those gone. */
export async function nameOfActor(ctx: Ctx, kind: Actor['kind'], id: string | null): Promise<string | null> {
  if (id === null || kind === 'system' || kind === 'device') return null
  return (await namesOf(ctx, [id])).get(id) ?? null
}

/** Ids of what bears a name containing the text: units, users, admins, keys, and what later areas hang on them. At most 200 of each. */
export async function idsNamed(ctx: Ctx, text: string): Promise<string[]> {
  const own = [await store.idsNamed(ctx, text), await admins.idsNamed(ctx, text), await access.idsNamed(ctx, text)]
  const others: string[] = []
  for (const occupant of occupants) others.push(...((await occupant.idsNamed?.(ctx, text)) ?? []))
  return [...own.flat(), ...others]
}
