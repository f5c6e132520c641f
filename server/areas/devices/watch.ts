import type { Ctx } from '../../base/ctx.ts'

/**
 * Told, in the transaction of the change, that something of a device changed that later areas judge by:
 * fields of rules (`os`, `state`), facts (`fact.security.passcode`, in small letters), lists (`list.apps`) and `tag`.
 */
export type Watch = (ctx: Ctx, device: string, changed: readonly string[]) => Promise<void>

const watches: Watch[] = []

/** Main names who is told of changes, once each. */
export function watchFacts(watch: Watch): void {
  if (!watches.includes(watch)) watches.push(watch)
}

/** Tells all who watch. */
export async function told(ctx: Ctx, device: string, changed: readonly string[]): Promise<void> {
  if (changed.length === 0) return
  for (const watch of watches) await watch(ctx, device, changed)
}
