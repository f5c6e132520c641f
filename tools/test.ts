import { existsSync, globSync } from 'node:fs'
import { startPostgres } from './postgres.ts'
import { root, run } from './run.ts'

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

await tools()
await step('types', () => run(node, ['tools/typecheck.ts']))
await step('lint', () => run(node, ['tools/lint.ts']))
await tests(
  'unit and integration, SQLite',
  globSync(
    '{*,api/**/*,wire/**/*,server/**/*,simulator/**/*,cli/**/*,tools/**/*,bench/**/*,console/src/**/*}.test.ts',
    { cwd: root, exclude: notOurs },
  ),
  {},
)
if (!quick) {
  await onPostgres()
  await browser()
}
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`\n${failures.length === 0 ? 'All steps passed' : `Failed: ${failures.join(', ')}`} in ${minutes} min`)
console.log(
  `${totals.passed} passed, ${totals.failed + (failures.length > 0 && totals.failed === 0 ? 1 : 0)} failed, ${totals.skipped} skipped`,
)
process.exitCode = failures.length === 0 ? 0 : 1

function notOurs(path: string): boolean {
  return path.includes('node_modules') || path.includes('dist')
}

async function step(name: string, what: () => Promise<{ code: number }>): Promise<void> {
  console.log(`\n── ${name}`)
  const at = Date.now()
  const { code } = await what()
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - at) / 1000).toFixed(0)} s)`)
  if (code !== 0) failures.push(name)
}

/**
 * Runs test files, `abreast` processes at a time; a test never knows which others run beside it. They are cut into more parts than that,
 * taken one after another, so that no process ends long before the other.
 */
async function tests(name: string, files: readonly string[], env: Record<string, string>, abreast = 2): Promise<void> {
  const count = abreast === 1 ? 1 : abreast * 4
  const parts = Array.from({ length: count }, (_, part) => [...files].sort().filter((_, at) => at % count === part))
  await step(name, async () => {
    let failed = false
    const next = async (): Promise<void> => {
      for (let part = parts.shift(); part; part = parts.shift()) if ((await runTests(part, env)) !== 0) failed = true
    }
    await Promise.all(Array.from({ length: abreast }, next))
    return { code: failed ? 1 : 0 }
  })
}

async function runTests(files: readonly string[], env: Record<string, string>): Promise<number> {
  if (files.length === 0) return 1
  const options = [
    '--test',
    '--test-isolation=none',
    '--test-timeout=600000',
    '--test-force-exit',
    '--test-reporter=tap',
  ]
  const result = await run(node, ['--import', './tools/seed.ts', ...options, ...files], {
    env,
    quiet: true,
    limitMs: 20 * 60_000,
  })
  for (const [key, word] of [
    ['passed', 'pass'],
    ['failed', 'fail'],
    ['skipped', 'skipped'],
  ] as const)
    totals[key] += Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(result.output)?.[1] ?? 0)
  console.log(
    result.output
      .split('\n')
      .filter(l => /^# (tests|pass|fail|skipped|duration_ms)|# SKIP/.test(l))
      .join('\n'),
  )
  if (result.code !== 0) console.log(failedParts(result.output))
  return result.code
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

async function onPostgres(): Promise<void> {
  const named = process.env.TEST_DB
  // No test takes the power from PostgreSQL itself, so it need not wait for the disk; processes that are killed lose nothing by this.
  const unhurried = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  const own = named === undefined ? await startPostgres(unhurried) : null
  try {
    await tests(
      'server, PostgreSQL',
      globSync('{server,simulator,bench/together}/**/*.test.ts', { cwd: root, exclude: notOurs }),
      {
        TEST_DB: named ?? own?.url ?? '',
      },
    )
  } finally {
    await own?.stop()
  }
}

async function browser(): Promise<void> {
  await step('console build', () => run('npm', ['run', 'build', '-w', '@muster/console'], { quiet: false }))
  // One after the other: some of these say how fast a page is.
  await tests('console in Chromium', globSync('console/e2e/**/*.test.ts', { cwd: root }), {}, 1)
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
    ...(quick ? [] : [['/usr/bin/chromium', ['chromium', 'fonts-noto-cjk']] as [string, string[]]]),
  ]
  const missing = wanted.filter(([program]) => !existsSync(program)).flatMap(([, packages]) => packages)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0)
    return console.log(
      `Some tests will be skipped. For all of them: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    )
  await step(`installing ${missing.join(' ')}`, async () => {
    await run('apt-get', ['update', '-qq'], { quiet: true })
    return run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      quiet: true,
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
  })
}
