import * as roster from '../../areas/roster/index.ts'
import { everything } from '../../base/authority.ts'
import { as, type Ctx } from '../../base/ctx.ts'
import { Problem } from '../../base/problem.ts'
import { call } from './client.ts'
import * as devices from './device-store.ts'
import { step, type Work } from './enterprise.ts'
import { AndroidFault } from './fault.ts'
import * as store from './store.ts'
import { endTokens } from './token-ending.ts'
import { wakeWorker } from './wake.ts'

/** Refuses to remove a program that still speaks for devices: they would stay as they are, and nobody could tell them anything. */
export async function demandEmpty(ctx: Ctx, program: { id: string; platform: string }): Promise<void> {
  if (program.platform !== 'android') return
  const row = await store.findEnterprise(ctx, program.id)
  if (!row || row.closing_at !== null) return
  const count = await devices.countDevices(ctx, program.id)
  if (count > 0) throw new Problem('android.devices-enrolled', { count })
}

/** Begins to take leave of Google: tokens are deleted there first, then the program goes. Whoever wants that says its name. */
export async function close(ctx: Ctx, id: string, said: string): Promise<roster.Program> {
  const program = await roster.programFor(ctx, id, 'roster:write')
  if (program.platform !== 'android') throw new Problem('program.kind-wrong')
  if (said.trim().toLowerCase() !== program.name.trim().toLowerCase()) {
    const fields = [{ path: 'body.confirm', message: 'names another program' }]
    throw new Problem('command.confirm-differs', {}, { fields })
  }
  await store.changeEnterprise(ctx, id, { closing_at: ctx.now, wait_until: null })
  await store.endAllTokens(ctx, id)
  await wakeWorker(ctx, program)
  return program
}

/** Takes leave of Google, and forgets the program. Where Google does not let us in any more there is nothing to take back there. */
export async function takeLeave(work: Work, enterprise: string | null): Promise<void> {
  try {
    await endTokens(work)
    if (enterprise !== null) await call(work.line, 'DELETE', enterprise)
  } catch (error) {
    // An enterprise that its admin signed up for can only be deleted by them.
    if (!(error instanceof AndroidFault) || error.state !== 'refused') throw error
  }
  await step(work, async ctx => {
    await roster.removeProgram(as(ctx, { org: ctx.org, actor: ctx.actor, authority: everything }), work.turn.program)
    await store.dropProgram(ctx, work.turn.program)
  })
}
