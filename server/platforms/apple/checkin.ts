import { modelNameOf } from '@muster/wire/apple/models.ts'
import type { Authenticate, Checkin, TokenUpdate, UserAuthenticate } from '@muster/wire/apple/checkin.ts'
import type { Identity } from '@muster/wire/apple/identity.ts'
import { type Dict, encode } from '@muster/wire/plist/plist.ts'
import * as commands from '../../areas/commands/index.ts'
import type * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import * as roster from '../../areas/roster/index.ts'
import { newSecret } from '../../base/id.ts'
import { Problem, unreachable } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'
import { declarative } from './ddm/serve.ts'
import { comeThrough } from './door/come.ts'
import * as channels from './ddm/store.ts'
import { platformOf } from './platform.ts'
import { renewed, schedule } from './renewal.ts'
import * as session from './session.ts'
import { type Enrolled, type Former, type Newcomer, pinnedOf, type Speaker } from './speaker.ts'
import { awaited } from './setup/begin.ts'
import { returnAnswer } from './setup/return.ts'
import * as store from './store.ts'
import * as tokens from './tokens.ts'

export type Answer = Reply<Uint8Array | string | null>

/** An answer without content, which devices expect to be said so. */
export const empty: Answer = { status: 200, body: null }

/** What each check-in means to us. The route has proved who speaks and opened the transaction. */
export async function checkin(speaker: Speaker, message: Checkin): Promise<Answer> {
  switch (speaker.standing) {
    case 'newcomer':
      return arrive(speaker, message)
    case 'former':
      return farewell(speaker, message)
    case 'enrolled':
      return converse(speaker, message)
    default:
      return unreachable(speaker)
  }
}

/** With the certificate of an invitation a device can do one thing: begin. */
async function arrive(speaker: Newcomer, message: Checkin): Promise<Answer> {
  if (message.type !== 'Authenticate' || message.identity.speaker !== 'device')
    throw new Problem('device.not-authenticated')
  const { ctx, arrival, certificate, fingerprint } = speaker
  const terms = await store.findOffer(ctx, arrival)
  if (!terms) throw new Problem('invitation.unknown')
  if (terms.topic !== message.topic) throw new Problem('device.topic-differs')
  const come = await comeThrough(ctx, arrival, terms, message)
  const begun = await enrollment.begin(ctx, {
    platform: 'apple',
    identityKey: message.identity.key,
    kind: come.kind,
    arrival,
    device: sightingOf(message),
    ...(come.promised ? { promised: come.promised } : {}),
  })
  for (const former of begun.replaced) await forget(ctx, former, 'enrollment.replaced')
  await store.addStanding(ctx, begun.enrollment.id, terms, come.setup)
  if (message.serialNumber !== undefined)
    await roster.noteEnrolled(ctx, message.serialNumber.toUpperCase(), begun.enrollment.device)
  await enrollment.pin(ctx, begun.enrollment, { certificate, fingerprint })
  await schedule(ctx, begun.enrollment.id, certificate)
  return empty
}

async function farewell({ enrollment: held }: Former, message: Checkin): Promise<Answer> {
  // A repeated goodbye is no mistake; anything else means the device thinks it is managed.
  if (message.type === 'CheckOut' && held.endReason === 'left') return empty
  throw new Problem('enrollment.ended')
}

async function converse(speaker: Enrolled, message: Checkin): Promise<Answer> {
  const { ctx, enrollment: held } = speaker
  if (speaker.late) throw new Problem('device.certificate-retired')
  switch (message.type) {
    case 'Authenticate':
      // Its answer was lost, or the identity was renewed: what it says was done when the enrollment began.
      if (message.identity.speaker === 'account') throw new Problem('device.not-authenticated')
      return empty
    case 'TokenUpdate':
      return message.identity.speaker === 'device' ? refresh(speaker, message) : joinAccount(speaker, message)
    case 'CheckOut':
      return message.identity.speaker === 'device' ? leave(speaker) : leaveAccount(speaker, message.identity)
    case 'UserAuthenticate':
      return userAuthenticate(speaker, message)
    case 'SetBootstrapToken':
      await tokens.keep(ctx, held.id, 'bootstrap_token', message.bootstrapToken ?? null)
      return empty
    case 'GetBootstrapToken': {
      const token = await tokens.open(ctx, held.id, 'bootstrap_token')
      return plist(token ? { BootstrapToken: token } : {})
    }
    case 'DeclarativeManagement':
      return declarative(ctx, pinnedOf(speaker), message)
    case 'GetToken':
      throw new Problem('device.token-kind-unknown', { kind: message.tokenKind.slice(0, 100) })
    case 'ReturnToService':
      return plist(await returnAnswer(ctx, held.id, await store.findStanding(ctx, held.id)))
    default:
      return unreachable(message)
  }
}

