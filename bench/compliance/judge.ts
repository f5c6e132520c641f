import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addRule, type RuleWish } from '../../server/areas/compliance/index.ts'
import { adopt } from '../../server/areas/compliance/adopt.ts'
import { judgeMarked, passOn, rejudge } from '../../server/areas/compliance/pass.ts'
import { forecast } from '../../server/areas/compliance/preview.ts'
import { live } from '../../server/areas/compliance/kept-rules.ts'
import { allTemplates } from '../../server/areas/compliance/templates.ts'
import { routes } from '../../server/areas/compliance/routes.ts'
import { createOrg } from '../../server/areas/identity/index.ts'
import { addUnit } from '../../server/areas/identity/unit.ts'
import { readConfig } from '../../server/base/config.ts'
import type { Ctx } from '../../server/base/ctx.ts'
import { silentLog } from '../../server/base/log.ts'
import { openBase } from '../../server/main.ts'
import { pageOfDevices } from '../../server/areas/views/index.ts'
import { dice, fillFleet } from '../devices/fleet.ts'
import { systemIn } from '../kernel/stored.ts'

const many = Number(process.argv[2] ?? 10_000)
const data = mkdtempSync(join(tmpdir(), 'muster-judge-'))
const config = readConfig({ MUSTER_DATA: data, MUSTER_URL: 'https://muster.test', MUSTER_LISTEN: 'http://127.0.0.1:0' })
const base = await openBase(config, { log: silentLog })
const { org, root } = await createOrg(base, { name: 'Havsten' })
const scope = systemIn(org)
const run = <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => base.transact(scope, work)

const line = (what: string, ms: number, more = ''): void =>
  console.log(`${what.padEnd(44)} ${ms.toFixed(0).padStart(8)} ms  ${more}`)
async function timed<T>(
  what: string,
  work: () => Promise<T>,
  more: (ms: number, answer: T) => string = () => '',
): Promise<T> {
  const from = performance.now()
  const answer = await work()
  const ms = performance.now() - from
  line(what, ms, more(ms, answer))
  return answer
}

const units = [root]
for (let n = 0; n < 100; n += 1) units.push(await run(ctx => addUnit(ctx, { name: `Unit ${n}`, parent: root.id })))
await timed(`fill ${many} devices`, () => fillFleet(base, org, units, many))
const ids = await run(ctx => ctx.tx.selectFrom('devices').select('id').orderBy('id').execute())
await timed('their facts and apps', async () => {
  const roll = dice(7)
  const facts = [
    'security.passcode',
    'security.passcodeCompliant',
    'security.encrypted',
    'security.firewall',
    'security.systemIntegrity',
  ]
  for (let at = 0; at < ids.length; at += 100)
    await run(async ctx => {
      const page = ids.slice(at, at + 100).map(r => String(r.id))
      const said = page.flatMap(device =>
        facts.map(fact => ({ org, device, fact, value: String(roll(20) > 0), source: 'bench', at: 1, changed_at: 1 })),
      )
      for (let i = 0; i < said.length; i += 100)
        await ctx.tx
          .insertInto('facts')
          .values(said.slice(i, i + 100))
          .execute()
      const apps = page.flatMap(device =>
        Array.from({ length: 30 }, (_, n) => ({
          org,
          device,
          app: `com.example.app${roll(40) + n * 40}`,
          name: `App ${n}`,
          version: '1',
          managed: 1,
        })),
      )
      for (let i = 0; i < apps.length; i += 200)
        await ctx.tx
          .insertInto('device_apps')
          .values(apps.slice(i, i + 200))
          .onConflict(c => c.doNothing())
          .execute()
      await ctx.tx
        .insertInto('reports')
        .values(
          page.map(device => ({
            org,
            device,
            source: 'list:apps',
            at: 1,
            size: 0,
            truncated: 0,
            value: new Uint8Array([3, 0]),
          })),
        )
        .execute()
    })
})

const wish: RuleWish = {
  name: 'No such app',
  kind: 'apps',
  params: { list: 'deny', apps: [{ app: 'com.example.app7' }, { app: 'com.example.app77' }] },
  scope: { ownerships: [], platforms: [], tags: [] },
  severity: 'high',
  graceHours: 0,
  responses: [],
  fix: '',
  unit: root.id,
  template: null,
}
const per = (ms: number): string => `${((ms / many) * 1000).toFixed(0)} µs a device`
const rule = await run(ctx => addRule(ctx, wish))
await timed(
  'preview of a rule for apps',
  () => forecast(base, scope, [live(rule)]),
  (ms, f) => `would flag ${f.flagged}, looked at ${f.looked}; ${per(ms)}`,
)
const pass = async (id: string): Promise<void> => {
  while (await run(ctx => passOn(ctx, id)));
}
await timed('the fleet judged by it', () => pass(rule.id), per)
const made = await run(ctx => adopt(ctx, { templates: allTemplates().map(t => t.id), unit: root.id, language: 'en' }))
await timed(
  `the fleet judged by ${made.length} templates`,
  async () => {
    for (const one of made) await pass(one.id)
  },
  ms => `${per(ms)}, ${per(ms / made.length)} and rule`,
)
await timed(
  `every device anew by all ${made.length + 1} rules`,
  async () => {
    for (let at = 0; at < ids.length; at += 1000)
      await run(ctx =>
        rejudge(
          ctx,
          ids.slice(at, at + 1000).map(r => String(r.id)),
        ),
      )
    while (await run(judgeMarked));
  },
  per,
)
await timed('one device anew', async () => {
  await run(ctx => rejudge(ctx, [String(ids[5]?.id)]))
  await run(judgeMarked)
})
const summary = routes.find(r => r.path === '/api/v1/compliance')
for (let n = 0; n < 2; n += 1)
  await timed('the summary', () => base.read(scope, async ctx => summary?.run?.(ctx, {}, {} as never)))
await timed('a page of compliance:violating', () =>
  base.read(scope, ctx =>
    pageOfDevices(ctx, { filter: 'compliance:violating', sort: undefined, cursor: undefined, limit: 50 }),
  ),
)
await timed('a page of one rule', () =>
  base.read(scope, ctx =>
    pageOfDevices(ctx, { filter: `rule:${rule.id}`, sort: undefined, cursor: undefined, limit: 50 }),
  ),
)
const rows = await run(ctx =>
  ctx.tx
    .selectFrom('verdicts')
    .select(e => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow(),
)
console.log(`verdicts kept: ${Number(rows.n)}; memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
await base.engine.close()
rmSync(data, { recursive: true, force: true })
