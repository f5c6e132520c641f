import type { ChildProcess } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { missing as lacking, toCheck, toMake } from './apk/programs.ts'
import { type Postgres, startPostgres } from './postgres.ts'
import { mayOpenDatabase } from './reach.ts'
import { killTree, type Running, root, run } from './run.ts'

/**
 * The whole test command: types, lint, tests on SQLite, the server's tests again on PostgreSQL, the console in a real Chromium.
 * `./muster test quick` leaves out PostgreSQL and the browser. TEST_DB=postgres://… uses that server instead of an own one.
 */
const asked = process.argv.slice(2)
if (asked.some(word => word !== 'quick')) {
  console.error('./muster test runs everything; ./muster test quick leaves out PostgreSQL and the browser.')
  process.exit(2)
}
const quick = asked.includes('quick')
const node = process.execPath
const started = Date.now()
const totals = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []
const timed = 'console/e2e/speed.test.ts'

/** Something to do beside other things: says whether it went well, and what there is to say about it. */
interface Job {
  name: string
  run(): Promise<{ code: number; output: string }>
}

const running = new Set<ChildProcess>()
let postgres: Pick<Postgres, 'url' | 'stop'> | null = null
endWithUs()
await tools()
if (!quick) postgres = await database()
// The longest first, so that nothing long is left when there is nothing more to do beside it.
await abreast(2, [
  ...(quick ? [] : [browser()]),
  { name: 'types', run: () => spawned(node, ['tools/typecheck.ts']) },
  ...(postgres ? onPostgres(postgres.url) : []),
  ...onSqlite(),
  { name: 'lint', run: () => spawned(node, ['tools/lint.ts']) },
])
await postgres?.stop()
// Alone: these say how fast a page is.
if (!quick)
  await abreast(1, [{ name: 'console in Chromium, speed', run: () => runTests(globSync(timed, { cwd: root })) }])
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`\n${failures.length === 0 ? 'All steps passed' : `Failed: ${failures.join(', ')}`} in ${minutes} min`)
console.log(
  `${totals.passed} passed, ${totals.failed + (failures.length > 0 && totals.failed === 0 ? 1 : 0)} failed, ${totals.skipped} skipped`,
)
process.exitCode = failures.length === 0 ? 0 : 1

/** What we started ends with us and takes along what it started: asked first, so that it cleans up, and killed if it does not. */
function endWithUs(): void {
  const end = (): void => {
    for (const child of running) killTree(child, 'SIGTERM')
    setTimeout(() => process.exit(1), 5000)
    const gone = [...running].map(child => new Promise(resolve => child.once('exit', resolve)))
    void Promise.all(gone)
      .then(() => postgres?.stop())
      .then(() => process.exit(1))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
  process.once('exit', () => {
    for (const child of running) killTree(child)
  })
}

/** Runs a program as a group of its own that ends with us. */
async function spawned(program: string, args: string[], options: Running = {}) {
  let group: ChildProcess | undefined
  const take = (child: ChildProcess): void => {
    group = child
    running.add(child)
  }
  try {
    return await run(program, args, { quiet: true, detached: true, ...options, started: take })
  } finally {
    // What it left behind would take time from the others.
    if (group) killTree(group)
    if (group) running.delete(group)
  }
}

/** Does the jobs in their order, so many at a time. */
async function abreast(many: number, jobs: Job[]): Promise<void> {
  const next = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await step(job)
  }
  await Promise.all(Array.from({ length: many }, next))
}

async function step({ name, run: work }: Job): Promise<void> {
  const at = Date.now()
  const { code, output } = await work()
  console.log(
    `\n── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - at) / 1000).toFixed(0)} s)\n${output.trim()}`,
  )
  if (code !== 0) failures.push(name)
}

/** Test files in so many parts; a test never knows which others run beside it. */
function parts(name: string, files: readonly string[], env: Record<string, string>): Job[] {
  const count = 8
  return Array.from({ length: count }, (_, part) => ({
    name: `${name}, part ${part + 1} of ${count}`,
    run: () =>
      runTests(
        files.filter((_file, at) => at % count === part),
        env,
      ),
  }))
}

function found(patterns: string): string[] {
  return globSync(patterns, { cwd: root, exclude: notOurs }).sort()
}

