import { z } from 'zod'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as policies from '../../../areas/policies/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { type Route, route } from '../../../base/route.ts'
import { type Artifact, isRefused } from './artifact.ts'
import { compile } from './compile.ts'
import { type DeviceFinding, lintDevice } from './lint.ts'
import type { AppleTarget } from './target.ts'

const finding = z.object({
  item: z.string(),
  severity: z.enum(['error', 'warning', 'note']),
  code: z.string(),
  path: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** What is wrong with all that a device should have, taken together. */
export const lintRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/devices/:id/policy-lint',
    permission: 'devices:read',
    summary: 'What is wrong with everything a device should have, taken together; and what it cannot take at all.',
    params: z.object({ id: z.string().max(40) }),
    reply: z.object({
      items: z.array(finding),
      refused: z.array(z.object({ item: z.string(), reason: z.string() })),
    }),
    run: async (ctx, { params: { id } }) => lintOf(ctx, await devices.demanded(ctx, id, 'devices:read')),
  }),
]

async function lintOf(ctx: Ctx, device: devices.Device) {
  const desired = await reconcile.desiredOf(ctx, device.id)
  const on = desired ? await targetOf(ctx, device, desired.enrollment) : null
  if (!desired || !on) return { items: [], refused: [] }
  const bindings = await reconcile.bindingsOf(ctx, { device: device.id, shortName: null })
  const artifacts: Artifact[] = []
  const refused: { item: string; reason: string }[] = []
  for (const { item, kind, instance, value } of desired.items) {
    const made = compile({ item, kind, instance, value: policies.fill(value, bindings).value }, on)
    if (isRefused(made)) refused.push({ item, reason: made.refused })
    else artifacts.push(made)
  }
  return { items: lintDevice(artifacts, on).map(shown), refused }
}

function shown({ facts, ...rest }: DeviceFinding): z.input<typeof finding> {
  return { ...rest, facts: { ...facts } }
}

const platforms = ['ios', 'ipados', 'macos', 'tvos'] as const
const kinds = ['device', 'user-enrollment', 'shared-ipad'] as const

async function targetOf(ctx: Ctx, device: devices.Device, id: string): Promise<AppleTarget | null> {
  const platform = platforms.find(p => p === device.platform)
  const held = await enrollment.find(ctx, id)
  const kind = kinds.find(k => k === held?.kind)
  if (!platform || !kind) return null
  return {
    platform,
    osVersion: device.osVersion,
    supervised: device.supervised,
    enrollment: kind,
    channels: { user: platform === 'macos' || kind === 'shared-ipad' },
    capabilities: null,
  }
}
