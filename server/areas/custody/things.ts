import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import * as apps from '../apps/index.ts'
import * as certificates from '../certificates/index.ts'
import * as push from '../push/index.ts'
import * as roster from '../roster/index.ts'

/** What stops without it, and how much of it there is. */
export const breaksShape = z.object({
  code: z.string(),
  devices: z.number().describe('That feel it.'),
  promised: z.number().describe('Of these, those that are promised and have not come.'),
  licenses: z.number().describe('That are given out by it, and stay where they are.'),
})
export type Breaks = z.output<typeof breaksShape>

/** One thing that the fleet depends on, as the room that has it knows it. */
export interface Thing {
  /** Names it for good: what replaces it one day bears the same. */
  ref: string
  what: 'push' | 'certificate' | 'program' | 'vendor' | 'channel'
  /** What it is for: apns, tls, ca-tls, ca-device, ca-scep, profile-signing, devices, content, portal, vendor, fcm. */
  kind: string
  name: string
  startsAt: number | null
  endsAt: number | null
  /** When a key that never ends was last used against its service; null where that is not known. */
  checkedAt: number | null
  /** What is the matter with it beside its end; null when nothing is known to be. */
  trouble: { code: string; text: string } | null
  breaks: Breaks
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
    ...(await programThings(ctx)),
    ...(await channelThings(ctx)),
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
    checkedAt: null,
    trouble: push.refused === null ? null : { code: 'refused', text: push.refused },
    breaks: isPush ? stops('wake', { devices: push.lost }) : stops(one.breaks.code, one.breaks),
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
    checkedAt: null,
    trouble: null,
    breaks: stops('signing'),
    renewable: 'upload',
    certificate: null,
    topic: null,
    account: null,
    team: null,
    contact: null,
  }
}

/** The service account is no address that anybody reads: which account can make another key is noted here. */
async function channelThings(ctx: Ctx): Promise<Thing[]> {
  const key = await push.channelKey(ctx)
  if (key === null) return []
  return [
    {
      ref: 'channel:fcm',
      what: 'channel',
      kind: 'fcm',
      name: key.account,
      startsAt: key.takenAt,
      endsAt: null,
      checkedAt: key.checkedAt,
      trouble: key.failing === null ? null : { code: 'failing', text: key.failing },
      breaks: stops('agents'),
      renewable: 'upload',
      certificate: null,
      topic: null,
      account: null,
      team: null,
      contact: null,
    },
  ]
}

/** A program that is throttled or silent mends itself; the other states need somebody. */
const needsSomebody: readonly roster.ProgramState[] = ['terms', 'refused', 'expired', 'elsewhere']

async function programThings(ctx: Ctx): Promise<Thing[]> {
  const found = await roster.programs(ctx)
  const has = (kind: roster.ProgramKind): boolean => found.some(p => p.kind === kind)
  const promises = has('devices') ? await roster.countsByProgram(ctx) : new Map<string, never>()
  const licenses = has('content') ? await apps.givenByProgram(ctx) : new Map<string, never>()
  return found.map(one => programOf(one, breaksOf(one, { promises, licenses })))
}

function breaksOf(
  { id, kind, facts }: roster.Program,
  of: {
    promises: ReadonlyMap<string, { promised: number; enrolled: number }>
    licenses: ReadonlyMap<string, number>
  },
): Breaks {
  if (kind === 'content') return stops('licenses', { licenses: of.licenses.get(id) ?? 0 })
  if (kind === 'portal') return stops('portal', { devices: Number(facts['devices'] ?? 0) })
  const { promised, enrolled } = of.promises.get(id) ?? { promised: 0, enrolled: 0 }
  return stops('promises', { promised, devices: promised + enrolled })
}

function programOf(one: roster.Program, breaks: Breaks): Thing {
  const troubled = needsSomebody.includes(one.state)
  return {
    ref: one.id,
    what: 'program',
    kind: one.kind,
    name: one.name,
    startsAt: one.createdAt,
    endsAt: one.expiresAt,
    checkedAt: null,
    trouble: troubled ? { code: one.state, text: one.problem?.text ?? '' } : null,
    breaks,
    renewable: 'upload',
    certificate: null,
    topic: null,
    account: one.account,
    team: null,
    contact: null,
  }
}

function stops(code: string, counts: Partial<Omit<Breaks, 'code'>> = {}): Breaks {
  const { devices = 0, promised = 0, licenses = 0 } = counts
  return { code, devices, promised, licenses }
}

/** Where in the console exactly this is renewed; null where nobody can or need renew it. */
export function renewAt({ what, kind, ref, renewable }: Pick<Thing, 'what' | 'kind' | 'ref' | 'renewable'>) {
  if (renewable !== 'upload') return null
  if (what === 'channel') return '/settings/waking'
  const page = what === 'program' ? (programPages[kind] ?? custodyPage) : custodyPage
  return `${page}?renew=${encodeURIComponent(ref)}`
}

const custodyPage = '/settings/certificates'
const programPages: Readonly<Record<string, string>> = {
  devices: '/enrollment/automated',
  portal: '/enrollment/automated',
  content: '/apps/licenses',
}