/** Apple: a device is enrolled once its first TokenUpdate arrives, not at Authenticate. Later ones may come at any time. */
async function refresh(speaker: Enrolled, message: TokenUpdate): Promise<Answer> {
  const { ctx, enrollment: held, renewal } = speaker
  const standing = await store.findStanding(ctx, held.id)
  if (standing?.topic !== message.topic) throw new Problem('device.topic-differs')
  await push.setAddress(ctx, await addressOf(speaker, '', message))
  if (message.unlockToken) await tokens.keep(ctx, held.id, 'unlock_token', message.unlockToken)
  if (message.awaitingConfiguration !== standing.awaitingConfiguration)
    await store.changeStanding(ctx, held.id, { awaiting_configuration: message.awaitingConfiguration ? 1 : 0 })
  if (renewal) {
    await enrollment.pin(ctx, held, renewal)
    await renewed(ctx, held.id, renewal.certificate)
  }
  const first = await enrollment.activate(ctx, held.id)
  if (message.awaitingConfiguration) await awaited(ctx, held, standing)
  if (first) await session.welcome(ctx, { ...pinnedOf(speaker), account: '' })
  return empty
}

async function joinAccount(speaker: Enrolled, message: TokenUpdate): Promise<Answer> {
  const { ctx, enrollment: held } = speaker
  const { identity } = message
  const standing = await store.findStanding(ctx, held.id)
  if (standing?.topic !== message.topic) throw new Problem('device.topic-differs')
  const { account } = await enrollment.join(ctx, held, {
    kind: identity.sharedIpad ? 'shared-ipad' : identity.by === 'udid' ? 'mac' : 'user-enrollment',
    accountKey: identity.account ?? '',
    shortName: identity.shortName ?? null,
    longName: identity.longName ?? null,
    present: !message.notOnConsole,
  })
  if (identity.sharedIpad) await enrollment.setKind(ctx, held, 'shared-ipad')
  await push.setAddress(ctx, await addressOf(speaker, account.id, message))
  return empty
}

async function addressOf(
  { ctx, enrollment: held }: Enrolled,
  account: string,
  { topic, token, pushMagic }: TokenUpdate,
): Promise<Parameters<typeof push.setAddress>[1]> {
  const { id, path } = await enrollment.aboutDevice(ctx, held)
  return { enrollment: held.id, account, channel: 'apns', topic, token, magic: pushMagic, device: { id, path } }
}

async function leave({ ctx, enrollment: held }: Enrolled): Promise<Answer> {
  await forget(ctx, held, 'enrollment.left')
  await enrollment.end(ctx, held.id, held.endingAt === null ? 'left' : 'admin')
  return empty
}

async function leaveAccount({ ctx, enrollment: held, account }: Enrolled, { account: key }: Identity): Promise<Answer> {
  if (!account || account.state === 'ended') return empty
  await commands.cancelAll(ctx, held.id, 'account.left', account.id)
  await push.removeAddress(ctx, held.id, account.id)
  await channels.forget(ctx, held.id, account.id)
  await enrollment.leave(ctx, held, key ?? '')
  return empty
}

/** Takes away everything that only makes sense while the enrollment lasts; its history stays. */
export async function forget(ctx: Enrolled['ctx'], held: enrollment.Enrollment, why: string): Promise<void> {
  await commands.cancelAll(ctx, held.id, why)
  await push.removeAddress(ctx, held.id)
  await channels.forget(ctx, held.id, null)
  await store.changeStanding(ctx, held.id, {
    unlock_token: null,
    unlock_at: null,
    bootstrap_token: null,
    bootstrap_at: null,
    renew_at: null,
    renewal_command: null,
  })
}

/** Network accounts of Macs ask first. An empty challenge lets them go on; 410 leaves this account unmanaged (Apple: UserAuthenticate). */
async function userAuthenticate({ ctx }: Enrolled, message: UserAuthenticate): Promise<Answer> {
  if (message.identity.speaker !== 'account') throw new Problem('device.not-authenticated')
  if (!(await store.networkAccounts(ctx))) return { status: 410, body: null }
  return message.digestResponse === undefined ? plist({ DigestChallenge: '' }) : plist({ AuthToken: newSecret() })
}

function sightingOf(message: Authenticate): Parameters<typeof enrollment.begin>[1]['device'] {
  const { identity } = message
  const named: [kind: string, value: string | undefined][] = [
    ['udid', identity.udid],
    ['enrollment-id', identity.enrollmentId],
    ['serial', message.serialNumber],
    ['imei', message.imei],
    ['meid', message.meid],
  ]
  const identifiers: devices.Identifier[] = named.flatMap(([kind, value]) =>
    value === undefined ? [] : [{ kind, value }],
  )
  const modelName = modelNameOf(message.productName, message.modelName)
  return {
    platform: platformOf(message.productName, message.model),
    identifiers,
    ...(message.deviceName === undefined ? {} : { name: message.deviceName }),
    ...(message.productName === undefined ? {} : { model: message.productName }),
    ...(modelName === undefined ? {} : { modelName }),
    ...(message.osVersion === undefined ? {} : { osVersion: message.osVersion }),
  }
}

function plist(body: Dict): Answer {
  return { status: 200, body: encode(body), type: 'application/xml' }
}
