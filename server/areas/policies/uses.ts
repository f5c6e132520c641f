import type { Ctx } from '../../base/ctx.ts'

/** What later areas know of policies. Main hands their answers down, so that lists of policies can show them. */
export interface PolicyUse {
  /** Blueprints that hold each of these policies, by policy; absent means none. */
  usedBy?(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly UsedBy[]>>
  /** How many devices should have each of these policies, and how far they are. */
  counts?(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, PolicyCounts>>
  /** The rollout under way of each of these policies. */
  rollouts?(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, PolicyRollout>>
  /** Called before the policy moves to the unit with this path: refuses when what uses it may not use it there. */
  moves?(ctx: Ctx, policy: string, path: string): Promise<void>
}

/** A blueprint that holds a policy. */
export interface UsedBy {
  id: string
  name: string
}

/** How far the devices of a policy are. */
export interface PolicyCounts {
  desired: number
  installed: number
  failed: number
  pending: number
}

/** A rollout as a row of the list shows it. */
export interface PolicyRollout {
  id: string
  state: string
  from: number
  to: number
  percent: number
}

const uses: PolicyUse[] = []

/** Makes known what a later area knows of policies; called by main before the server starts. */
export function offerUse(use: PolicyUse): void {
  if (!uses.includes(use)) uses.push(use)
}

/** Blueprints that hold each of these policies. */
export async function usedBy(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly UsedBy[]>> {
  return first(ids, use => use.usedBy?.(ctx, ids))
}

/** How far each of these policies is; empty when nobody counts. */
export async function countsOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, PolicyCounts>> {
  return first(ids, use => use.counts?.(ctx, ids))
}

/** The rollouts of these policies. */
export async function rolloutsOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, PolicyRollout>> {
  return first(ids, use => use.rollouts?.(ctx, ids))
}

/** Lets every user of the policy refuse that it moves. */
export async function demandMove(ctx: Ctx, policy: string, path: string): Promise<void> {
  for (const use of uses) await use.moves?.(ctx, policy, path)
}

async function first<T>(
  ids: readonly string[],
  ask: (use: PolicyUse) => Promise<ReadonlyMap<string, T>> | undefined,
): Promise<ReadonlyMap<string, T>> {
  if (ids.length > 0)
    for (const use of uses) {
      const answer = ask(use)
      if (answer) return answer
    }
  return new Map()
}
