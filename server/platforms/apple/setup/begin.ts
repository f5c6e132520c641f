import * as commands from '../../../areas/commands/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as roster from '../../../areas/roster/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import type { Standing } from '../store.ts'
import { sendFirstAccount } from './first-account.ts'
import { sendShared } from './shared.ts'

const minuteMs = 60_000
/** A device that nobody decided about waits at most so long. */
const usualMinutes = 15

/**
 * The device says that it waits in Setup Assistant (Apple: TokenUpdate, AwaitingConfiguration). The first time its run begins. A device whose
 * run has ended and that still waits did not hear that it may go on, as after a restart: it is told again.
 */
export async function awaited(ctx: Ctx, held: enrollment.Enrollment, standing: Standing): Promise<void> {
  const server = as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'setup' }, authority: everything })
  const run = await enrollment.runOf(server, held.id)
  if (run && run.endedAt === null) return
  if (run) return release(server, held)
  const setup = standing.setup === null ? undefined : await roster.findSetup(server, standing.setup)
  const minutes = setup && !setup.awaits ? 0 : (setup?.awaitMinutes ?? usualMinutes)
  await enrollment.beginRun(server, held, { awaits: ['items', 'apps'], until: ctx.now + minutes * minuteMs })
  if (!setup) return
  await sendFirstAccount(server, held, setup.id)
  await sendShared(server, held, setup.id)
}

/** Lets the device go on; what waits already is not sent twice. */
export async function release(ctx: Ctx, held: Pick<enrollment.Enrollment, 'id' | 'device'>): Promise<void> {
  if (await commands.waits(ctx, { enrollment: held.id, account: '' }, 'setup.release')) return
  await commands.send(ctx, { device: held.device, kind: 'setup.release' })
}
