import type { Campaign } from './campaign.ts'
import * as store from './campaign-store.ts'

/** A stored row as a campaign. */
export function toCampaign(row: store.CampaignRow): Campaign {
  const parsed = store.parsed(row)
  return {
    id: parsed.id,
    name: row.name,
    unit: row.unit,
    unitPath: row.unit_path,
    filter: row.filter,
    platforms: parsed.platforms,
    follows:
      row.follows === 1
        ? { behindDays: row.behind_days, major: row.major, dueDays: row.due_days, dueTime: row.due_time }
        : null,
    targets: parsed.targets,
    note: row.note,
    details: row.details,
    due: row.due,
    terms: {
      waves: parsed.waves,
      watchMs: row.watch_ms,
      halts: row.halts === 1,
      stopAbovePercent: row.stop_above_percent,
      dropPercent: row.drop_percent,
    },
    state: row.state,
    reason: row.reason,
    facts: parsed.facts,
    round: row.round,
    tag: row.tag,
    wave: row.wave,
    waveAt: row.wave_at,
    policy: row.policy,
    blueprint: row.blueprint,
    assignment: row.assignment,
    lookedAt: row.looked_at,
    looking: row.pass_at !== null,
    counts: parsed.counts,
    notices: row.notices === 1,
    by: { kind: row.by_kind, id: row.by_id },
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }
}
