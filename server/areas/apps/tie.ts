import type { Ctx } from '../../base/ctx.ts'
import { type Json, policiesOfKinds } from '../policies/index.ts'

/** What an app can be tied to on a device, by the key of its policy. */
export const tieKeys = ['vpn', 'contentFilter', 'dnsProxy', 'relay'] as const
export type TieKey = (typeof tieKeys)[number]

/** What a policy brings that apps can be tied to: `ref` is what an app's policy says of it. */
export interface Tie {
  key: TieKey
  ref: string
  policy: { id: string; name: string }
}

/** How a platform finds in policies of some kinds what apps can be tied to. Pure. */
export interface TieReader {
  readonly kinds: readonly string[]
  read(kind: string, value: Json): Pick<Tie, 'key' | 'ref'> | null
}

const readers: TieReader[] = []
const most = 500

/** Makes a platform's reader known; called by main before the server starts. */
export function tieBy(reader: TieReader): void {
  readers.push(reader)
}

/** What apps can be tied to by the policies on these paths, in the order of their names. */
export async function tiesOn(ctx: Ctx, paths: readonly string[]): Promise<Tie[]> {
  const kinds = [...new Set(readers.flatMap(r => r.kinds))]
  if (kinds.length === 0) return []
  const found = await policiesOfKinds(ctx, { kinds, paths, most })
  return found.flatMap(({ id, name, kind, value }) =>
    readers
      .filter(r => r.kinds.includes(kind))
      .flatMap(r => r.read(kind, value) ?? [])
      .map(tie => ({ ...tie, policy: { id, name } })),
  )
}
