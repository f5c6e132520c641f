import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createOrg } from '../../server/areas/identity/index.ts'
import { kindOf } from '../../server/areas/reports/library.ts'
import { formats, written } from '../../server/areas/reports/write.ts'
import { everything } from '../../server/base/authority.ts'
import { readConfig } from '../../server/base/config.ts'
import type { Scope } from '../../server/base/ctx.ts'
import { silentLog } from '../../server/base/log.ts'
import { openBase } from '../../server/main.ts'

/**
 * A report of the whole fleet as of a day, read from a history of three versions of every device and written in each format: how long it takes,
 * and how much memory the process has at its peak, at 1,000 devices and at 100,000. Each in a process of its own; SQLite.
 */
const [size, format] = process.argv.slice(2)

if (size === undefined) {
  console.log('format  devices      ms    peak MB   of which at rest     bytes')
  for (const one of formats)
    for (const devices of [1000, 100_000])
      console.log(
        execFileSync(process.execPath, [import.meta.filename, String(devices), one], { encoding: 'utf8' }).trim(),
      )
} else await measure(Number(size), formats.find(f => f === format) ?? 'csv')

async function measure(devices: number, as: (typeof formats)[number]): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'muster-bench-reports-'))
  const config = readConfig({
    MUSTER_DATA: data,
    MUSTER_LISTEN: 'http://127.0.0.1:0',
    MUSTER_URL: 'https://bench.test',
  })
  const base = await openBase(config, { log: silentLog })
  try {
    const { org, root } = await createOrg(base, { name: 'Bench' })
    const scope: Scope = { org, actor: { kind: 'system', id: null, what: 'bench' }, authority: everything }
    const now = base.clock.now()
    for (let from = 0; from < devices; from += 1000)
      await fill(scope, root, { from, to: Math.min(devices, from + 1000), now })
    const rest = process.memoryUsage().rss
    const kind = kindOf('inventory')
    const asked = { filter: '', at: now - 3_600_000, from: now, zone: 'Europe/Stockholm', language: 'en' } as const
    let peak = rest
    let bytes = 0
    let rows = 0
    const lines = (async function* () {
      for await (const page of kind.lines(base, scope, asked, kind.usual)) {
        rows += page.length
        peak = Math.max(peak, process.memoryUsage().rss)
        yield* page
      }
    })()
    const began = performance.now()
    const sheet = {
      ...asked,
      kind: kind.id,
      title: 'Inventory',
      from: null,
      columns: kind.usual,
      encoding: 'utf-8',
      lines,
    } as const
    for await (const chunk of written(as, sheet)) bytes += chunk.length
    const ms = performance.now() - began
    if (rows !== devices) throw new Error(`${rows} lines of ${devices}`)
    const mb = (n: number): string => (n / 1_000_000).toFixed(0)
    const cells = [
      as.padEnd(6),
      String(devices).padStart(8),
      ms.toFixed(0).padStart(8),
      mb(peak).padStart(9),
      mb(rest).padStart(18),
    ]
    console.log([...cells, String(bytes).padStart(11)].join(' '))
  } finally {
    await base.engine.close()
    rmSync(data, { recursive: true, force: true })
  }

  async function fill(scope: Scope, root: { id: string; path: string }, of: { from: number; to: number; now: number }) {
    const day = 86_400_000
    await base.transact(scope, async ctx => {
      const rows = Array.from({ length: of.to - of.from }, (_, i) => of.from + i).flatMap(n =>
        [3, 2, 1].map(age => {
          const id = `dev_${n.toString(16).padStart(32, '0')}`
          const [since, until] = [of.now - age * 30 * day, age === 1 ? null : of.now - (age - 1) * 30 * day]
          const name = `iPhone ${n}`
          return sql`(${ctx.org}, ${id}, ${since}, ${until}, ${root.id}, ${root.path}, ${`Person ${n}`}, ${`person ${n}`}, ${name}, ${name.toLowerCase()},
            'ios', 'phone', 'iPhone15,2', 'iPhone 14 Pro', 'iphone 14 pro', ${`18.${age}`}, ${`00001800000${age}`}, ${`C02${n}`}, '', '', 'company', 0, 1, 'active', ${since}, '', ${since}, ${since})`
        }),
      )
      for (let i = 0; i < rows.length; i += 500)
        await sql`INSERT INTO device_past (org, id, since, until, unit, unit_path, user_name, user_key, name, name_key, platform, form_factor,
          model, model_name, model_key, os_version, os_key, serial, udid, imei, ownership, shared, supervised, state, state_at, asset_tag, enrolled_at, created_at)
          VALUES ${sql.join(rows.slice(i, i + 500))}`.execute(ctx.tx)
    })
  }
}
