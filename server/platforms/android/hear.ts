import { titleOf } from '@muster/wire/android/title.ts'
import * as commands from '../../areas/commands/index.ts'
import * as devices from '../../areas/devices/index.ts'
import * as enrollment from '../../areas/enrollment/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import type { Ctx } from '../../base/ctx.ts'
import { record } from '../../base/events.ts'
import { Problem } from '../../base/problem.ts'
import * as store from './device-store.ts'
import { hearApps } from './app-hear.ts'
import { contentFor } from './content.ts'
import { gradeReport, type PolicyReport, reportShape } from './grade.ts'
import { endDevice, forget } from './leaving.ts'
import { modeIn, modeOf } from './modes.ts'
import { settleStates } from './operations.ts'
import type { DeviceRow, EnterpriseRow } from './rows.ts'
import { appsOf, deviceShape, factsOf, nameOf, type SaidDevice, withoutNumbers } from './said.ts'
import { tokenOf } from './token.ts'
import { endUsed } from './token-ending.ts'
import { wakeWorker } from './wake.ts'

/** Takes what a device reported, whichever notice it came in and in whatever order. Answers the device that was heard; null when it is none of ours. */
export async function hearDevice(ctx: Ctx, row: EnterpriseRow, data: unknown): Promise<string | null> {
  const read = deviceShape.safeParse(data)
  if (!read.success || !read.data.name.startsWith(`${row.enterprise}/devices/`)) return null
  const known = await store.findDevice(ctx, { name: read.data.name })
  const said = known?.mode === 'work-profile' ? withoutNumbers(read.data) : read.data
  if (said.appliedState === 'DELETED' || said.state === 'DELETED') {
    if (known) await endDevice(ctx, known.enrollment, 'left')
    return null
  }
  // One that was let go of here goes on telling of itself until it hears of that; it does not enroll by it.
  if (!known && (await store.wasEnded(ctx, said.name))) return null
  const standing = known ?? (await newcomer(ctx, row, said))
  if (!standing) return null
  // Somebody ended it here without waiting for the device.
  if ((await enrollment.get(ctx, standing.enrollment)).state === 'ended') {
    await forget(ctx, standing.enrollment, 'enrollment.ended')
    return null
  }
  const at = Date.parse(said.lastStatusReportTime ?? '')
  const told = Number.isNaN(at) ? ctx.now : at
  // Notices overtake each other: an older report says nothing new.
  if (standing.reported_at !== null && told < standing.reported_at) return standing.device
  await takeReport(ctx, standing, { said, data, told })
  return standing.device
}

async function takeReport(
  ctx: Ctx,
  row: DeviceRow,
  { said, data, told }: { said: SaidDevice; data: unknown; told: number },
): Promise<void> {
  const personal = row.mode === 'work-profile'
  await devices.learn(ctx, row.device, 'android', factsOf(personal ? withoutNumbers(said) : said))
  const apps = appsOf(said, await privacy.namedApps(ctx))
  if (apps !== null) await devices.reportList(ctx, row.device, 'apps', apps)
  const report = reportShape.safeParse(data)
  const text = report.success ? JSON.stringify(await aboutOurs(ctx, row, report.data)) : row.report
  await store.changeDevice(ctx, row.enrollment, { report: text, reported_at: told })
  await hearApps(ctx, row, { said, report: report.success ? report.data : undefined })
  await settleStates(ctx, row.enrollment, said.appliedState ?? '')
  await gradeReport(ctx, { ...row, report: text })
}

/** What a device says of its policy, and of no app that the policy does not name: which others it has is for the list of apps, by the charter. */
async function aboutOurs(ctx: Ctx, row: DeviceRow, report: PolicyReport): Promise<PolicyReport> {
  const named = report.nonComplianceDetails.some(d => d.packageName !== '')
  if (!named) return report
  const { packages } = await contentFor(ctx, row)
  const ours = report.nonComplianceDetails.filter(d => d.packageName === '' || packages.has(d.packageName))
  return { ...report, nonComplianceDetails: ours }
}

