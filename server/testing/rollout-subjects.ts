import * as policies from '../areas/policies/index.ts'
import { begin } from '../areas/rollouts/index.ts'
import { tryOn } from '../areas/rollouts/trial.ts'
import type { Ctx } from '../base/ctx.ts'
import type { Id } from '../base/id.ts'
import { complianceSubjects } from './compliance-subjects.ts'
import type { Subject } from './subjects.ts'

/** What rollouts and trials, and rules and their exceptions, are made of in the authorization matrix. */
export const rolloutSubjects = {
  ...complianceSubjects,
  rollout: {
    make: async ({ h, unit }) => {
      const policy = await h.given.policy({ unit })
      return { id: await h.run(ctx => rolloutOn(ctx, policy.id)) }
    },
  },
  trial: {
    make: async ({ h, unit }) => {
      const { device } = await h.given.enrolled({ unit: unit as Id<'unit'> })
      const policy = await h.given.policy({ unit })
      const wish = { device: device.id, policy: policy.id, value: null, version: 1, minutes: 15 }
      return { id: (await h.run(ctx => tryOn(ctx, wish))).id, device: device.id }
    },
  },
} satisfies Record<string, Subject>

async function rolloutOn(ctx: Ctx, id: string): Promise<string> {
  const { policy } = await policies.saveVersion(ctx, id, { value: { camera: true } })
  const terms = { waves: [5, 100], watchMs: 60_000, stopAbovePercent: 2, minHeardPercent: 50 }
  return (await begin(ctx, { policy, from: 1, to: 2, terms })).id
}