function notOurs(path: string): boolean {
  return path.includes('node_modules') || path.includes('dist')
}

async function runTests(files: readonly string[], env: Record<string, string> = {}) {
  if (files.length === 0) return { code: 1, output: 'no test was found' }
  const result = await spawned(node, ['tools/runner.ts', ...files], {
    env,
    channel: true,
    limitMs: 25 * 60_000,
  })
  for (const [key, word] of [
    ['passed', 'pass'],
    ['failed', 'fail'],
    ['skipped', 'skipped'],
  ] as const)
    totals[key] += Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(result.output)?.[1] ?? 0)
  const said = result.output.split('\n').filter(l => /^# (tests|pass|fail|skipped|duration_ms|Error:)|# SKIP/.test(l))
  // A process that ends before it counted has not run its tests, whatever it says.
  const counted = /^# tests [1-9]/m.test(result.output)
  const code = counted ? result.code : 1
  return { code, output: [...said, ...(code === 0 ? [] : [failedParts(result.output)])].join('\n') }
}

/** The failed tests with their diagnostics, from TAP. */
function failedParts(output: string): string {
  const lines = output.split('\n')
  const shown: string[] = []
  lines.forEach((line, i) => {
    if (/^\s*not ok/.test(line)) shown.push(...lines.slice(i, i + 60), '…')
  })
  return (shown.length > 0 ? shown : lines.slice(-80)).slice(0, 600).join('\n')
}

function onSqlite(): Job[] {
  const ours =
    '{*,api/**/*,wire/**/*,server/**/*,simulator/**/*,cli/**/*,tools/**/*,bench/**/*,console/src/**/*}.test.ts'
  return parts('unit and integration, SQLite', found(ours), {})
}

/** The PostgreSQL to test on: the one that TEST_DB names, or our own. */
async function database(): Promise<Pick<Postgres, 'url' | 'stop'>> {
  const named = process.env.TEST_DB
  if (named !== undefined) return { url: named, stop: async () => {} }
  // No test takes the power from PostgreSQL itself, so it need not wait for the disk; processes that are killed lose nothing by this.
  return startPostgres({ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
}

function onPostgres(url: string): Job[] {
  // What can open no database runs there as it did before.
  const files = found('{server,simulator,bench/together}/**/*.test.ts').filter(mayOpenDatabase)
  return parts('server, PostgreSQL', files, { TEST_DB: url })
}

/** The built console; one process, because its tests share a house full of devices. */
function browser(): Job {
  const files = globSync('console/e2e/**/*.test.ts', { cwd: root, exclude: path => path === timed })
  return {
    name: 'console in Chromium',
    run: async () => {
      const built = await spawned('npm', ['run', 'build', '-w', '@muster/console'])
      return built.code === 0 ? runTests(files.sort()) : built
    },
  }
}

/** Debian programs the tests compare with or drive; installed when they are missing and we may. */
async function tools(): Promise<void> {
  const wanted: [program: string, packages: string[]][] = [
    ['/usr/bin/plistutil', ['libplist-utils']],
    ['/usr/bin/pki', ['strongswan-pki']],
    ['/usr/lib/ipsec/plugins/libstrongswan-curl.so', ['libstrongswan-extra-plugins']],
    ['/usr/bin/scepclient', ['scep']],
    ['/usr/bin/lego', ['lego']],
    ['/usr/bin/certbot', ['certbot']],
    ['/usr/bin/javac', ['default-jdk-headless']],
    ['/usr/sbin/mosquitto', ['mosquitto']],
    ...(quick ? [] : [['/usr/bin/chromium', ['chromium', 'fonts-noto-cjk']] as [string, string[]]]),
  ]
  const forAndroid = lacking([...toMake, ...toCheck]).map(program => program.comesIn)
  const missing = [
    ...wanted.filter(([program]) => !existsSync(program)).flatMap(([, packages]) => packages),
    ...new Set(forAndroid),
  ]
  if (missing.length === 0) return
  if (process.getuid?.() !== 0)
    return console.log(
      `Some tests will be skipped. For all of them: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    )
  const install = async () => {
    await spawned('apt-get', ['update', '-qq'])
    return spawned('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  await step({ name: `installing ${missing.join(' ')}`, run: install })
}
