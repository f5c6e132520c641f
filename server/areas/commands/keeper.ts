import type { Ctx } from '../../base/ctx.ts'

/** Who keeps the secrets that commands carry: the room that does comes later, so main brings it here before the server starts. */
export interface Keeper {
  /** Keeps the value as pending, sealed, before its command can leave. */
  put(ctx: Ctx, of: { device: string; kind: string; command: string; value: string }): Promise<void>
  /** The device has carried out the command that brought it. */
  confirm(ctx: Ctx, command: string): Promise<void>
  /** The device has said that it did not take it, or the command never left. */
  refuse(ctx: Ctx, command: string): Promise<void>
}

let known: Keeper | null = null

/** Tells who keeps the secrets that commands carry; called by main before the server starts. */
export function keepBy(keeper: Keeper): void {
  known = keeper
}

/** Who keeps them. Nothing secret may leave before somebody does. */
export function keeper(): Keeper {
  if (known === null) throw new Error('main has not said who keeps the secrets that commands carry')
  return known
}
