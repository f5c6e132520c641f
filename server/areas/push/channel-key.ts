import { z } from 'zod'
import { demandWhole } from '../../base/authority.ts'
import type { Ctx } from '../../base/ctx.ts'
import * as store from './channel-store.ts'
import * as trials from './channel-trial-store.ts'
import * as latencies from './latency-store.ts'

const settingsShape = z.looseObject({ project: z.string(), account: z.string() })

/** The key of the vendor's service that wakes agents, as whoever answers for it must know it. It never ends by itself. */
export interface ChannelKey {
  /** The service account that signs with it, and the project it belongs to. */
  account: string
  project: string
  takenAt: number
  /** When the service last took or refused it; null when it was never used. */
  checkedAt: number | null
  /** Why the service refuses it, or does not answer; null when nothing is known to be wrong. */
  failing: string | null
}

/** The key by which agents are woken through the vendor's service; null where none was given. */
export async function channelKey(ctx: Ctx): Promise<ChannelKey | null> {
  demandWhole(ctx.authority, 'custody:read')
  const row = await store.find(ctx, 'fcm')
  if (!row?.secret) return null
  const { account, project } = settingsShape.parse(JSON.parse(row.settings))
  const trial = await trials.find(ctx, 'fcm')
  const seen = [
    trial?.outcome === 'answered' || trial?.outcome === 'refused' ? trial.ended_at : null,
    await latencies.lastHour(ctx, 'fcm'),
    row.troubled_at,
  ].flatMap(at => (at !== null && at !== undefined && at >= row.updated_at ? [at] : []))
  return {
    account,
    project,
    takenAt: row.updated_at,
    checkedAt: seen.length === 0 ? null : Math.max(...seen),
    failing: row.troubled_at === null ? null : (row.reason ?? ''),
  }
}
