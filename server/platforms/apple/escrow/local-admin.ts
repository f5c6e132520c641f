import { encodeCommand } from '@muster/wire/apple/command.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, platformsOf, type Terms } from '../commands/eligibility.ts'
import { accountHash, newPassword } from './password.ts'
import { asServer } from './startup-password.ts'

export const localAdminKind = 'local-admin'
/** The accounts that Setup Assistant made for us, as the Mac tells of them. */
export const automaticFact = 'accounts.automatic'

interface Args {
  guid: string
  account: string
  password?: string | undefined
  /** Base64. */
  hash?: string | undefined
}

const args: z.ZodType<Args> = z.strictObject({
  guid: z.string().min(1).max(80),
  account: z.string().max(120),
  password: z.string().min(8).max(80),
  hash: z.string().min(16),
})
const terms: Terms = { on: { macos: { since: '10.11' } }, company: true }

/** Gives the local administrator of a Mac another password. It says the same however often it is handed out, so a lost answer loses nothing. */
export const localAdminSet: commands.CommandKind<Args> = {
  kind: 'local-admin.set',
  permission: 'devices:secrets',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: ['account'],
  secret: ['password', 'hash'],
  expiresInMs: 7 * 24 * 3_600_000,
  internal: true,
  platforms: platformsOf(terms),
  keeps: { arg: 'password', as: localAdminKind },
  eligible: subject => meets(terms, subject),
  encode: ({ guid, hash }, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'SetAutoAdminPassword',
      GUID: guid,
      passwordHash: new Uint8Array(Buffer.from(hash ?? '', 'base64')),
    }),
  onFailed: (ctx, { device }, error) =>
    escrow.noteFailed(ctx, { device, kind: localAdminKind, problem: error.explained }),
}

const setJob = jobName<{ device: string }>('local-admin.set')

/** Makes the password and its hash between transactions, and orders the Mac to take it. */
export const localAdminJob: JobKind<{ device: string }> = {
  name: setJob,
  attempts: 5,
  run: async (base, { scope, payload }) => {
    const password = newPassword()
    const hash = Buffer.from(await accountHash(password)).toString('base64')
    await base.transact(scope, async ctx => {
      const one = accountIn(await devices.factRecord(ctx, payload.device))
      if (!one) return
      const given = { guid: one.guid, account: one.shortName, password, hash }
      const sent = await commands
        .send(asServer(ctx), { device: payload.device, kind: localAdminSet.kind, args: given })
        .catch(refusal)
      if (typeof sent === 'object')
        await escrow.noteFailed(ctx, { device: payload.device, kind: localAdminKind, problem: sent.code })
    })
    return undefined
  },
}

function refusal(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}

/** The account the Mac made for us: the first, since Setup Assistant makes one only. */
function accountIn(facts: Readonly<Record<string, devices.JsonValue>>): { guid: string; shortName: string } | null {
  const told = facts[automaticFact]
  const first = Array.isArray(told) ? told[0] : undefined
  if (first === null || typeof first !== 'object' || Array.isArray(first)) return null
  const { GUID, shortName } = first
  return typeof GUID === 'string' && GUID !== '' ? { guid: GUID, shortName: String(shortName ?? '') } : null
}

/** What `AccountConfiguration` takes of an administrator that is made at set-up; its password is kept before this is answered. Compute the hash with `accountHash` outside. */
export async function keepSetupPassword(
  ctx: Ctx,
  of: { device: string; account: string; password: string; command?: string },
): Promise<void> {
  const { device, account, password, command } = of
  await escrow.keep(ctx, {
    device,
    kind: localAdminKind,
    value: password,
    state: 'pending',
    command,
    facts: { account },
  })
}

/** The local administrator of a Mac. */
export const localAdminCustodian: escrow.Custodian = {
  kind: localAdminKind,
  platforms: ['macos'],
  shown: true,
  demandable: true,
  erased: true,
  suits: ({ device, facts }) => device.ownership !== 'personal' && accountIn(facts) !== null,
  renew: async (ctx, device) => {
    if (!accountIn(await devices.factRecord(ctx, device.id))) return 'escrow.no-account'
    await enqueue(ctx, setJob, { device: device.id }, { dedupe: device.id })
    return 'ordered'
  },
}
