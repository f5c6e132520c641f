import type { Event } from '../../base/events.ts'
import { type Following, following } from '../../base/follow.ts'
import type { Watch } from '../devices/index.ts'
import { follow, forget } from './gate.ts'
import { rulesNow } from './kept-rules.ts'
import { watchApps } from './made.ts'
import { rejudge } from './pass.ts'
import { blankFound } from './verdict-store.ts'

/** Told by the devices area of each change: devices are judged anew where some rule looks at what changed. */
export const changed: Watch = async (ctx, device, fields) => {
  const rules = await rulesNow(ctx)
  // What was found on it may be a person's own by now.
  if (rules.length > 0 && fields.includes('ownership')) await blankFound(ctx, device)
  if (rules.some(rule => fields.some(field => rule.looksAt.has(field)))) await rejudge(ctx, [device])
}

const types = new Set([
  'device.added',
  'device.removed',
  'desired.changed',
  'desired.reached',
  'desired.retried',
  'item.failed',
  'item.drifted',
  'item.repaired',
])

/** What happens to a campaign and its rule has to follow. */
const ofCampaigns = new Set([
  'campaign.started',
  'campaign.changed',
  'campaign.retargeted',
  'campaign.halted',
  'campaign.paused',
  'campaign.resumed',
  'campaign.stopped',
  'campaign.removed',
])

/** A policy may begin to forbid apps. */
const ofPolicies = new Set(['policy.added', 'policy.versioned'])

const wants = (type: string): boolean => types.has(type) || ofCampaigns.has(type) || ofPolicies.has(type)

const policyIn = (event: Event): string[] =>
  ofPolicies.has(event.type) && event.about?.kind === 'policy' ? [event.about.id] : []

const campaignIn = (event: Event): string[] =>
  ofCampaigns.has(event.type) && event.about?.kind === 'campaign' ? [event.about.id] : []

const deviceIn = (event: Event): string[] =>
  types.has(event.type) && event.about?.kind === 'device' ? [event.about.id] : []

/** What is no fact: what devices should have and how far it is, and that one is gone. */
export const follower: Following = following({
  name: 'compliance',
  wants,
  from: 'end',
  take: async (ctx, events) => {
    for (const policy of new Set(events.flatMap(policyIn))) await watchApps(ctx, policy)
    if ((await rulesNow(ctx)).length === 0) return
    for (const campaign of new Set(events.flatMap(campaignIn))) await follow(ctx, campaign)
    for (const { type, about } of events) if (type === 'campaign.removed' && about) await forget(ctx, about.id)
    await rejudge(ctx, [...new Set(events.flatMap(deviceIn))])
  },
})
