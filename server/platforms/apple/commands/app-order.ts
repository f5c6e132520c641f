import { encodeCommand } from '@muster/wire/apple/command.ts'
import { type Dict, dict, str } from '@muster/wire/plist/plist.ts'
import { z } from 'zod'
import * as apps from '../../../areas/apps/index.ts'
import type { CommandKind } from '../../../areas/commands/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import { Problem } from '../../../base/problem.ts'
import { lookLater } from '../apps/look.ts'
import { appOf } from '../apps/order.ts'
import { hear } from '../apps/hear.ts'
import { meaningOfListed, meaningOfRejection } from '../apps/words.ts'
import { outlookOf } from '../ddm/outlook.ts'
import { onChannel } from '../deliver/fill.ts'
import { deliveredUuid, resourcesOf } from '../deliver/profile.ts'
import { isRefused } from '../policies/artifact.ts'
import { compile } from '../policies/compile.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { noteFailed } from './item-install.ts'

interface Args {
  item: string
  version: string
  uuid: string
  /** Filled in when it is handed out, never kept: secrets and addresses are in it. */
  command?: Dict
}

const name = z.string().min(1).max(400)
const args: z.ZodType<Args> = z.strictObject({
  item: name,
  version: name,
  uuid: name,
})

/** What bringing and taking apps asks of a device. */
export const appTerms: Terms = {
  on: { ...mobile('5.0'), macos: { since: '10.9' }, tvos: { since: '10.2' } },
  rights: ['manageApps'],
  userEnrollment: true,
}

/** Brings an app to a device where no declaration does. What becomes of it is told by the item and by the app. */
export const appOrder: CommandKind<Args, { state: string | null; rejection: string | null }> = {
  kind: 'app.order',
  permission: 'devices:configure',
  impact: 'reversible',
  destructive: false,
  args,
  loggable: [],
  secret: ['command'],
  expiresInMs: 7 * 24 * 3_600_000,
  platforms: platformsOf(appTerms),
  internal: true,
  quiet: true,
  eligible: subject => meets(appTerms, subject),
  complete: async (ctx, enrollment, { account, args: { item, uuid } }) => {
    const on = await onChannel(ctx, enrollment, account)
    const { ways, target } = await outlookOf(ctx, on)
    const way = ways.get(item)
    if (!way || way.by === 'none') throw new Problem('device.profile-unknown')
    if (deliveredUuid(way.artifact, way.spec.epoch) !== uuid) throw new Problem('device.profile-unknown')
    const artifact = compile(way.spec, target, await resourcesOf(ctx, on, way.spec))
    if (isRefused(artifact) || !artifact.order) throw new Problem('device.profile-unknown')
    return { command: artifact.order.command }
  },
  encode: ({ command = {} }, uuid) => encodeCommand(uuid, command),
  read: result => {
    const said = dict(result as never)
    return { state: str(said, 'State') ?? null, rejection: str(said, 'RejectionReason') ?? null }
  },
  onDone: async (ctx, { enrollment, account, device, args: { item = '' } }, read) => {
    const channel = { enrollment, account }
    const status = (await reconcile.statusOf(ctx, enrollment, account)).find(s => s.item === item)
    if (!status) return
    const meaning = read?.rejection
      ? meaningOfRejection(read.rejection)
      : read?.state
        ? meaningOfListed(read.state)
        : ({ state: 'sent' } as const)
    // The version it had before is still there; whether the new one came is asked.
    const early = meaning.state === 'installed'
    await hear(ctx, { channel, device, status, meaning: early ? { state: 'installing' } : meaning })
    await lookLater(ctx, device)
  },
  onFailed: async (ctx, answered, error) => {
    const { device, args: given } = answered
    await noteFailed(ctx, answered, error)
    if (error.explained === 'device.profile-unknown') return
    const reason = { code: error.explained, facts: { code: error.code, domain: error.domain } }
    await apps.noteStatus(ctx, device, appOf(given.item ?? ''), { state: 'failed', reason, heard: true })
  },
}
