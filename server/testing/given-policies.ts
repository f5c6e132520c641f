import * as blueprints from '../areas/blueprints/index.ts'
import type { ScopeWish } from '../areas/blueprints/shapes.ts'
import * as policies from '../areas/policies/index.ts'
import type { House } from './house.ts'
import { offerTestKinds } from './kinds.ts'

/** What a policy of a test is like; the rest is made up. The kind is `test.settings` unless said. */
export interface PolicyGiven {
  kind?: string
  name?: string
  unit?: string
  value?: policies.Json
}

/** What a blueprint of a test is like. */
export interface BlueprintGiven {
  name?: string
  unit?: string
  items?: readonly string[]
}

/** What an assignment of a test is like: of `blueprint`, or of a new one that holds `policies` (one new one when absent). The whole org unless said. */
export interface AssignedGiven {
  blueprint?: string
  policies?: readonly (string | PolicyGiven)[]
  unit?: string
  scope?: Partial<{ [K in keyof ScopeWish]: Partial<ScopeWish[K]> }>
  window?: { from: number | null; until: number | null }
  enabled?: boolean
}

/** Arranges policies, blueprints and assignments as the system. */
export interface GivenPolicies {
  policy(of?: PolicyGiven): Promise<policies.Policy>
  blueprint(of?: BlueprintGiven): Promise<blueprints.Blueprint>
  assigned(of?: AssignedGiven): Promise<{ policies: string[]; blueprint: string; assignment: blueprints.Assignment }>
}

let count = 0

/** The givens of policies for a house. */
export function givenPolicies(h: House): GivenPolicies {
  offerTestKinds()
  const next = (what: string): string => {
    count += 1
    return `${what} ${count}`
  }
  const policy: GivenPolicies['policy'] = ({ kind, name, unit, value } = {}) =>
    h.run(async ctx => {
      const wish = { kind: kind ?? 'test.settings', name: name ?? next('Policy'), unit: unit ?? h.root.id }
      return (await policies.createPolicy(ctx, { ...wish, value: value ?? { camera: false } })).policy
    })
  const blueprint: GivenPolicies['blueprint'] = ({ name, unit, items } = {}) =>
    h.run(ctx =>
      blueprints.createBlueprint(ctx, {
        name: name ?? next('Blueprint'),
        unit: unit ?? h.root.id,
        items: items ?? [],
      }),
    )
  const assigned: GivenPolicies['assigned'] = async (of = {}) => {
    const unit = of.unit ?? h.root.id
    const items: string[] = []
    for (const one of of.blueprint === undefined ? (of.policies ?? [{}]) : [])
      items.push(typeof one === 'string' ? one : (await policy({ unit, ...one })).id)
    const on = of.blueprint ?? (await blueprint({ unit, items })).id
    const scope = blueprints.shapes.scopeShape.parse(of.scope ?? {})
    const wish = { unit, scope, ...(of.window ? { window: of.window } : {}), enabled: of.enabled ?? true }
    return { policies: items, blueprint: on, assignment: await h.run(ctx => blueprints.addAssignment(ctx, on, wish)) }
  }
  return { policy, blueprint, assigned }
}
