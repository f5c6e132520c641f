import { encodeCommand } from '@muster/wire/apple/command.ts'
import { type Dict, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { firstRefusal } from './settings.ts'
import { meets, platformsOf, type Terms } from './eligibility.ts'

const whole = z.int().min(0).optional()
const args = z.strictObject({
  users: whole,
  quotaMb: whole,
  guestsOnly: z.boolean().optional(),
  signOutSeconds: whole,
  guestSeconds: whole,
  domains: z.array(z.string().max(253)).max(3).optional(),
  offlineDays: whole,
})

type Args = z.infer<typeof args>

// Only supervised iPads are shared, and so early nobody has asked this one whether it is.
const terms: Terms = { on: { ipados: { since: '13.4' } }, rights: ['settings'], company: true }

/** How an iPad is shared, said while it waits in its assistant: later it takes only part of it (Apple: Settings Command, SharedDeviceConfiguration). */
export const setupShared: CommandKind<Args> = {
  kind: 'setup.shared',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  internal: true,
  args,
  loggable: ['users', 'quotaMb', 'guestsOnly'],
  secret: [],
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  // The room of each person is laid out before anything is installed.
  priority: 'high',
  eligible: subject => {
    const met = meets(terms, subject)
    return met === true && subject.enrollment.kind !== 'shared-ipad' ? 'command.shared-ipad-only' : met
  },
  encode: (given, uuid) => encodeCommand(uuid, { RequestType: 'Settings', Settings: [itemOf(given)] }),
  judge: result => firstRefusal(dict(result as never)),
}

function itemOf(given: Args): Dict {
  const said = {
    ResidentUsers: given.users,
    QuotaSize: given.quotaMb,
    TemporarySessionOnly: given.guestsOnly,
    UserSessionTimeout: given.signOutSeconds,
    TemporarySessionTimeout: given.guestSeconds,
    ManagedAppleIDDefaultDomains: given.domains,
    OnlineAuthenticationGracePeriod: given.offlineDays,
  }
  const item: Dict = { Item: 'SharedDeviceConfiguration' }
  for (const [key, value] of Object.entries(said)) if (value !== undefined) item[key] = value
  return item
}
