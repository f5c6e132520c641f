import type { Ctx } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import * as commands from '../commands/index.ts'
import { said } from './incident.ts'
import * as store from './store.ts'

/** Sends the order that locks the device of an incident in its way, and keeps it with the incident. */
export async function lockOf(ctx: Ctx, row: store.IncidentRow, action: string): Promise<Id<'command'>> {
  const phone = row.phone === '' ? {} : { phoneNumber: row.phone }
  const command = await commands.send(ctx, {
    device: row.device,
    kind: action === 'lost-mode' ? 'lost-mode.enable' : 'lock',
    args: { message: row.message, ...phone },
    reason: `#${said(row.number)}`,
  })
  await store.link(ctx, { command, incident: row.id, what: 'lock' })
  await store.change(ctx, row.id, { lock_command: command })
  return command
}
