import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, platforms, say, whole } from './terms.ts'

const args = z.strictObject({})

/** Starts the device anew, which only the owner of the whole device can. */
export const restart: CommandKind<z.infer<typeof args>> = {
  kind: 'restart',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms,
  looksAtFacts: true,
  eligible: subject => meets({ modes: whole, api: 24, company: true }, subject),
  encode: () => say('restart'),
}
