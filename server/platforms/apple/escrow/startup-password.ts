import { encodeCommand } from '@muster/wire/apple/command.ts'
import { bool, type Dict, dict } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as commands from '../../../areas/commands/index.ts'
import * as enrollments from '../../../areas/enrollment/index.ts'
import * as escrow from '../../../areas/escrow/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import { Problem } from '../../../base/problem.ts'
import { meets, platformsOf, type Terms } from '../commands/eligibility.ts'
import { newPassword } from './password.ts'

/** What keeps a Mac from being started otherwise: recovery lock with Apple silicon, a firmware password with Intel. */
interface Startup {
  readonly kind: 'recovery-lock' | 'firmware'
  readonly set: 'SetRecoveryLock' | 'SetFirmwarePassword'
  readonly verify: 'VerifyRecoveryLock' | 'VerifyFirmwarePassword'
  readonly silicon: boolean
  readonly since: string
}

const weekMs = 7 * 24 * 3_600_000

interface SetArgs {
  /** Made by the server when it is sent. */
  password?: string | undefined
  /** What is on the Mac now; read when it is handed out. */
  before?: string | undefined
}

interface VerifyArgs {
  escrow: string
  /** Those that were tried before this one. */
  tried: string[]
  password?: string | undefined
}

const termsOf = (of: Startup): Terms => ({
  on: { macos: { since: of.since } },
  rights: ['lockAndRemovePasscode'],
  company: true,
})

function eligible(of: Startup): (subject: commands.Subject) => ReturnType<typeof meets> {
  return subject => {
    const met = meets(termsOf(of), subject)
    if (met !== true) return met
    return suits(of, subject.facts) ? true : 'command.other-hardware'
  }
}

const suits = (of: Startup, facts: commands.Subject['facts']): boolean => facts['identity.appleSilicon'] === of.silicon

const common = {
  permission: 'devices:secrets',
  impact: 'reversible',
  destructive: false,
  loggable: [],
  expiresInMs: weekMs,
  internal: true,
  looksAtFacts: true,
} as const

/** Sets the password. Its acknowledgment proves nothing (a Mac in Setup Assistant may give one for nothing), so the Mac is asked for the new one next. */
function setting(of: Startup): commands.CommandKind<SetArgs, undefined> {
  const args: z.ZodType<SetArgs> = z.strictObject({ password: z.string().min(8).max(80).optional() })
  return {
    ...common,
    kind: `${of.kind}.set`,
    args,
    secret: ['password', 'before'],
    platforms: platformsOf(termsOf(of)),
    keeps: { arg: 'password', as: of.kind, until: 'proven' },
    eligible: eligible(of),
    prepare: (_ctx, _subject, given) => ({ password: given.password ?? newPassword() }),
    complete: async (ctx, enrollment) => {
      const before = await escrow.current(ctx, (await enrollments.get(ctx, enrollment)).device, of.kind)
      return before ? { before: before.value } : {}
    },
    encode: ({ password, before }, uuid) =>
      encodeCommand(uuid, {
        RequestType: of.set,
        ...(before === undefined ? {} : { CurrentPassword: before }),
        NewPassword: password ?? '',
      }),
    judge: result => {
      const said = dict(result as never)
      const changed = bool(of.silicon ? said : inner(said, of.set), 'PasswordChanged')
      return changed === false
        ? { code: null, domain: null, message: null, explained: 'command.password-not-changed' }
        : null
    },
    read: () => undefined,
    onDone: (ctx, command) => proveNext(ctx, of, command),
    // An error may be the answer to the second of two offers of the same command, of which the first was carried out.
    onFailed: (ctx, command) => proveNext(ctx, of, command),
  }
}

const inner = (said: Dict, key: string): Dict => (said[key] === undefined ? {} : dict(said[key]))

