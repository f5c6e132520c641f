import type { Ctx } from '../../base/ctx.ts'
import { everything } from '../../base/authority.ts'
import { fold } from '../../base/text.ts'
import * as blueprints from '../blueprints/index.ts'
import * as policies from '../policies/index.ts'
import type { Json } from '../policies/index.ts'
import type { Campaign } from './campaign.ts'
import * as campaigns from './campaign-store.ts'
import { numbered } from './tag.ts'

const nobody = { units: [], groups: [], tags: [], users: [], devices: [] }

/** What the policy of a campaign says: the versions, by when, and where the person reads more. Pure. */
export function demandOf({ targets, due, details }: Pick<Campaign, 'targets' | 'due' | 'details'>): Json {
  return {
    minimum: Object.fromEntries(
      Object.entries(targets).map(([platform, { version, build }]) => [
        platform,
        { version, by: due, ...(build === '' ? {} : { build }) },
      ]),
    ),
    ...(details === '' ? {} : { details }),
  }
}

const scopeFor = (campaign: Campaign) => ({
  include: { ...nobody, tags: [fold(campaign.tag)] },
  exclude: nobody,
  conditions: { platforms: [...campaign.platforms] },
})

/**
 * Makes what demands the version: a policy, in a blueprint, assigned to the devices that bear the campaign's tag. At this time there are none,
 * so nothing changes on any device before the first wave. Needs the actor's right to write policies on the unit.
 */
export async function demandFirst(ctx: Ctx, campaign: Campaign): Promise<void> {
  const { unit, name } = campaign
  const called = await freeName(ctx, name)
  const { policy } = await policies.createPolicy(ctx, {
    kind: 'os-update',
    name: called,
    unit,
    value: demandOf(campaign),
  })
  const blueprint = await blueprints.createBlueprint(ctx, { name: called, unit, items: [policy.id] })
  const assignment = await blueprints.addAssignment(ctx, blueprint.id, { unit, scope: scopeFor(campaign) })
  await campaigns.changeCampaign(ctx, campaign.id, {
    policy: policy.id,
    blueprint: blueprint.id,
    assignment: assignment.id,
  })
}

/** The name, with a number where a policy or a blueprint is called that already. */
async function freeName(ctx: Ctx, name: string): Promise<string> {
  return numbered(name, async called => {
    const key = fold(called)
    if ((await policies.policyNamed(ctx, key)) !== undefined) return true
    return (await blueprints.blueprintNamed(ctx, key)) !== undefined
  })
}

/** A new round: the policy says the new version, and only devices reached in this round are meant. */
export async function demandAgain(ctx: Ctx, campaign: Campaign): Promise<void> {
  const { policy, assignment } = campaign
  if (policy === null || assignment === null) return
  const own = { ...ctx, authority: everything }
  // The scope first: whoever was reached in the round before must not be asked for the new version before its wave.
  await blueprints.changeAssignment(own, assignment, { scope: scopeFor(campaign), enabled: true })
  await policies.saveVersion(own, policy, { value: demandOf(campaign) })
}

/** Demands nothing for now. */
export async function demandOff(ctx: Ctx, { assignment }: Campaign): Promise<void> {
  if (assignment !== null)
    await blueprints.changeAssignment({ ...ctx, authority: everything }, assignment, { enabled: false })
}

/** Demands it again. */
export async function demandOn(ctx: Ctx, { assignment }: Campaign): Promise<void> {
  if (assignment !== null)
    await blueprints.changeAssignment({ ...ctx, authority: everything }, assignment, { enabled: true })
}

/** Gives the campaign another date; devices that were reached learn it. */
export async function demandBy(ctx: Ctx, campaign: Campaign): Promise<void> {
  if (campaign.policy !== null)
    await policies.saveVersion({ ...ctx, authority: everything }, campaign.policy, { value: demandOf(campaign) })
}

/** Puts away what demanded the version, when the campaign is over; an admin may have removed parts of it already. */
export async function demandNoMore(ctx: Ctx, { policy, blueprint, assignment }: Campaign): Promise<void> {
  const own = { ...ctx, authority: everything }
  const there = async (what: Promise<unknown>): Promise<boolean> =>
    what.then(
      () => true,
      () => false,
    )
  if (assignment !== null && (await there(blueprints.getAssignment(own, assignment))))
    await blueprints.removeAssignment(own, assignment)
  if (blueprint !== null && (await there(blueprints.getBlueprint(own, blueprint))))
    await blueprints.removeBlueprint(own, blueprint)
  if (policy !== null && (await policies.getPolicy(own, policy)).archivedAt === null)
    await policies.archivePolicy(own, policy)
}
