import * as apps from '../../areas/apps/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { codeOf, isPassing, type PolicyReport } from './grade.ts'
import type { DeviceRow } from './rows.ts'
import type { SaidDevice } from './said.ts'
import { reportedApp } from './said.ts'
import { waysOf } from './store-apps.ts'

/** Takes in how the catalog's apps are on a device, from the apps it reported and from what it says it could not do. */
export async function hearApps(
  ctx: Ctx,
  row: DeviceRow,
  { said, report }: { said: SaidDevice; report: PolicyReport | undefined },
): Promise<void> {
  if (said.applicationReports === undefined) return
  const statuses = await apps.statusOf(ctx, row.device)
  if (statuses.length === 0) return
  const ways = await waysOf(ctx, row.program, new Map(statuses.map(s => [s.app, s.presence])))
  const there = new Map(
    said.applicationReports.flatMap(one => {
      const app = reportedApp(one)
      return app === null ? [] : [[app.packageName, app.versionName] as const]
    }),
  )
  for (const status of statuses) {
    const way = ways.get(status.app)
    if (!way || 'code' in way) continue
    const version = there.get(way.package)
    const wrong = report?.nonComplianceDetails.find(one => one.packageName === way.package)
    await heard(ctx, status, { version, wrong })
  }
}

interface Heard {
  version: string | undefined
  wrong: PolicyReport['nonComplianceDetails'][number] | undefined
}

async function heard(ctx: Ctx, status: apps.AppStatus, { version, wrong }: Heard): Promise<void> {
  const { device, app, presence, state } = status
  const kept = presence === 'required' || presence === 'available'
  if (version !== undefined) {
    // What must not be there and is: its policy says so, and the app is as it was.
    if (!kept) return
    return apps.noteStatus(ctx, device, app, {
      state: 'installed',
      version: version || null,
      reason: null,
      heard: true,
    })
  }
  if (presence === '') return apps.left(ctx, device, app)
  if (state === 'installed' || state === 'updating')
    return apps.noteStatus(ctx, device, app, { state: 'removed', heard: true })
  if (presence !== 'required' || !wrong) return
  if (isPassing(wrong)) return apps.noteStatus(ctx, device, app, { state: 'installing', reason: null, heard: true })
  const why = wrong.installationFailureReason ?? ''
  const reason = { code: codeOf(wrong), facts: { why } }
  await apps.noteStatus(ctx, device, app, { state: 'failed', reason, heard: true })
}
