import { z } from 'zod'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as roster from '../../areas/roster/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { isSilent } from './check.ts'
import * as store from './device-store.ts'
import { codeOf, reportShape } from './grade.ts'
import { contentFor } from './content.ts'
import * as operations from './operation-store.ts'
import { findEnterprise } from './store.ts'

const most = 50

/** How a device stands that is managed through Google. */
export const googleStanding = z.object({
  mode: z.string(),
  program: z.object({ id: z.string(), name: z.string(), state: z.string() }).nullable(),
  name: z.string().describe('What Google calls it.'),
  noticesCome: z.boolean(),
  reportedAt: z.number().nullable(),
  policy: z.object({
    name: z.string().describe('The last part of the policy’s name at Google; `default` for newcomers.'),
    version: z.number(),
    applied: z.object({ name: z.string(), version: z.number() }).nullable().describe('What the device said it has.'),
    state: z.enum(['waiting', 'given', 'applied']).describe('`waiting`: Google is still to be told.'),
  }),
  wrong: z
    .array(
      z.object({
        setting: z.string(),
        package: z.string().nullable(),
        code: z.string().describe('Has a text in the console: `explained.<code>`.'),
        detail: z.string().nullable(),
        items: z.array(z.string()).describe('The policies that speak of it.'),
      }),
    )
    .max(most),
  orders: z.array(
    z.object({
      command: z.string(),
      type: z.string(),
      sentAt: z.number(),
      there: z.boolean().describe('Google has it.'),
    }),
  ),
})

/** How one device stands at Google; null where another road holds it. */
export async function shownAtGoogle(ctx: Ctx, id: string): Promise<z.input<typeof googleStanding> | null> {
  const device = await devices.demanded(ctx, id, 'devices:read')
  const held = await enrollment.byDevice(ctx, device.id)
  const row = held && (await store.findDevice(ctx, { enrollment: held.id }))
  if (!row) return null
  const read = row.report === null ? undefined : reportShape.safeParse(JSON.parse(row.report))
  const report = read?.success ? read.data : undefined
  const applied = report?.appliedPolicyName.split('/').at(-1) ?? ''
  const made = report && report.nonComplianceDetails.length > 0 ? await contentFor(ctx, row) : null
  const program = await roster.program(ctx, row.program)
  const enterprise = await findEnterprise(ctx, row.program)
  const name = row.policy || 'default'
  const there = applied === name && (report?.appliedPolicyVersion ?? 0) >= row.version
  return {
    mode: row.mode,
    program: program ? { id: program.id, name: program.name, state: program.state } : null,
    name: row.name,
    noticesCome: enterprise !== undefined && !isSilent(enterprise, ctx.now),
    reportedAt: row.reported_at,
    policy: {
      name,
      version: row.version,
      applied: applied === '' ? null : { name: applied, version: report?.appliedPolicyVersion ?? 0 },
      state: row.wanted !== row.hash ? 'waiting' : there ? 'applied' : 'given',
    },
    wrong: (report?.nonComplianceDetails ?? []).slice(0, most).map(one => ({
      setting: one.settingName,
      package: one.packageName || null,
      code: codeOf(one),
      detail: one.specificNonComplianceReason ?? one.installationFailureReason ?? null,
      items: [...((one.packageName ? made?.packages.get(one.packageName) : made?.origin.get(one.settingName)) ?? [])],
    })),
    orders: (await operations.openOperations(ctx, { enrollment: row.enrollment })).map(one => ({
      command: one.command,
      type: one.type,
      sentAt: one.sent_at,
      there: one.name !== null,
    })),
  }
}
