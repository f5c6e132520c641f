import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { meets, owned, platforms, say } from './terms.ts'

const args = z.strictObject({
  package: z
    .string()
    .max(255)
    .regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/)
    .describe('The name of its package, such as `org.example.app`.'),
})

/** Takes one app off a device of the organization; in somebody's own, an agent cannot do so silently, and blocks it by policy instead. */
export const appUninstall: CommandKind<z.infer<typeof args>> = {
  kind: 'app.uninstall',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: ['package'],
  secret: [],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms,
  looksAtFacts: true,
  eligible: subject => meets({ modes: owned, api: 23, company: true }, subject),
  encode: given => say('app.uninstall', given),
}
