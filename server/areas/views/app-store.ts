import type { Ctx } from '../../base/ctx.ts'
import { own } from '../../base/db.ts'
import { within } from '../../base/filter.ts'

interface Tables {
  app_status: {
    org: string
    device: string
    app: string
    presence: string
    state: string
    version: string | null
    reason: string | null
    since: number
    heard_at: number | null
  }
  devices: { org: string; id: string; name: string; serial: string | null; unit_path: string; platform: string }
}

/** What a list of the devices of an app asks for. */
export interface AppDevicesAsked {
  app: string
  paths: readonly string[]
  states: readonly string[] | null
  /** Those that stand for this reason are left out. */
  without: string
  after: string
  limit: number
}

/** The devices below these paths on which an app is somewhere, by their ids. */
export async function devicesOfApp(ctx: Ctx, { app, paths, states, without, after, limit }: AppDevicesAsked) {
  let asked = own<Tables>(ctx.tx)
    .selectFrom('app_status')
    .innerJoin('devices', j =>
      j.onRef('devices.org', '=', 'app_status.org').onRef('devices.id', '=', 'app_status.device'),
    )
    .select(['devices.id', 'devices.name', 'devices.serial', 'devices.platform'])
    .select(['app_status.presence', 'app_status.state', 'app_status.version', 'app_status.reason'])
    .select(['app_status.since', 'app_status.heard_at'])
    .where('app_status.org', '=', ctx.org)
    .where('app_status.app', '=', app)
    .where(e => e.or([e('app_status.reason', 'is', null), e('app_status.reason', 'not like', `%"code":"${without}"%`)]))
    .where('devices.id', '>', after)
    .where(within('devices.unit_path', paths))
  if (states !== null) asked = asked.where('app_status.state', 'in', [...states])
  return asked
    .orderBy('devices.id')
    .limit(limit + 1)
    .execute()
}
