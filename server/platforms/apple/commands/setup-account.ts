import { encodeCommand } from '@muster/wire/apple/command.ts'
import type { Dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import { localAdminKind } from '../escrow/local-admin.ts'
import { changeStanding } from '../store.ts'
import { meets, platformsOf, type Terms } from './eligibility.ts'

const args = z.strictObject({
  /** Whoever sets it up makes no account. */
  skip: z.boolean(),
  standard: z.boolean(),
  fullName: z.string().max(200).optional(),
  userName: z.string().max(60).optional(),
  lockNames: z.boolean().optional(),
  admin: z.string().max(60).optional(),
  adminName: z.string().max(200).optional(),
  hidden: z.boolean().optional(),
  password: z.string().min(8).max(80).optional(),
  /** Base64. */
  hash: z.string().min(16).optional(),
})

const terms: Terms = { on: { macos: { since: '10.11' } }, company: true }

/** Makes the first accounts of a Mac that waits in its assistant, and at no other time (Apple: AccountConfiguration). */
export const setupAccount: CommandKind<z.infer<typeof args>> = {
  kind: 'setup.account',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  internal: true,
  args,
  loggable: ['skip', 'standard', 'admin', 'hidden'],
  secret: ['password', 'hash'],
  expiresInMs: 24 * 3_600_000,
  platforms: platformsOf(terms),
  // Before everything else that waits: the assistant asks for the account next.
  priority: 'high',
  keeps: { arg: 'password', as: localAdminKind },
  eligible: subject => meets(terms, subject),
  encode: (given, uuid) => encodeCommand(uuid, { RequestType: 'AccountConfiguration', ...keysOf(given) }),
  onDone: (ctx, { enrollment }) => changeStanding(ctx, enrollment, { first_account: 'done' }),
  onFailed: (ctx, { enrollment }) => changeStanding(ctx, enrollment, { first_account: 'failed' }),
}

function keysOf(given: z.infer<typeof args>): Dict {
  const { fullName, userName, admin, hash } = given
  const keys: Dict = {
    SkipPrimarySetupAccountCreation: given.skip,
    SetPrimarySetupAccountAsRegularUser: given.standard,
  }
  if (fullName !== undefined) keys['PrimaryAccountFullName'] = fullName
  if (userName !== undefined) keys['PrimaryAccountUserName'] = userName
  if (fullName !== undefined || userName !== undefined) keys['LockPrimaryAccountInfo'] = given.lockNames ?? false
  if (admin !== undefined && hash !== undefined)
    keys['AutoSetupAdminAccounts'] = [
      {
        shortName: admin,
        fullName: given.adminName ?? admin,
        passwordHash: new Uint8Array(Buffer.from(hash, 'base64')),
        hidden: given.hidden ?? false,
      },
    ]
  return keys
}