/** Asks the Mac whether this is the one. */
function proving(of: Startup): commands.CommandKind<VerifyArgs, { right: boolean }> {
  const args: z.ZodType<VerifyArgs> = z.strictObject({ escrow: z.string(), tried: z.array(z.string()) })
  return {
    ...common,
    kind: `${of.kind}.verify`,
    args,
    secret: ['password'],
    quiet: true,
    platforms: platformsOf(termsOf(of)),
    eligible: eligible(of),
    complete: async (ctx, _enrollment, { args: given }) => {
      const one = await escrow.secretOf(ctx, given.escrow)
      if (!one) throw new Problem('id.unknown')
      return { password: one.value }
    },
    encode: ({ password }, uuid) => encodeCommand(uuid, { RequestType: of.verify, Password: password ?? '' }),
    read: result => {
      const said = dict(result as never)
      const right = bool(said, 'PasswordVerified') ?? bool(inner(said, of.verify), 'PasswordVerified')
      if (right === undefined) throw new TypeError('an answer without PasswordVerified')
      return { right }
    },
    onDone: async (ctx, { device, args: { escrow: id = '', tried = [] } }, said) => {
      if (said?.right) return escrow.confirmOne(ctx, id)
      // A firmware password holds from the next start on, and until then the Mac still has the one before.
      if (!of.silicon && tried.length === 0 && (await isYoung(ctx, id)))
        return escrow.noteFailed(ctx, { device, kind: of.kind, problem: 'escrow.restart-needed' })
      await escrow.refuseOne(ctx, id)
      await tryNext(ctx, of, { device, tried: [...tried, id] })
    },
  }
}

async function isYoung(ctx: Ctx, id: string): Promise<boolean> {
  const one = await escrow.secretOf(ctx, id)
  return one?.state === 'pending' && ctx.now - one.createdAt < weekMs
}

/** What came of setting it: the Mac is asked for the new one. */
async function proveNext(
  ctx: Ctx,
  of: Startup,
  { id, device }: Pick<commands.Answered<SetArgs>, 'id' | 'device'>,
): Promise<void> {
  const [carried] = await escrow.carriedBy(ctx, id)
  if (carried === undefined) return
  await ask(ctx, of, { device, escrow: carried, tried: [] })
}

/** Asks for the next that may be it. With none left nothing that is kept opens the Mac, unless there never was one. */
async function tryNext(ctx: Ctx, of: Startup, { device, tried }: { device: string; tried: string[] }): Promise<void> {
  const left = (await escrow.candidates(ctx, device, of.kind)).filter(c => !tried.includes(c.id))
  const [next] = left
  if (next) return ask(ctx, of, { device, escrow: next.id, tried })
  const had = await escrow.current(ctx, device, of.kind)
  if (!had) return escrow.noteFailed(ctx, { device, kind: of.kind, problem: 'escrow.not-taken' })
  await escrow.drop(ctx, device, [of.kind], 'not-verified')
  await escrow.doubt(ctx, device, of.kind)
}

async function ask(
  ctx: Ctx,
  of: Startup,
  { device, escrow: id, tried }: { device: string; escrow: string; tried: string[] },
): Promise<void> {
  const args = { escrow: id, tried }
  await commands.send(asServer(ctx), { device, kind: `${of.kind}.verify`, args })
}

/** What these rooms do by themselves is done in the name of the server. */
export function asServer(ctx: Ctx): Ctx {
  return as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'escrow' }, authority: everything })
}

function custodian(of: Startup): escrow.Custodian {
  return {
    kind: of.kind,
    platforms: ['macos'],
    shown: true,
    demandable: true,
    erased: true,
    suits: ({ device, facts }) => device.ownership !== 'personal' && suits(of, facts),
    renew: async (ctx, device) => {
      const waiting = await escrow.candidates(ctx, device.id, of.kind)
      // One was sent and nothing was heard of it: whether it is the one now is asked before another is set.
      const unsure = waiting.find(c => c.state === 'pending')
      const server = asServer(ctx)
      if (unsure && ctx.now - unsure.createdAt < weekMs) {
        await commands.send(server, {
          device: device.id,
          kind: `${of.kind}.verify`,
          args: { escrow: unsure.id, tried: [] },
        })
        return 'waits'
      }
      await commands.send(server, { device: device.id, kind: `${of.kind}.set` })
      return 'ordered'
    },
  }
}

const recoveryLock: Startup = {
  kind: 'recovery-lock',
  set: 'SetRecoveryLock',
  verify: 'VerifyRecoveryLock',
  silicon: true,
  since: '11.5',
}

const firmware: Startup = {
  kind: 'firmware',
  set: 'SetFirmwarePassword',
  verify: 'VerifyFirmwarePassword',
  silicon: false,
  since: '10.13',
}

/** The orders that set and prove them. */
export const startupKinds: readonly commands.AnyCommandKind[] = [recoveryLock, firmware].flatMap(of => [
  setting(of),
  proving(of),
])

/** Who keeps them. */
export const startupCustodians: readonly escrow.Custodian[] = [recoveryLock, firmware].map(custodian)
