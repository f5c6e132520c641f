// What a save would do, the whole way: asked over the HTTP edge of a real server, rehearsed in its database, compared over the devices that are stored there.
//   ./muster bench kernel/preview                     1,000, 10,000 and 100,000 devices, 200 assignments
//   ./muster bench kernel/preview --devices 5000 --folder /some/where   keeps the database there, and takes it again
// A first process fills the database; a second opens it cold, so that its first answer is the first of a server that was just started, and its peak of
// memory is that of answering. Beside it, in the same process, stands what cannot be had for less: the same rows read raw and taken once from JSON.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import * as devices from '../../server/areas/devices/index.ts'
import { createKey } from '../../server/areas/identity/index.ts'
import * as previews from '../../server/areas/previews/index.ts'
import { putPlace } from '../../server/base/follow.ts'
import { sleep } from '../../server/base/clock.ts'
import { readConfig } from '../../server/base/config.ts'
import { silentLog } from '../../server/base/log.ts'
import { headOf } from '../../server/base/seal.ts'
import { joinServer, openBase, type Server } from '../../server/main.ts'
import { type Beside, watching } from './beside.ts'
import { said, store, type Stored, systemIn } from './stored.ts'

const { values } = parseArgs({
  options: {
    devices: { type: 'string', default: '1000,10000,100000' },
    folder: { type: 'string' },
    fill: { type: 'boolean', default: false },
    measure: { type: 'boolean', default: false },
  },
})

/** One line of the table. */
interface Line extends Beside {
  what: string
  looked: number
  changed: number
}

interface Measuring {
  server: Server
  stored: Stored
  key: string
  /** When the present case began to write. */
  since: number
}

const open = (folder: string) =>
  openBase(readConfig({ MUSTER_DATA: folder, MUSTER_URL: 'https://bench.test', MUSTER_LOG_LEVEL: 'silent' }), {
    log: silentLog,
  })

async function fill(folder: string): Promise<void> {
  const base = await open(folder)
  const size = { devices: Number(values.devices), units: 500, assignments: 200, policies: 60 }
  const stored = await store(base, { ...size, blueprints: 40, groups: 40, tags: 20 })
  await base.engine.close()
  writeFileSync(join(folder, 'stored.json'), JSON.stringify(stored))
}

async function measure(folder: string): Promise<Line[]> {
  const base = await open(folder)
  const server = await joinServer(base, { pollMs: null, console: join(folder, 'no-console') })
  const stored = JSON.parse(readFileSync(join(folder, 'stored.json'), 'utf8')) as Stored
  const { key } = await createKey(base, stored.org, { name: 'Bench', role: 'owner' })
  const on: Measuring = { server, stored, key, since: 0 }
  await server.sealing.settle()
  // The log is followed from here on: what was filled in is not computed.
  await base.transact(systemIn(stored.org), async ctx =>
    putPlace(ctx, 'reconcile', (await headOf(ctx.tx, ctx.org))?.seq ?? 0),
  )
  await settled(on)
  const lines: Line[] = []
  for (const [what, work] of Object.entries(cases)) {
    await sleep(300)
    const { result, beside } = await watching(() => work(on))
    lines.push({ what, ...result, ...beside })
    if (process.env['BENCH_VERBOSE']) console.error(JSON.stringify(lines.at(-1)))
  }
  await server.stop()
  const { result, beside } = await watching(() => raw(folder, stored.org))
  lines.push({ what: 'the same rows, read raw', ...result, ...beside })
  return lines
}

type Case = (on: Measuring) => Promise<{ looked: number; changed: number }>

const save =
  (of: keyof Stored['policies'], version: number): Case =>
  async on => {
    const value = of === 'everyone' ? said(1, version).value : { ssid: 'One unit', security: 'open', hidden: true }
    return asked(on, 'POST', `/api/v1/policies/${on.stored.policies[of]}/versions?dryRun=true`, { value })
  }

