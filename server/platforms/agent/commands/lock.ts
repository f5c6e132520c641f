import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { everywhere, meets, platforms, say } from './terms.ts'

const args = z.strictObject({ message: z.string().max(500).optional(), phoneNumber: z.string().max(40).optional() })

/** Locks the screen; of a personal device, the work profile. */
export const lock: CommandKind<z.infer<typeof args>> = {
  kind: 'lock',
  permission: 'devices:lock',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['message', 'phoneNumber'],
  secret: [],
  expiresInMs: null,
  platforms,
  priority: 'high',
  eligible: subject => meets({ modes: everywhere }, subject),
  encode: given => say('lock', given),
}
