import type { Ctx } from '../../base/ctx.ts'
import * as store from './store.ts'

/** Whether the command still waits for the device or for its answer. */
export async function isOpen(ctx: Ctx, command: string): Promise<boolean> {
  const row = await store.find(ctx, command)
  return row !== undefined && row.ended_at === null
}
