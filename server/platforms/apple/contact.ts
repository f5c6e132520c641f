import { type Checkin, decodeCheckin } from '@muster/wire/apple/checkin.ts'
import { type Identity, readIdentity } from '@muster/wire/apple/identity.ts'
import { type Report, readReport } from '@muster/wire/apple/result.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { decode, dict, str } from '@muster/wire/plist/plist.ts'
import * as devices from '../../areas/devices/index.ts'
import * as commands from '../../areas/commands/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as push from '../../areas/push/index.ts'
import { nothing } from '../../base/authority.ts'
import type { Ctx, Scope } from '../../base/ctx.ts'
import type { Id } from '../../base/id.ts'
import { Problem } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { type Answer, checkin, empty } from './checkin.ts'
import { unrecognized } from './problem.ts'
import { type Proof, prove } from './proof.ts'
import { type Claim, tellRefused } from './refusal.ts'
import * as session from './session.ts'
import { type Enrolled, pinnedOf, type Speaker, speakerOf } from './speaker.ts'

/** Largest check-in; declarative status reports may be longer, but are not longer than a report. */
const checkinLimit = 64 * 1024
const statusLimit = 2 * 1024 * 1024
/** Largest body of all: a report. */
export const bodyLimit = 8 * 1024 * 1024

type Heard = { kind: 'checkin'; message: Checkin } | { kind: 'report'; report: Report }

/**
 * One request of a device, from its proof to its answer. Whatever is refused changes nothing, and is recorded where an admin can see it.
 * Everything that is accepted is durable before it is answered.
 */
export async function contact(base: Base, call: Call): Promise<Answer> {
  const claim: Claim = { proof: null, message: null, claimed: null }
  try {
    const type = String(call.headers['content-type'] ?? '').toLowerCase()
    // Apple names check-ins; some clients name nothing else (NanoMDM's rule).
    const isCheckin = type.startsWith('application/x-apple-aspen-mdm-checkin')
    if (isCheckin && call.bytes.length > statusLimit) throw new Problem('request.too-large')
    const proof = await prove(base, call)
    claim.proof = proof
    const heard = isCheckin ? hearCheckin(call.bytes) : hearReport(call.bytes)
    const { speaker, answer } = await base.transact(anyone(call), ctx => answered(ctx, proof, heard))
    if (speaker.standing === 'enrolled')
      devices.seen(base, speaker.ctx.org, speaker.enrollment.device, base.clock.now())
    return answer
  } catch (error) {
    if (claim.message === null) look(call.bytes, claim)
    if (error instanceof Problem) await tellRefused(base, call, claim, error)
    throw error
  }
}

function hearCheckin(body: Uint8Array): Heard {
  try {
    const message = decodeCheckin(body, { maxBytes: statusLimit })
    if (body.length > checkinLimit && message.type !== 'DeclarativeManagement') throw new Problem('request.too-large')
    return { kind: 'checkin', message }
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.message-malformed', { reason: cause.code }, { cause })
  }
}

function hearReport(body: Uint8Array): Heard {
  const report = readReport(body, { maxBytes: bodyLimit })
  // Nothing tells which command it is about, nor that it is a report at all.
  if (!report.read && report.uuid === null && report.status === null)
    throw new Problem('device.message-malformed', { reason: report.why })
  return { kind: 'report', report }
}

function identityOf(heard: Heard): Identity | null {
  if (heard.kind === 'checkin') return heard.message.identity
  return heard.report.read ? heard.report.identity : null
}

async function answered(anyoneCtx: Ctx, proof: Proof, heard: Heard): Promise<{ speaker: Speaker; answer: Answer }> {
  const speaker = await speakerOf(anyoneCtx, proof.fingerprint, identityOf(heard))
  if (isOver(speaker)) return { speaker, answer: unrecognized() }
  const answer = heard.kind === 'checkin' ? await checkin(speaker, heard.message) : await report(speaker, heard.report)
  return { speaker, answer }
}

/** An admin ended it: the one case in which a device is told to forget its management. */
function isOver(speaker: Speaker): boolean {
  return speaker.standing === 'former' && speaker.enrollment.endReason === 'admin'
}

async function report(speaker: Speaker, said: Report): Promise<Answer> {
  if (speaker.standing === 'newcomer') throw new Problem('device.not-authenticated')
  // It said goodbye; what was under way then comes to an end without us.
  if (speaker.standing === 'former') return empty
  if (speaker.late && said.status === 'Idle') throw new Problem('device.certificate-retired')
  const onAccount = said.read && said.identity.speaker === 'account'
  if (onAccount && speaker.account?.state !== 'active') return empty
  if (!onAccount && speaker.enrollment.heardAt === null) await enrollment.heard(speaker.ctx, speaker.enrollment)
  await push.contacted(speaker.ctx, speaker.enrollment.id, speaker.account?.id ?? '')
  const body = await session.report(speaker.ctx, pinnedOf(speaker), said)
  if (body !== null && !speaker.late) return { status: 200, body, type: 'application/xml' }
  if (said.status === 'Idle' && !onAccount && speaker.enrollment.endingAt !== null) return gone(speaker)
  return empty
}

/** It was told to remove its profile, has nothing left to do, and still calls. */
async function gone({ ctx, enrollment: held }: Enrolled): Promise<Answer> {
  await commands.endNow(ctx, held)
  return unrecognized()
}

/** Looks, for the record only, at who a message that was refused says it is from. */
function look(body: Uint8Array, claim: Claim): void {
  try {
    const message = dict(decode(body, { maxBytes: checkinLimit, maxDepth: 16, maxNodes: 4096 }))
    claim.message = (str(message, 'MessageType') ?? str(message, 'Status') ?? '').slice(0, 40) || null
    claim.claimed = readIdentity(message).device.slice(0, 128)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
  }
}

function anyone(call: Call): Scope {
  return {
    org: '' as Id<'org'>,
    actor: { kind: 'system', id: null, what: 'contact' },
    authority: nothing,
    request: call.request,
  }
}
