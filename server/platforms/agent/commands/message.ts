import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { everywhere, meets, platforms, say } from './terms.ts'

const args = z.strictObject({
  title: z.string().min(1).max(100).optional(),
  message: z.string().min(1).max(1000),
})

/** Shows the person a message from their organization. */
export const message: CommandKind<z.infer<typeof args>> = {
  kind: 'message.show',
  permission: 'devices:write',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: ['title', 'message'],
  secret: [],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms,
  eligible: subject => meets({ modes: everywhere }, subject),
  encode: given => say('message.show', given),
}
