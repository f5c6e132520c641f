import type * as enrollment from '../../../areas/enrollment/index.ts'
import type { Ctx } from '../../../base/ctx.ts'

/** The kind of command that makes the first accounts of a Mac. */
export const accountKind = 'setup.account'

/** Has the first accounts of a Mac made as its setup decides; other devices have none. */
export async function sendFirstAccount(
  _ctx: Ctx,
  _held: Pick<enrollment.Enrollment, 'id' | 'device'>,
  _setup: string,
): Promise<void> {}
