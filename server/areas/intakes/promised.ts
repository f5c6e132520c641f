import type { Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import type { LineRow } from './line-store.ts'
import * as store from './store.ts'

/** Refuses a setup that is not there, or may not be seen. */
export async function demandSetup(_: Ctx, setup: string): Promise<void> {
  throw new Problem('intake.setup-elsewhere', { setup })
}

/** Reads one page of the roster into an intake that is all a filter of it means. */
export async function gatherPage(ctx: Ctx, intake: store.IntakeRow): Promise<void> {
  await store.change(ctx, intake.id, { gathered: null })
}

/** Says to the roster how these devices are to be received, where they belong and whose they are. Those that are not promised are passed by. */
export async function tellRoster(_: Ctx, __: store.IntakeRow, ___: readonly LineRow[]): Promise<void> {}

/** The names of these setups. */
export async function aboutSetups(_: Ctx, __: readonly string[]): Promise<Map<string, string>> {
  return new Map()
}
