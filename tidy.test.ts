import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

/** The house rules that a machine can check; ARCHITECTURE.md gives their reasons. */
const root = import.meta.dirname
const areas = [
  'identity',
  'guard',
  'privacy',
  'certificates',
  'push',
  'devices',
  'enrollment',
  'roster',
  'commands',
  'escrow',
  'policies',
  'apps',
  'blueprints',
  'hours',
  'rollouts',
  'previews',
  'reconcile',
  'changes',
  'updates',
  'intakes',
  'custody',
  'location',
  'incidents',
  'compliance',
  'alerts',
  'portal',
  'audit',
  'views',
  'reports',
]
const platforms = ['apple', 'agent', 'android']
const files = globSync('{wire,api,server,console,cli,agent,simulator,tools,bench}/**/*.{ts,tsx}', {
  cwd: root,
  exclude: f => /node_modules|dist/.test(f),
}).filter(f => !f.endsWith('.d.ts'))
const text = new Map(files.map(f => [f, readFileSync(join(root, f), 'utf8')]))

interface Import {
  from: string
  to: string
}
const imports: Import[] = files.flatMap(from =>
  [
    ...(text.get(from) ?? '').matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\{[^}]*\})?[^'"\n;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ].map(m => ({ from, to: target(from, m[1] ?? m[2] ?? '') })),
)

function target(from: string, to: string): string {
  if (to.startsWith('.')) return normalize(join(dirname(from), to))
  return to.startsWith('@muster/') ? to.slice('@muster/'.length) : to
}

function faults(rule: (i: Import) => string | undefined): string[] {
  return imports.flatMap(i => {
    const fault = rule(i)
    return fault === undefined ? [] : [`${i.from} → ${i.to}: ${fault}`]
  })
}

const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.startsWith('server/testing/')
const areaOf = (path: string): string | undefined => /^server\/areas\/([a-z]+)\//.exec(path)?.[1]
const platformOf = (path: string): string | undefined => /^server\/platforms\/([a-z]+)\//.exec(path)?.[1]

test('the reader of imports sees the tree', () => {
  assert.ok(files.length > 100 && imports.length > 400, `${files.length} files, ${imports.length} imports`)
})

test('every area has its place in the list', () => {
  const found = new Set(files.map(areaOf).filter(a => a !== undefined))
  assert.deepEqual(
    [...found].filter(a => !areas.includes(a)),
    [],
  )
  assert.deepEqual(
    [...new Set(files.map(platformOf).filter(p => p !== undefined))].filter(p => !platforms.includes(p)),
    [],
  )
})

test('workspaces speak only to those below them', () => {
  assert.deepEqual(
    faults(({ from, to }) => {
      const [a] = from.split('/')
      const [b] = to.split('/')
      if (a === b || !['wire', 'api', 'server', 'console', 'cli', 'agent', 'simulator'].includes(b ?? '')) return
      if (isTest(from) || a === 'tools' || a === 'bench' || from.startsWith('console/e2e/')) return
      const allowed: Record<string, string[]> = {
        wire: [],
        api: [],
        server: ['wire', 'api'],
        console: ['api', 'wire'],
        cli: ['api'],
        agent: ['wire'],
        simulator: ['wire'],
      }
      if (!allowed[a ?? '']?.includes(b ?? '')) return `${a} may not use ${b}`
      if (a === 'server' && b === 'api' && to !== 'api/filter.ts')
        return 'of the contract the server uses the filter grammar only'
      if (a === 'console' && b === 'wire' && !to.startsWith('wire/apple/catalog/'))
        return 'of wire the console uses the interpreter of the catalog only'
      if (a === 'simulator' && to.startsWith('wire/apple')) return 'the simulator has a message layer of its own'
      return undefined
    }),
    [],
  )
})

test('base knows no area, areas know no platform and only earlier areas, by the door', () => {
  assert.deepEqual(
    faults(({ from, to }) => {
      if (isTest(from)) return
      if (from.startsWith('server/base/') && (areaOf(to) || platformOf(to))) return 'base is beneath'
      const area = areaOf(from)
      if (area === undefined) return
      if (platformOf(to)) return 'areas know no platform'
      const other = areaOf(to)
      if (other === undefined || other === area) return
      if (areas.indexOf(other) > areas.indexOf(area)) return `${other} comes after ${area}`
      if (to !== `server/areas/${other}/index.ts`) return 'enter by index.ts'
      return undefined
    }),
    [],
  )
})

test('platforms do not know each other and enter areas by the door', () => {
  assert.deepEqual(
    faults(({ from, to }) => {
      const platform = platformOf(from)
      if (platform === undefined || isTest(from)) return
      if (platformOf(to) !== undefined && platformOf(to) !== platform) return 'another platform'
      const area = areaOf(to)
      if (area !== undefined && to !== `server/areas/${area}/index.ts`) return 'enter by index.ts'
      return undefined
    }),
    [],
  )
})

test('SQL stays in stores and base; the clock and the environment stay in base', () => {
  const wrong: string[] = []
  for (const [file, body] of text) {
    if (!file.startsWith('server/') || isTest(file)) continue
    const inBase = file.startsWith('server/base/')
    const code = body.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    if (
      !inBase &&
      !/store\.ts$/.test(file) &&
      !file.startsWith('server/areas/views/') &&
      !file.startsWith('server/areas/reports/') &&
      /from 'kysely'|\bown</.test(code)
    )
      wrong.push(`${file}: SQL outside a store`)
    // PostgreSQL is not asked how many rows a write touched: it answers what it returns.
    if (/\.num(?:Updated|Deleted|Changed)Rows/.test(code)) wrong.push(`${file}: counts written rows without RETURNING`)
    if (!/base\/clock\.ts$/.test(file) && /Date\.now\(\)|new Date\(\)/.test(code)) wrong.push(`${file}: the wall clock`)
    if (!/base\/config\.ts$/.test(file) && /process\.env/.test(code)) wrong.push(`${file}: the environment`)
  }
  assert.deepEqual(wrong, [])
})

test('platform words do not occur in areas, and no noun is a banned one', () => {
  const wrong: string[] = []
  for (const [file, body] of text) {
    if (areaOf(file) === undefined || isTest(file)) continue
    const code = body.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    const word = /\b(declaration|CSP|AMAPI|SyncML|CommandUUID|PushMagic)\b/.exec(code)?.[0]
    if (word) wrong.push(`${file}: ${word}`)
    const banned = /\b(?:class|interface|type)\s+\w*(Service|Manager|Handler|Helper|Util|Processor|Entity|Dto)\b/.exec(
      code,
    )?.[0]
    if (banned) wrong.push(`${file}: ${banned}`)
  }
  for (const file of files)
    if (/\/(utils|types|helpers|constants)\.tsx?$|\/(common|shared)\//.test(file))
      wrong.push(`${file}: a name that says nothing`)
  assert.deepEqual(wrong, [])
})

test('files stay small enough to be read whole', () => {
  const long = [...text]
    .map(
      ([file, body]) =>
        [
          file,
          body.split('\n').length,
          /\.test\.tsx?$/.test(file) ? 500 : /i18n\/|catalog|base\/problems/.test(file) ? 5000 : 300,
        ] as const,
    )
    .filter(([, lines, most]) => lines > most + 1)
  assert.deepEqual(long, [])
})