/** A device of which nothing was known: by its token it enrolls, and one that Google gave another name goes on as it is. */
async function newcomer(ctx: Ctx, row: EnterpriseRow, said: SaidDevice): Promise<DeviceRow | null> {
  const token = await tokenOf(ctx, { name: said.enrollmentTokenName, data: said.enrollmentTokenData })
  if (token) return enroll(ctx, row, said, token)
  for (const former of said.previousDeviceNames) {
    const known = await store.findDevice(ctx, { name: former })
    if (!known) continue
    // It is on the policy of newcomers again, and has everything to be told anew.
    const anew = { name: said.name, policy: '', hash: '', version: 0, report: null, reported_at: null, due_at: ctx.now }
    await store.changeDevice(ctx, known.enrollment, anew)
    await wakeWorker(ctx, { id: row.program })
    return { ...known, ...anew }
  }
  await turnedAway(ctx, said.name, 'invitation.unknown')
  return null
}

async function turnedAway(ctx: Ctx, name: string, code: string): Promise<void> {
  const refused = { code, enrollment: null, claimed: name.slice(-64), message: null, fingerprint: null, address: '' }
  await record(ctx, enrollment.enrollmentEvents.refused, null, refused)
}

async function enroll(
  ctx: Ctx,
  row: EnterpriseRow,
  given: SaidDevice,
  { row: token, invitation }: NonNullable<Awaited<ReturnType<typeof tokenOf>>>,
): Promise<DeviceRow | null> {
  const asked = modeOf(token.mode) ?? 'fully-managed'
  const mode = modeIn(given, asked)
  const said = mode === 'work-profile' ? withoutNumbers(given) : given
  try {
    const arrival = await enrollment.arrive(ctx, invitation)
    const begun = await enrollment.begin(ctx, {
      platform: 'android',
      identityKey: identityOf(said),
      kind: mode,
      arrival: arrival.id,
      device: sightingOf(said),
    })
    for (const former of begun.replaced) await forget(ctx, former.id, 'enrollment.replaced')
    const { id, device } = begun.enrollment
    const fresh: Omit<DeviceRow, 'org'> = {
      enrollment: id,
      program: row.program,
      device,
      name: said.name,
      mode,
      policy: '',
      hash: '',
      version: 0,
      wanted: '',
      report: null,
      reported_at: null,
      due_at: ctx.now,
      ended_at: null,
    }
    await store.addDevice(ctx, fresh)
    await enrollment.heard(ctx, begun.enrollment)
    await enrollment.activate(ctx, id)
    await endUsed(ctx, token)
    await reconcile.recompute(ctx, [device])
    await commands.refresh(ctx, await devices.get(ctx, device))
    await wakeWorker(ctx, { id: row.program })
    return { org: ctx.org, ...fresh }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await turnedAway(ctx, said.name, error.code)
    return null
  }
}

/** The id for this organization where the device has one, else its serial number, else what Google calls it. */
function identityOf({ name, hardwareInfo: { enterpriseSpecificId, serialNumber } }: SaidDevice): string {
  return enterpriseSpecificId || serialNumber || name
}

function sightingOf(said: SaidDevice): Parameters<typeof enrollment.begin>[1]['device'] {
  const { enterpriseSpecificId, serialNumber, hardware, brand, model } = said.hardwareInfo
  const version = said.softwareInfo?.androidVersion
  return {
    platform: 'android',
    identifiers: [
      ...(enterpriseSpecificId === '' ? [] : [{ kind: 'enrollment-id' as const, value: enterpriseSpecificId }]),
      ...(serialNumber === '' ? [] : [{ kind: 'serial' as const, value: serialNumber }]),
    ],
    name: titleOf(brand, model) || 'Android',
    ...(hardware === '' ? {} : { model: hardware }),
    ...(nameOf(said) === '' ? {} : { modelName: nameOf(said) }),
    ...(version === undefined ? {} : { osVersion: version }),
  }
}