const cases: Readonly<Record<string, Case>> = {
  'a policy of everyone, first after a start': save('everyone', 3),
  'a policy of everyone, again': save('everyone', 4),
  'a policy of one unit': save('oneUnit', 2),
  'an assignment goes to another unit': async on => {
    const body = { unit: on.stored.units[21]?.id }
    return asked(on, 'PATCH', `/api/v1/assignments/${on.stored.assignment}?dryRun=true`, body)
  },
  'a move of 300 people is looked at': async ({ server: { base }, stored }) => {
    const people = new Set(stored.people.slice(0, 300))
    const to = stored.units[20]?.path ?? '/'
    const state = await previews.snapshot(base, stored.org)
    const { progress, changed } = await previews.previewOf(
      base,
      systemIn(stored.org),
      {
        ...{
          before: state,
          after: state,
          among: { within: [], devices: [], users: [...people], groups: [], tags: [] },
        },
        retarget: target => (people.has(target.user ?? '') ? { ...target, path: to } : target),
      },
      { patienceMs: 60_000 },
    )
    return { looked: progress.looked, changed }
  },
  '… and carried out': async on => {
    const { base } = on.server
    on.since = base.clock.now()
    const people = on.stored.people.slice(0, 300)
    const theirs = await base.read(systemIn(on.stored.org), ctx =>
      previews.targetsPage(ctx, { users: people, limit: 1000 }),
    )
    for (let i = 0; i < theirs.length; i += 50)
      await base.transact(systemIn(on.stored.org), async ctx => {
        for (const { id } of theirs.slice(i, i + 50))
          await devices.change(ctx, id, { unit: on.stored.units[20]?.id ?? '' })
      })
    return { looked: theirs.length, changed: theirs.length }
  },
  '… and their devices recomputed': async on => {
    const changed = await settled(on)
    return { looked: changed, changed }
  },
  'a tag rule of one unit is saved': tagRule(on => on.stored.units[22]?.id ?? '', 'platform:ios supervised:yes'),
  'a tag rule of everyone is saved': tagRule(on => on.stored.units[0]?.id ?? '', 'serial:C39AB'),
}

/** Saves a rule and waits until all it concerns were looked through, and those whose tags it changed computed. */
function tagRule(unit: (on: Measuring) => string, filter: string): Case {
  return async on => {
    const { base } = on.server
    const scope = systemIn(on.stored.org)
    on.since = base.clock.now()
    const wish = { name: filter, tag: 'tag 3', filter, unit: unit(on) }
    const { id } = await base.transact(scope, ctx => devices.addTagRule(ctx, wish))
    const changed = await settled(on)
    const [rule] = await base.read(scope, ctx =>
      ctx.tx.selectFrom('tag_rules').select('looked').where('id', '=', id).execute(),
    )
    return { looked: Number(rule?.['looked'] ?? 0), changed }
  }
}

/** Waits until what was written is sealed and followed, and everybody it touched computed by the server's own jobs; answers how many have another row since. */
async function settled({ server: { base, sealing, worker }, stored: { org }, since }: Measuring): Promise<number> {
  const scope = systemIn(org)
  for (;;) {
    await worker.settle()
    await sealing.settle()
    await worker.settle()
    const left = await base.read(scope, async ctx => [
      await ctx.tx.selectFrom('dirty_devices').select('device').limit(1).execute(),
      await ctx.tx.selectFrom('events').select('id').where('seq', 'is', null).limit(1).execute(),
    ])
    if (left.flat().length === 0) break
  }
  const [row] = await base.read(scope, ctx =>
    ctx.tx
      .selectFrom('desired')
      .select(e => e.fn.countAll().as('n'))
      .where('at', '>=', since)
      .execute(),
  )
  return Number(row?.['n'] ?? 0)
}

interface Shown {
  id: string
  state: string
  progress: { looked: number }
  changed: number
}

