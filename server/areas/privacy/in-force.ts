import type { Ctx } from '../../base/ctx.ts'
import { namesOf } from '../identity/index.ts'
import { termsNow } from './change.ts'
import * as charters from './charter-store.ts'
import { lastCheck } from './check.ts'
import type { DataType } from './type.ts'

/** The charter in force in a few words, for those whom it protects. */
export interface InForce {
  /** 0: the preset that an org begins with. */
  version: number
  since: number | null
  /** Who must sign before it is loosened. */
  cosigners: string[]
  /** After how many days what was not told anew is deleted; null: as long as the device is known. */
  keptDays(type: DataType): number | null
  /** When it was last examined that all of it holds, and whether it did; null before the first time. */
  checked: { at: number; holds: boolean } | null
}

/** What is in force now. */
export async function inForce(ctx: Ctx): Promise<InForce> {
  const { id, version, rules, cosigners } = await termsNow(ctx)
  const row = id === null ? undefined : await charters.findCharter(ctx, id)
  const names = await namesOf(ctx, cosigners)
  const check = await lastCheck(ctx)
  return {
    version,
    since: row?.at ?? null,
    cosigners: cosigners.flatMap(c => names.get(c) ?? []),
    keptDays: type => rules.retention[type],
    checked: check && { at: check.at, holds: check.results.every(r => r.holds) },
  }
}
