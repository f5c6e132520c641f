import type { Ctx } from '../../base/ctx.ts'
import * as certificates from '../certificates/index.ts'
import * as push from '../push/index.ts'
import * as roster from '../roster/index.ts'

/** One thing that the fleet depends on, as the room that has it knows it. */
export interface Thing {
  /** Names it for good: what replaces it one day bears the same. */
  ref: string
  what: 'push' | 'certificate' | 'program' | 'vendor'
  /** What it is for: apns, tls, ca-tls, ca-device, ca-scep, profile-signing, devices, content, portal, vendor. */
  kind: string
  name: string
  startsAt: number | null
  endsAt: number | null
  /** What is the matter with it beside its end; null when nothing is known to be. */
  trouble: { code: string; text: string } | null
  breaks: { code: string; devices: number }
  renewable: 'itself' | 'upload' | 'none'
  /** The certificate behind it, for its chain and its file. */
  certificate: certificates.Kept | null
  topic: string | null
  account: string | null
  team: string | null
  contact: string | null
}

/** Everything the fleet depends on, in no order. */
export async function things(ctx: Ctx): Promise<Thing[]> {
  const kept = await certificates.list(ctx)
  const { refused } = await push.standing(ctx)
  const current = await push.currentTopic(ctx)
  const lost = await push.devicesOnTopic(ctx)
  return [
    ...kept.map(one => {
      const ours = one.topic !== null && one.topic === current
      return thingOf(one, ours ? { refused, lost } : { refused: null, lost: one.breaks.devices })
    }),
    ...(await push.signers(ctx)).filter(s => s.way === 'vendor').map(vendorOf),
    ...(await roster.programs(ctx)).map(programOf),
  ]
}

function thingOf(one: certificates.Kept, push: { refused: string | null; lost: number }): Thing {
  const isPush = one.purpose === 'apns'
  return {
    ref: isPush ? `push:${one.topic ?? ''}` : one.renewable === 'itself' ? one.purpose : one.id,
    what: isPush ? 'push' : 'certificate',
    kind: one.purpose,
    name: one.subject,
    startsAt: one.notBefore,
    endsAt: one.notAfter,
    trouble: push.refused === null ? null : { code: 'refused', text: push.refused },
    breaks: isPush ? { code: 'wake', devices: push.lost } : one.breaks,
    renewable: one.renewable,
    certificate: one,
    topic: one.topic,
    account: one.account,
    team: one.owner,
    contact: one.contact,
  }
}

function vendorOf(signer: push.Signer): Thing {
  return {
    ref: 'vendor',
    what: 'vendor',
    kind: 'vendor',
    name: signer.subject ?? '',
    startsAt: null,
    endsAt: signer.notAfter,
    trouble: null,
    breaks: { code: 'signing', devices: 0 },
    renewable: 'upload',
    certificate: null,
    topic: null,
    account: null,
    team: null,
    contact: null,
  }
}

/** A program that is throttled or silent mends itself; the other states need somebody. */
const needsSomebody: readonly roster.ProgramState[] = ['terms', 'refused', 'expired', 'elsewhere']

const programBreaks: Readonly<Record<roster.ProgramKind, string>> = {
  devices: 'promises',
  content: 'licenses',
  portal: 'portal',
}

function programOf(one: roster.Program): Thing {
  const troubled = needsSomebody.includes(one.state)
  return {
    ref: one.id,
    what: 'program',
    kind: one.kind,
    name: one.name,
    startsAt: one.createdAt,
    endsAt: one.expiresAt,
    trouble: troubled ? { code: one.state, text: one.problem?.text ?? '' } : null,
    breaks: { code: programBreaks[one.kind], devices: 0 },
    renewable: 'upload',
    certificate: null,
    topic: null,
    account: one.account,
    team: null,
    contact: null,
  }
}
