import type { Ctx } from '../../base/ctx.ts'

/** A later area whose nouns hang on units and users by a stored path. Identity tells it, in the same transaction, what it must keep in step. */
export interface Occupant {
  /** The nouns, in the plural: `devices`. */
  noun: string
  /** The subtree at `from` is now at `to`: rewrite stored paths. */
  moved(ctx: Ctx, from: string, to: string): Promise<void>
  /** Whether anything hangs directly on this unit, so that it may not be removed. */
  hangsOn(ctx: Ctx, unit: string): Promise<boolean>
  /** A user is about to be removed. */
  userLeaves?(ctx: Ctx, user: string): Promise<void>
  /** A user bears another name. */
  userRenamed?(ctx: Ctx, user: string, displayName: string): Promise<void>
  /** A user hangs on another unit now, and those of its nouns that hung on the same unit follow. */
  userMoves?(ctx: Ctx, user: string, units: { from: string; to: string }): Promise<void>
  /** Those of these users that anything of its nouns is of; absent means it may be any. So that of many users only they are told of. */
  holders?(ctx: Ctx, users: readonly string[]): Promise<ReadonlySet<string>>
  /** Whether anything is meant for this group, so that it may not be removed. */
  usesGroup?(ctx: Ctx, group: string): Promise<boolean>
  /** Display names of those of its nouns among these ids, for logs and lists. */
  namesOf?(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Ids of its nouns whose name contains the text, at most 200, for filters. */
  idsNamed?(ctx: Ctx, text: string): Promise<readonly string[]>
  /** How many hang on each of these units or users, for lists. */
  counts?(ctx: Ctx, by: 'unit' | 'user', ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** What a user has, as far as the actor may see it, for the user's page. */
  ofUser?(ctx: Ctx, user: string): Promise<readonly { id: string; name: string }[]>
}

/** The occupants main has named. */
export const occupants: Occupant[] = []

/** Called by main once per area that stores unit paths. */
export function occupy(occupant: Occupant): void {
  if (!occupants.some(o => o.noun === occupant.noun)) occupants.push(occupant)
}

/** The numbers of devices on these units or users; absent means none. */
export async function deviceCounts(
  ctx: Ctx,
  by: 'unit' | 'user',
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const devices = occupants.find(o => o.noun === 'devices')
  return (await devices?.counts?.(ctx, by, ids)) ?? new Map()
}
