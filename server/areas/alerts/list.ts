import type { z } from 'zod'
import type { Ctx } from '../../base/ctx.ts'
import { compileFilter, type Fields } from '../../base/filter.ts'
import { type ListQuery, readPage, type Sorts } from '../../base/page.ts'
import { unitPaths } from '../identity/index.ts'
import { alertTypes, severities } from './kinds.ts'
import { conditionOf } from './filter-store.ts'
import { alertItems, type alertShape } from './shown.ts'
import * as store from './store.ts'

const sorts: Sorts = {
  list: 'alerts',
  id: 'id',
  default: '-severity',
  columns: {
    severity: { column: 'severity', type: 'number' },
    openedAt: { column: 'opened_at', type: 'number' },
    lastAt: { column: 'last_at', type: 'number' },
  },
}

/** The fields an alert can be found by. */
function fieldsOf(ctx: Ctx): Fields {
  return {
    words: ['search'],
    fields: {
      state: { kind: 'set', column: 'state', values: ['open', 'acknowledged', 'resolved'] },
      type: { kind: 'set', column: 'type', values: alertTypes },
      severity: { kind: 'custom', match: value => conditionOf.severity(severities.findIndex(s => s === value) + 1) },
      snoozed: { kind: 'custom', match: value => conditionOf.snoozed(value === 'yes', ctx.now) },
      assigned: { kind: 'custom', match: value => conditionOf.assigned(value, ctx.actor.id) },
      device: { kind: 'set', column: 'device' },
      user: { kind: 'set', column: 'user_id' },
      unit: { kind: 'unit', column: 'unit_path' },
      opened: { kind: 'instant', column: 'opened_at' },
      last: { kind: 'instant', column: 'last_at' },
      resolved: { kind: 'instant', column: 'resolved_at' },
    },
  }
}

/** A page of the alerts the actor may see that match the filter, the gravest first. */
export async function listAlerts(
  ctx: Ctx,
  query: ListQuery,
): Promise<{ items: z.input<typeof alertShape>[]; next: string | null; total: null }> {
  const page = readPage(ctx.org, query, sorts)
  const scope = { now: ctx.now, unitPaths: (text: string) => unitPaths(ctx, text) }
  const condition = await compileFilter(query.filter, fieldsOf(ctx), scope)
  const rows = await store.list(ctx, { paths: ctx.authority.where('alerts:read'), condition, page })
  const { items, next } = page.finish(rows)
  return { items: await alertItems(ctx, items), next, total: null }
}
