import { z } from 'zod'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { contentFor } from './content.ts'
import type { DeviceRow } from './rows.ts'

const detail = z.object({
  settingName: z.string().max(200).default(''),
  nonComplianceReason: z.string().max(60).default(''),
  specificNonComplianceReason: z.string().max(100).optional(),
  packageName: z.string().max(300).default(''),
  installationFailureReason: z.string().max(60).optional(),
})

/** What a device says of the policy it is on. */
export const reportShape = z.object({
  appliedPolicyName: z.string().max(300).default(''),
  appliedPolicyVersion: z.coerce.number().default(0),
  nonComplianceDetails: z.array(detail).max(5000).default([]),
})
export type PolicyReport = z.output<typeof reportShape>
type Detail = z.output<typeof detail>

/** What passes by itself; the device says so again when it has. */
const passing = new Set(['PENDING', 'APP_NOT_UPDATED'])
/** What trying again cannot help. */
const never = new Set(['API_LEVEL', 'MANAGEMENT_MODE', 'UNSUPPORTED', 'DEVICE_INCOMPATIBLE', 'PROJECT_NOT_PERMITTED'])
const underWay = new Set(['IN_PROGRESS', 'PENDING'])

/** Grades every item of a device by its newest report. A report about a policy it was on before says nothing of the one it is on now. */
export async function gradeReport(ctx: Ctx, row: DeviceRow): Promise<void> {
  if (row.report === null || row.policy === '' || row.wanted !== row.hash) return
  const report = reportShape.parse(JSON.parse(row.report))
  const applied = report.appliedPolicyName.split('/').at(-1)
  if (applied !== row.policy || report.appliedPolicyVersion < row.version) return
  const made = await contentFor(ctx, row)
  const wrong = new Map<string, Detail>()
  for (const one of report.nonComplianceDetails) {
    const items = one.packageName !== '' ? made.packages.get(one.packageName) : made.origin.get(one.settingName)
    for (const item of items ?? []) if (!wrong.has(item) || !isPassing(one)) wrong.set(item, one)
  }
  const notes = (await reconcile.statusOf(ctx, row.enrollment)).flatMap(s => noteOf(s, wrong.get(s.item)))
  await reconcile.noteAll(ctx, { enrollment: row.enrollment, account: '' }, notes)
}

function noteOf({ item, sent, wanted, state }: reconcile.ItemStatus, wrong: Detail | undefined): reconcile.Note[] {
  if (sent === null) return []
  if (sent === '') return wanted === null ? [{ item, did: 'gone' }] : []
  if (wanted === null || ['blocked', 'waiting', 'unsupported'].includes(state)) return []
  if (!wrong) return sent === wanted ? [{ item, did: 'installed', version: wanted, via: 'policy' }] : []
  if (isPassing(wrong)) return []
  const error = { code: codeOf(wrong), facts: factsOf(wrong) }
  if (never.has(wrong.nonComplianceReason)) return [{ item, did: 'unsupported', version: wanted, error }]
  return [{ item, did: 'failed', version: wanted, error }]
}

/** Whether this passes by itself. */
export function isPassing({ nonComplianceReason: reason, installationFailureReason: why }: Detail): boolean {
  return passing.has(reason) || (reason === 'APP_NOT_INSTALLED' && (why === undefined || underWay.has(why)))
}

/** Reasons that have a text of their own. */
export const reasons = [
  'API_LEVEL',
  'MANAGEMENT_MODE',
  'USER_ACTION',
  'INVALID_VALUE',
  'APP_NOT_INSTALLED',
  'UNSUPPORTED',
  'APP_INSTALLED',
  'APP_INCOMPATIBLE',
  'DEVICE_INCOMPATIBLE',
  'APP_SIGNING_CERT_MISMATCH',
  'PROJECT_NOT_PERMITTED',
] as const

/** The code of why something is not as it should be. */
export function codeOf({ nonComplianceReason: reason }: Pick<Detail, 'nonComplianceReason'>): string {
  const known = reasons.find(r => r === reason)
  return `androidManagement.${(known ?? 'NOT_COMPLIANT').toLowerCase().replaceAll('_', '-')}`
}

function factsOf(one: Detail): Record<string, string> {
  return {
    setting: one.settingName,
    ...(one.packageName === '' ? {} : { package: one.packageName }),
    ...(one.specificNonComplianceReason === undefined ? {} : { detail: one.specificNonComplianceReason }),
    ...(one.installationFailureReason === undefined ? {} : { why: one.installationFailureReason }),
  }
}
