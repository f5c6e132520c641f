import { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { aboutAlerts } from './alert-decisions.ts'
import * as custody from '../custody/index.ts'
import { silentAfterDays } from '../devices/index.ts'
import * as push from '../push/index.ts'
import { isTop } from './device-store.ts'
import * as store from './home-store.ts'
import { kept } from './kept.ts'
import { aboutGuard } from './guard-decisions.ts'
import { aboutLost } from './lost-decisions.ts'
import { aboutChanges, aboutCompliance, aboutPolicies } from './wish-decisions.ts'

/** Something a person should decide: why, since when, until when, and where. */
export const decisionShape = z.object({
  code: z.string(),
  tone: z.enum(['ok', 'attention', 'danger', 'pending', 'unknown']),
  since: z.number().nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  link: z.string().nullable(),
  due: z.number().nullable(),
})

/** Trouble of devices that only their platform knows of: which devices, since when. Views count those that the reader may see. */
export interface Trouble {
  code: string
  link: string
  /** At most so many devices, those that have it longest first. */
  find(ctx: Ctx, most: number): Promise<{ device: string; since: number }[]>
}

const troubles: Trouble[] = []

/** Platforms offer their troubles at start. */
export function offerTroubles(all: readonly Trouble[]): void {
  troubles.push(...all)
}

export type Decision = z.output<typeof decisionShape>

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const certificateDays = 60

const tones: Record<Decision['tone'], number> = { danger: 0, attention: 1, pending: 2, unknown: 3, ok: 4 }

/** What is in custody, for those who may see it all; nothing for others. */
export function keptThings(ctx: Ctx): Promise<custody.Keeping[]> {
  if (!['certificates:read', 'custody:read'].every(p => isTop(ctx.authority.where(p)))) return Promise.resolve([])
  return kept(ctx, 'custody', () => custody.list(ctx))
}

/** What needs a person, the most pressing first. Found anew for each scope at most every few seconds when that is costly. */
export function decisions(ctx: Ctx, held: readonly custody.Keeping[]): Promise<Decision[]> {
  const scope = [
    'alerts:read',
    'certificates:read',
    'changes:read',
    'compliance:read',
    'custody:read',
    'devices:read',
    'guard:read',
    'incidents:read',
    'invitations:read',
    'policies:read',
  ].map(p => ctx.authority.where(p).join(' '))
  return kept(ctx, `decisions ${scope.join('|')}`, () => decide(ctx, held))
}

/** The same found anew. */
export async function decide(ctx: Ctx, held: readonly custody.Keeping[]): Promise<Decision[]> {
  const all = [
    ...held.flatMap(c => expiring(ctx, c)),
    ...(await pushStanding(ctx)),
    ...(await aboutLost(ctx)),
    ...(await aboutDevices(ctx)),
    ...(await aboutPolicies(ctx)),
    ...(await aboutChanges(ctx)),
    ...(await aboutAlerts(ctx)),
    ...(await aboutCompliance(ctx)),
    ...(await aboutInvitations(ctx)),
    ...(await aboutGuard(ctx)),
  ]
  return all.sort((a, b) => tones[a.tone] - tones[b.tone] || (a.due ?? a.since ?? 0) - (b.due ?? b.since ?? 0))
}

function expiring(ctx: Ctx, one: custody.Keeping): Decision[] {
  if (one.endsAt === null) return []
  const left = one.endsAt - ctx.now
  if (one.renewable === 'itself' ? left > 0 : left > certificateDays * dayMs) return []
  const word = one.what === 'push' ? 'push-certificate' : 'certificate'
  const { kind, name, account, team, owner, breaks, ref, renewAt } = one
  const facts = { purpose: kind, subject: name, account, owner: owner?.name ?? team, id: ref }
  return [
    {
      code: `${word}-${left <= 0 ? 'expired' : 'expiring'}`,
      tone: left <= 7 * dayMs ? 'danger' : 'attention',
      since: null,
      facts: { ...facts, ...breaks, breaks: breaks.code },
      link: renewAt ?? '/settings/certificates',
      due: one.endsAt,
    },
  ]
}

async function pushStanding(ctx: Ctx): Promise<Decision[]> {
  if (!isTop(ctx.authority.where('certificates:read'))) return []
  const { state, refused } = await push.standing(ctx)
  const link = '/settings/certificates'
  if (state === 'missing')
    return [{ code: 'push-certificate-missing', tone: 'danger', since: null, facts: {}, link, due: null }]
  if (refused === null) return []
  return [
    { code: 'push-certificate-refused', tone: 'danger', since: null, facts: { reason: refused }, link, due: null },
  ]
}

const mostTroubled = 2000

async function aboutDevices(ctx: Ctx): Promise<Decision[]> {
  const found: Decision[] = []
  const add = (
    what: Pick<Decision, 'code' | 'tone' | 'link'>,
    { count, since }: store.Tally,
    facts: Decision['facts'] = {},
  ): void => {
    if (count > 0) found.push({ ...what, since, facts: { count, ...facts }, due: null })
  }
  const days = await silentAfterDays(ctx)
  const devices = (filter: string): string => `/devices?filter=${encodeURIComponent(filter)}`
  add(
    { code: 'devices-silent', tone: 'attention', link: devices('state:silent') },
    await store.inStateBefore(ctx, 'silent', ctx.now + 1),
    { days },
  )
  add(
    { code: 'enrollments-stuck', tone: 'attention', link: devices('state:enrolling') },
    await store.inStateBefore(ctx, 'enrolling', ctx.now - hourMs),
  )
  add(
    { code: 'commands-failed', tone: 'attention', link: '/commands?filter=state%3Afailed' },
    await store.devicesWithEvent(ctx, 'command.failed', ctx.now - dayMs),
  )
  add(
    { code: 'devices-conflicted', tone: 'attention', link: '/activity?filter=type%3Adevice.conflicted' },
    await store.devicesWithEvent(ctx, 'device.conflicted', ctx.now - 7 * dayMs),
  )
  for (const { code, link, find } of troubles)
    add({ code, tone: 'attention', link }, await store.among(ctx, await find(ctx, mostTroubled)))
  add({ code: 'devices-unreachable', tone: 'attention', link: devices('state:active') }, await store.unreachable(ctx))
  return found
}

async function aboutInvitations(ctx: Ctx): Promise<Decision[]> {
  if (ctx.authority.where('invitations:read').length === 0) return []
  const { count, since, due } = await store.unusedInvitations(ctx, ctx.now - 3 * dayMs)
  if (count === 0) return []
  return [{ code: 'invitations-unused', tone: 'pending', since, facts: { count }, link: '/enrollment', due }]
}
