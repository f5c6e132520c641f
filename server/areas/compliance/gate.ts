import { everything } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import { languageOf } from '../../base/say.ts'
import { fold } from '../../base/text.ts'
import { ownOrg } from '../identity/index.ts'
import * as updates from '../updates/index.ts'
import * as store from './gate-store.ts'
import type { Response, Rule } from './rule.ts'
import * as rules from './rule-store.ts'
import { addRule, changeRule, removeRule, ruleFor, type RuleWish } from './rules.ts'
import { say } from './texts.ts'

/** What is asked of a gate: a rule that is there, or one made for the campaign. */
export type GateWish =
  | { kind: 'rule'; rule: string }
  | { kind: 'new'; graceHours: number; restrict: string | null; tellPerson: boolean }

/** What a device meets that ignores the date of a campaign. */
export interface Gate {
  rule: Rule
  made: boolean
}

/** The gate of a campaign; null: none, or its rule is gone or not for the actor to see. */
export async function gateOf(ctx: Ctx, id: string): Promise<Gate | null> {
  const campaign = await updates.campaignFor(ctx, id, 'compliance:read')
  const row = await store.findGate(ctx, campaign.id)
  if (!row) return null
  const rule = await ruleFor(ctx, row.rule, 'compliance:read').catch(gone)
  return rule && { rule, made: row.made === 1 }
}

function gone(error: unknown): null {
  if (error instanceof Problem && error.code === 'id.unknown') return null
  throw error
}

/**
 * Gives a campaign a gate. A rule made for it demands its versions from its date on, of the devices it has reached and does not except,
 * follows it to new dates and versions, rests while it is held, and goes when it ends.
 */
export async function addGate(ctx: Ctx, id: string, wish: GateWish): Promise<Gate> {
  const campaign = await updates.campaignFor(ctx, id, 'compliance:write')
  if (campaign.endedAt !== null) throw new Problem('campaign.ended')
  if (await gateOf(ctx, id)) throw new Problem('campaign.gated')
  const made = wish.kind === 'new'
  const rule = made ? await addRule(ctx, await wishFor(ctx, campaign, wish)) : await linked(ctx, wish.rule)
  await store.removeGate(ctx, campaign.id)
  await store.addGate(ctx, { org: ctx.org, campaign: campaign.id, rule: rule.id, made: Number(made), at: ctx.now })
  await record(ctx, updates.campaignEvents.gated, updates.about(campaign), { name: campaign.name, rule: rule.id, made })
  return { rule, made }
}

async function linked(ctx: Ctx, id: string): Promise<Rule> {
  const rule = await ruleFor(ctx, id, 'compliance:read')
  if (rule.demand.kind !== 'os-age') throw new Problem('campaign.gate-kind')
  return rule
}

/** Takes the gate of a campaign away, if it has one; a rule that was made for it goes as well. */
export async function removeGate(ctx: Ctx, id: string): Promise<void> {
  const campaign = await updates.campaignFor(ctx, id, 'compliance:write')
  const row = await store.findGate(ctx, campaign.id)
  if (!row) return
  if (row.made === 1) await removeRule(ctx, row.rule).catch(gone)
  await store.removeGate(ctx, campaign.id)
  await record(ctx, updates.campaignEvents.ungated, updates.about(campaign), { name: campaign.name, rule: row.rule })
}

/** What a rule of a campaign demands, of whom. Pure. While nothing is demanded of devices, nobody bears its tag. */
function demandOf(campaign: updates.Campaign): Pick<RuleWish, 'params' | 'scope'> {
  const { targets, due, platforms, state } = campaign
  const held = state === 'paused' || state === 'halted'
  return {
    params: {
      minimum: Object.fromEntries(Object.entries(targets).map(([p, { version }]) => [p, version])),
      maxDaysBehind: null,
      from: due,
    },
    scope: {
      ownerships: [],
      platforms: [...platforms] as Rule['scope']['platforms'],
      tags: [fold(held ? updates.heldTag(campaign.tag) : campaign.tag)],
    },
  }
}

async function wishFor(
  ctx: Ctx,
  campaign: updates.Campaign,
  { graceHours, restrict, tellPerson }: Extract<GateWish, { kind: 'new' }>,
): Promise<RuleWish> {
  const language = languageOf((await ownOrg(ctx)).language)
  const version = [...new Set(Object.values(campaign.targets).map(t => t.version))].join(' / ')
  const responses: Response[] = [
    ...(tellPerson ? [{ kind: 'notify-person', afterHours: graceHours } as const] : []),
    ...(restrict === null ? [] : [{ kind: 'restrict', afterHours: graceHours, tag: restrict } as const]),
  ]
  return {
    name: say(language, 'gate.name', { name: campaign.name }),
    kind: 'os-age',
    ...demandOf(campaign),
    severity: 'high',
    graceHours,
    responses,
    fix: say(language, 'gate.fix', { version }),
    unit: campaign.unit,
    template: madeFor(campaign.id),
  }
}

/** How a rule is known again that was made for a campaign. Pure. */
function madeFor(campaign: string): string {
  return `campaign/${campaign}`
}

/** Removes what was made for a campaign that is forgotten. */
export async function forget(ctx: Ctx, campaign: string): Promise<void> {
  const rows = (await rules.listRows(ctx)).filter(r => r.removed === 0 && r.template === madeFor(campaign))
  for (const row of rows) await removeRule({ ...ctx, authority: everything }, row.id)
}

/** Brings the rule of a campaign in step with it: told of what happens to campaigns. */
export async function follow(ctx: Ctx, id: string): Promise<void> {
  const row = await store.findGate(ctx, id)
  if (!row || row.made === 0) return
  const own = { ...ctx, authority: everything }
  const campaign = await updates.campaignOf(ctx, id)
  if (campaign.endedAt !== null) return removeGate(own, id)
  await changeRule(own, row.rule, demandOf(campaign)).catch(gone)
}