/** Asks as an admin does, and goes on asking until the preview is done. */
async function asked({ server, key }: Measuring, method: 'POST' | 'PATCH', url: string, body: unknown) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await server.http.inject({ method, url, headers, payload: JSON.stringify(body) })
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`)
  let { preview } = answer.json<{ preview: Shown }>()
  while (preview.state === 'computing') {
    await sleep(100)
    preview = (
      await server.http.inject({ method: 'GET', url: `/api/v1/previews/${preview.id}`, headers })
    ).json<Shown>()
  }
  if (preview.state !== 'done') throw new Error(`the preview ${preview.state}`)
  return { looked: preview.progress.looked, changed: preview.changed }
}

/** What every preview of everyone needs at least: the columns that decide, with tags and groups, read in pages of a thousand; each row once through JSON. */
async function raw(folder: string, org: string): Promise<{ looked: number; changed: number }> {
  const db = new DatabaseSync(join(folder, 'muster.db'), { readOnly: true })
  const page = db.prepare(
    `SELECT id, unit_path, user_id, ownership, platform, os_version, supervised, name, form_factor,
      (SELECT group_concat(tag_key) FROM tags t WHERE t.org = d.org AND t.device = d.id) tags,
      (SELECT group_concat(group_id) FROM group_members g WHERE g.org = d.org AND g.user_id = d.user_id) groups
      FROM devices d WHERE org = ? AND id > ? ORDER BY id LIMIT 1000`,
  )
  let looked = 0
  for (let after = ''; ; ) {
    const rows = page.all(org, after)
    for (const row of rows) looked += Object.keys(JSON.parse(JSON.stringify(row)) as object).length > 0 ? 1 : 0
    after = String(rows.at(-1)?.['id'] ?? '')
    if (rows.length < 1000) break
    await sleep(0)
  }
  db.close()
  return { looked, changed: 0 }
}

/** Fills and measures in processes of their own. */
function measureApart(count: string): Line[] {
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'muster-preview-'))
  const apart = (what: string): string =>
    execFileSync(process.execPath, [import.meta.filename, what, '--devices', count, '--folder', folder], {
      encoding: 'utf8',
      maxBuffer: 1e8,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  if (!existsSync(join(folder, 'stored.json'))) apart('--fill')
  const lines = JSON.parse(apart('--measure')) as Line[]
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
  return lines
}

function print(lines: readonly Line[], smallest: readonly Line[], times: number): void {
  const limit = lines.at(-1)
  for (const [i, line] of lines.entries()) {
    const growth = (line.cpuMs / (smallest[i]?.cpuMs ?? line.cpuMs)).toFixed(1)
    const columns = [
      ...[line.looked, line.changed, line.ms, line.cpuMs].map(n => n.toFixed(0)),
      ...[(line.cpuMs / (limit?.cpuMs ?? 1)).toFixed(1), times === 1 ? '' : growth],
      ...[line.stallMs, line.peakMb].map(n => n.toFixed(0)),
    ]
    console.log(line.what.padEnd(44) + columns.map(c => c.padStart(9)).join(''))
  }
}

const folder = values.folder ?? ''
if (values.fill) await fill(folder)
else if (values.measure) console.log(JSON.stringify(await measure(folder)))
else {
  let smallest: { devices: number; lines: Line[] } | null = null
  for (const count of values.devices.split(',')) {
    const lines = measureApart(count)
    smallest ??= { devices: Number(count), lines }
    const times = Number(count) / smallest.devices
    console.log(`\n${count} devices, 200 assignments, 500 units; load ${loadavg()[0]?.toFixed(1)}`)
    const heads = ['looked', 'changed', 'ms', 'cpu ms', '× raw', times === 1 ? '' : `of ${times}×`, 'stall', 'peak MB']
    console.log(' '.repeat(44) + heads.map(h => h.padStart(9)).join(''))
    print(lines, smallest.lines, times)
  }
}
