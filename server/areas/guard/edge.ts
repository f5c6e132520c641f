import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { frozen } from './freeze.ts'

/** What may still be written while everything is stopped: what lifts the stop, what stops more, and signing in and out. */
const allowed = [
  /^\/api\/v1\/guard\//,
  /^\/api\/v1\/intents\/:id\/(cancel|deny)$/,
  /^\/api\/v1\/me\/step-up/,
  /^\/api\/v1\/me\/sessions\/:id$/,
  /^\/api\/v1\/sign-/,
]

/** Refuses every other write while everything is stopped, whoever asks. */
export async function refuseWhileFrozen(ctx: Ctx, { path }: { readonly path: string }): Promise<void> {
  if (allowed.some(a => a.test(path))) return
  if (await frozen(ctx)) throw new Problem('guard.frozen')
}
