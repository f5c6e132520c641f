import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { everywhere, meets, platforms, say } from './terms.ts'

const args = z.strictObject({})

/** Lets the agent tell all it may of the device anew, not only what has changed. What it may tell is in its document. */
export const inventoryQuery: CommandKind<z.infer<typeof args>> = {
  kind: 'inventory.query',
  permission: 'devices:query',
  impact: 'read',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms,
  inventory: true,
  eligible: subject => meets({ modes: everywhere }, subject),
  encode: () => say('inventory.query'),
}
