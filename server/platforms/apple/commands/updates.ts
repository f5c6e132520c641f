import { encodeCommand } from '@muster/wire/apple/command.ts'
import { toJson } from '@muster/wire/apple/result.ts'
import { type Dict, dict, list, num, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { z } from 'zod'
import type { CommandKind, Subject } from '../../../areas/commands/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import type { ProblemCode } from '../../../base/problem.ts'
import { meets, mobile, platformsOf, type Terms } from './eligibility.ts'
import { inventory } from './inventory.ts'

const supervised = { supervised: true } as const
const rights = ['manageApps'] as const

/** The commands for updates of the system are gone from 27: there a policy demands a version (Apple: 27 release notes). */
function known(terms: Terms, subject: Subject): true | ProblemCode {
  const { osVersion } = subject.device
  if (osVersion !== null && devices.versionNumber(osVersion) >= devices.versionNumber('27')) return 'update.by-policy'
  // Macs grant these without a right; other systems ask for the one to manage apps.
  return meets(subject.device.platform === 'macos' ? terms : { ...terms, rights }, subject)
}

const noArgs = z.strictObject({})
const listTerms: Terms = {
  on: { ...mobile('9.0', true), macos: { since: '10.11' }, tvos: { since: '12.0', supervised: true } },
}

/** Asks which updates a device older than 27 could have (Apple: AvailableOSUpdates). */
export const updateQuery: CommandKind<z.infer<typeof noArgs>, { items: devices.JsonValue }> = {
  ...inventory,
  kind: 'update.query',
  args: noArgs,
  loggable: [],
  platforms: platformsOf(listTerms),
  eligible: subject => known(listTerms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'AvailableOSUpdates' }),
  read: result => ({ items: toJson(dict(result as never)['AvailableOSUpdates'] ?? []) }),
  onDone: async (ctx, { device }, { items }) => {
    await devices.report(ctx, device, 'AvailableOSUpdates', items)
    await devices.learn(ctx, device, 'AvailableOSUpdates', { 'os.updatesOffered': offered(items) })
  },
}

function offered(items: devices.JsonValue): string[] {
  const all = Array.isArray(items) ? items : []
  const names = all.map(i => (typeof i === 'object' && i !== null && !Array.isArray(i) ? i['Version'] : null))
  return [...new Set(names.filter(n => typeof n === 'string'))].slice(0, 20)
}

const version = z
  .string()
  .regex(/^\d{1,5}(?:\.\d{1,6}){0,3}$/)
  .max(20)
const installArgs = z.strictObject({
  version,
  action: z.enum(['Default', 'DownloadOnly', 'InstallASAP', 'NotifyOnly', 'InstallLater', 'InstallForceRestart']),
})
const installTerms: Terms = {
  on: { ...mobile('11.3', true), macos: { since: '12.0', ...supervised }, tvos: { since: '12.2', ...supervised } },
}

interface Scheduled {
  state: string
  failure: string | null
  raw: devices.JsonValue
}

/** Orders a device older than 27 to install a version (Apple: ScheduleOSUpdate). */
export const updateInstall: CommandKind<z.infer<typeof installArgs>, Scheduled> = {
  kind: 'update.install',
  permission: 'devices:restart',
  impact: 'disruptive',
  destructive: false,
  args: installArgs,
  loggable: ['version', 'action'],
  secret: [],
  expiresInMs: 3 * 24 * 3_600_000,
  platforms: platformsOf(installTerms),
  eligible: subject => known(installTerms, subject),
  encode: (args, uuid) =>
    encodeCommand(uuid, {
      RequestType: 'ScheduleOSUpdate',
      Updates: [{ ProductVersion: args.version, InstallAction: args.action }],
    }),
  read: result => {
    const said = dict(result as never)
    return scheduled((list(said, 'UpdateResults') ?? []).filter(isDict), toJson(said['UpdateResults'] ?? []))
  },
  onDone: (ctx, { device }, said) => keep(ctx, device, 'ScheduleOSUpdate', said),
}

const statusTerms: Terms = {
  on: { ...mobile('9.0', true), macos: { since: '10.11.5', ...supervised }, tvos: { since: '12.0', ...supervised } },
}

/** Asks how far an update is that was ordered (Apple: OSUpdateStatus). */
export const updateStatus: CommandKind<z.infer<typeof noArgs>, Scheduled> = {
  ...inventory,
  kind: 'update.status',
  args: noArgs,
  loggable: [],
  platforms: platformsOf(statusTerms),
  eligible: subject => known(statusTerms, subject),
  encode: (_args, uuid) => encodeCommand(uuid, { RequestType: 'OSUpdateStatus' }),
  read: result => {
    const said = dict(result as never)
    return scheduled((list(said, 'OSUpdateStatus') ?? []).filter(isDict), toJson(said['OSUpdateStatus'] ?? []))
  },
  onDone: (ctx, { device }, said) => keep(ctx, device, 'OSUpdateStatus', said),
}

const failing = /Failed|Insufficient|InProgress|RequiresComputer/

function scheduled(items: readonly Dict[], raw: devices.JsonValue): Scheduled {
  const words = items.map(i => str(i, 'Status') ?? '')
  const bad = words.find(w => failing.test(w)) ?? null
  if (bad !== null) return { state: 'failed', failure: bad, raw }
  if (words.includes('Installing')) return { state: 'installing', failure: null, raw }
  if (words.includes('Downloading')) return { state: 'downloading', failure: null, raw }
  const there = items.some(i => i['IsDownloaded'] === true || num(i, 'DownloadPercentComplete') === 1)
  return { state: there ? 'prepared' : items.length > 0 ? 'waiting' : 'none', failure: null, raw }
}

/** The same facts as newer systems report by themselves, so that everything that reads them need not know how they came. */
async function keep(
  ctx: Parameters<typeof devices.get>[0],
  device: string,
  source: string,
  { state, failure, raw }: Scheduled,
): Promise<void> {
  await devices.report(ctx, device, source, raw)
  const timestamp = new Date(ctx.now).toISOString()
  await devices.learn(ctx, device, source, {
    'os.updateState': state,
    'os.updateFailure': failure === null ? { count: 0 } : { count: 1, reason: failure, timestamp },
  })
}
