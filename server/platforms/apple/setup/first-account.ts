import * as commands from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import { everything } from '../../../base/authority.ts'
import { as, type Ctx } from '../../../base/ctx.ts'
import { enqueue, type JobKind, jobName } from '../../../base/jobs.ts'
import { Problem } from '../../../base/problem.ts'
import { accountHash, newPassword } from '../escrow/password.ts'
import * as shared from '../store.ts'
import { choicesOf } from './choices.ts'

/** The kind of command that makes the first accounts of a Mac. */
export const accountKind = 'setup.account'

const makeAccount = jobName<{ enrollment: string }>('setup.account')

/** Has the first accounts of a Mac made as its setup decides; other devices have none, and where nothing was decided nothing is done. */
export async function sendFirstAccount(
  ctx: Ctx,
  held: Pick<enrollment.Enrollment, 'id' | 'device'>,
  setup: string,
): Promise<void> {
  const { platform } = await devices.get(ctx, held.device)
  const choices = await choicesOf(ctx, setup)
  const decided = choices.primary !== 'usual' || choices.prefill || choices.admin !== null
  if (platform !== 'macos' || !decided) return
  await shared.changeStanding(ctx, held.id, { first_account: 'wanted' })
  await enqueue(ctx, makeAccount, { enrollment: held.id }, { dedupe: held.id })
}

/** Makes the administrator's password and its hash between transactions, and orders the Mac to make its accounts. */
export const firstAccountJob: JobKind<{ enrollment: string }> = {
  name: makeAccount,
  attempts: 5,
  run: async (base, { scope, payload }) => {
    const password = newPassword()
    const hash = Buffer.from(await accountHash(password)).toString('base64')
    await base.transact(scope, ctx => order(ctx, payload.enrollment, { password, hash }))
    return undefined
  },
}

async function order(ctx: Ctx, id: string, secret: { password: string; hash: string }): Promise<void> {
  const held = await enrollment.find(ctx, id)
  const standing = await shared.findStanding(ctx, id)
  if (!held || held.state === 'ended' || standing?.setup == null || standing.firstAccount !== 'wanted') return
  const channel = { enrollment: held.id, account: '' } as const
  if (await commands.waits(ctx, channel, accountKind)) return
  const { admin, ...choices } = await choicesOf(ctx, standing.setup)
  const device = await devices.get(ctx, held.device)
  const user = choices.prefill && device.user !== null ? await identity.userOf(ctx, device.user) : null
  const args = {
    skip: choices.primary === 'none',
    standard: choices.primary === 'standard',
    ...(user ? { fullName: user.displayName, userName: shortNameOf(user), lockNames: choices.lockNames } : {}),
    ...(admin ? { admin: admin.shortName, adminName: admin.fullName, hidden: admin.hidden, ...secret } : {}),
  }
  const server = as(ctx, { org: ctx.org, actor: { kind: 'system', id: null, what: 'setup' }, authority: everything })
  try {
    await commands.send(server, { device: held.device, kind: accountKind, args })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Whoever waits at the Mac is not kept for what it cannot take.
    await shared.changeStanding(ctx, id, { first_account: 'failed' })
  }
}

function shortNameOf({ email, displayName }: Pick<identity.User, 'email' | 'displayName'>): string {
  const from = (email?.split('@')[0] ?? displayName).normalize('NFKD').toLowerCase()
  return from.replaceAll(/[^a-z0-9._-]/g, '').slice(0, 31) || 'user'
}
