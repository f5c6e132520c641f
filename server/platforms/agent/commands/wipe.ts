import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, owned, platforms, say } from './terms.ts'

const args = z.strictObject({
  confirm: z.string().min(1).max(200).describe('The serial number or the name of the device that is meant.'),
  externalStorage: z.boolean().optional().describe('The memory card, too.'),
  resetProtection: z.boolean().optional().describe('Takes the protection against strangers’ setup away as well.'),
})

/**
 * Erases a device of the organization. It asks for the device by name, never expires, nothing is sent after it, and the device itself demands the
 * approvals that were pinned when it enrolled. What it says to the device is exactly what was approved.
 */
export const wipe: commands.CommandKind<z.infer<typeof args>> = {
  kind: 'wipe',
  permission: 'devices:wipe',
  impact: 'irreversible',
  destructive: true,
  args,
  loggable: ['externalStorage', 'resetProtection'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  confirms: true,
  proved: true,
  eligible: subject => meets({ modes: owned, company: true }, subject),
  prepare: (_ctx, { device }, given) => {
    const said = given.confirm.trim().toLowerCase()
    if ([device.serial, device.name].some(name => name !== null && name.trim().toLowerCase() === said)) return given
    const fields = [{ path: 'args.confirm', message: 'names another device' }]
    throw new Problem('command.confirm-differs', {}, { fields })
  },
  encode: ({ confirm: _, ...given }) => say('wipe', given),
  onDone: async (ctx, { device, enrollment: held, unitPath }) => {
    await commands.cancelAll(ctx, held, 'wiped')
    await devices.setState(ctx, device, 'ended', 'wiped')
    const kinds = escrow.custodians().flatMap(c => (c.erased ? [c.kind] : []))
    await escrow.drop(ctx, device, kinds, 'wiped')
    await commands.recordWiped(ctx, { device, unitPath })
  },
}
