import { encodeCommand } from '@muster/wire/apple/command.ts'
import { encodeTokens } from '@muster/wire/apple/declaration.ts'
import { z } from 'zod'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import { Problem } from '../../../base/problem.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { giveToken, isDeclared, tokenOf } from '../ddm/give.ts'
import * as store from '../ddm/store.ts'
import { syncKind, tell } from '../ddm/tell.ts'
import { onChannel } from '../deliver/fill.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'

interface Args {
  /** Filled in when it is handed out, so that however late it is, it says what is so then. */
  tokens?: string
}

const args: z.ZodType<Args> = z.strictObject({})

const terms: Terms = {
  // The first systems that know it at all; from which on it is used is decided with the declarations.
  on: { ...mobile('15.0'), macos: { since: '13.0' }, tvos: { since: '16.0' } },
  userEnrollment: true,
  accounts: ['macos', 'ipados'],
}

/** Tells a channel that its declarations have changed; the first one begins declarative management, which cannot be ended. */
export const declarationsSync: CommandKind<Args> = {
  kind: syncKind,
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: [],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(terms),
  internal: true,
  quiet: true,
  eligible: subject => meets(terms, subject),
  complete: async (ctx, enrollment, { account }) => {
    const given = await giveToken(ctx, await onChannel(ctx, enrollment, account))
    if (!given) throw new Problem('device.declarations-unknown')
    return { tokens: encodeTokens(given.token, given.changedAt) }
  },
  encode: ({ tokens = '' }, uuid) =>
    encodeCommand(uuid, { RequestType: 'DeclarativeManagement', Data: new TextEncoder().encode(tokens) }),
  onDone: async (ctx, { enrollment, account }) => {
    const on = await onChannel(ctx, enrollment, account)
    const row = await store.channelOf(ctx, on, on.device)
    if (row.enabled_at === null) await store.changeChannel(ctx, on, { enabled_at: ctx.now })
    // What has changed since it was handed out is told anew.
    const now = await tokenOf(ctx, on)
    if (now && now.token !== row.given) await tell(ctx, on)
  },
  onFailed: async (ctx, { enrollment, account, device }, { code, explained, domain }) => {
    // It was not the device that refused.
    if (code === null) return
    const { osVersion } = await devices.get(ctx, device)
    const on = await onChannel(ctx, enrollment, account)
    await store.channelOf(ctx, on, device)
    await store.changeChannel(ctx, on, { refused_os: osVersion ?? '' })
    // What was handed over with it goes by profiles.
    const error = { code: explained, facts: { domain, code } }
    const notes = (await reconcile.statusOf(ctx, enrollment, account)).flatMap((s): reconcile.Note[] =>
      s.state === 'sent' && isDeclared(s.via) ? [{ item: s.item, did: 'failed', version: s.wanted, error }] : [],
    )
    await reconcile.noteAll(ctx, on, notes)
  },
}
