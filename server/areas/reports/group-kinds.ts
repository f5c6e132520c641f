import { dayOf } from '../../base/zone.ts'
import * as identity from '../identity/index.ts'
import * as privacy from '../privacy/index.ts'
import { code } from './column.ts'
import type { Kind } from './kind.ts'
import * as store from './read-store.ts'

/** Groups smaller than this are not told apart: their numbers would be about persons. */
export const fewestPeople = 5

const pageSize = 500

/**
 * How much the devices of a unit are used, in numbers of at least five people; smaller units are counted together with one another, and not at all
 * where even those are fewer. Devices that are somebody's own are never read.
 */
const usage: Kind = {
  id: 'usage',
  permission: 'devices:read',
  columns: ['unit', 'people', 'devices', 'activeDevices', 'daysPerDevice'],
  usual: ['unit', 'people', 'devices', 'activeDevices', 'daysPerDevice'],
  time: 'period',
  filtered: false,
  lines: async function* (base, scope, { at, from, zone }) {
    const sums = new Map<string, Sum>()
    let after = ''
    for (;;) {
      const rows = await base.read(scope, ctx => store.contactDays(ctx, { from, to: at, after, limit: pageSize }))
      for (const row of rows) add(sums, row)
      if (rows.length < pageSize) break
      after = rows.at(-1)?.device ?? ''
    }
    const unit = await base.read(scope, ctx => identity.unitRefs(ctx))
    const days = Math.max(1, Math.round((at - from) / 86_400_000))
    const few = [...sums].filter(([, s]) => s.people.size < fewestPeople).map(([, s]) => s)
    const rest: Sum = { people: new Set(few.flatMap(s => [...s.people])), devices: 0, active: 0, days: 0 }
    for (const s of few) for (const key of ['devices', 'active', 'days'] as const) rest[key] += s[key]
    const shown = [...sums].filter(([, s]) => s.people.size >= fewestPeople)
    const line = (name: string, s: Sum) => ({
      unit: name,
      people: s.people.size,
      devices: s.devices,
      activeDevices: s.active,
      daysPerDevice: Math.round((s.days / Math.max(1, s.devices)) * 10) / 10,
    })
    const named = shown.map(([id, s]) => line(unit(id).path, s)).sort((a, b) => a.unit.localeCompare(b.unit))
    const period = `${dayOf(from, zone)} – ${dayOf(at, zone)} (${days})`
    yield rest.people.size >= fewestPeople ? [...named, line(`< ${fewestPeople} · ${period}`, rest)] : named
  },
}

interface Sum {
  people: Set<string>
  devices: number
  active: number
  days: number
}

function add(sums: Map<string, Sum>, row: { unit: string; user: string | null; days: number }): void {
  const sum = sums.get(row.unit) ?? { people: new Set<string>(), devices: 0, active: 0, days: 0 }
  sums.set(row.unit, sum)
  if (row.user !== null) sum.people.add(row.user)
  sum.devices += 1
  sum.active += row.days > 0 ? 1 : 0
  sum.days += row.days
}

/** Which apps are on how many devices, of those whose lists of apps the charter shows. */
const apps: Kind = {
  id: 'apps',
  permission: 'devices:read',
  columns: ['app', 'identifier', 'version', 'platform', 'devices'],
  usual: ['app', 'identifier', 'version', 'platform', 'devices'],
  time: 'now',
  filtered: false,
  lines: async function* (base, scope) {
    const counts = new Map<string, { name: string; id: string; version: string; platform: string; devices: number }>()
    let after = ''
    for (;;) {
      const page = await base.read(scope, async ctx => {
        const rows = await store.appListsAfter(ctx, after, 50)
        const shown = new Set<string>()
        for (const row of rows) {
          const collects = await privacy.collecting(ctx, row)
          if (row.ownership !== 'personal' && collects('apps') === 'shown') shown.add(row.device)
        }
        return { rows, shown }
      })
      for (const row of page.rows.filter(r => page.shown.has(r.device)))
        for (const app of row.apps) {
          const key = `${row.platform} ${app.id} ${app.version}`
          const one = counts.get(key) ?? { ...app, platform: row.platform, devices: 0 }
          one.devices += 1
          counts.set(key, one)
        }
      if (page.rows.length < 50) break
      after = page.rows.at(-1)?.device ?? ''
    }
    const sorted = [...counts.values()].sort((a, b) => a.name.localeCompare(b.name) || b.devices - a.devices)
    yield sorted.map(a => ({
      app: a.name,
      identifier: a.id,
      version: a.version,
      platform: code(a.platform),
      devices: a.devices,
    }))
  },
}

/** Kinds that count. */
export const groupKinds: readonly Kind[] = [usage, apps]
