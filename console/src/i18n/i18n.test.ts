import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../contract.ts'
import { type Catalog, en, type Key } from './en.ts'
import { fr } from './fr.ts'
import { ja } from './ja.ts'
import { firstFamilies } from './messages.ts'
import { sv } from './sv.ts'

const catalogs: Record<Locale, Catalog> = { en, fr, sv, ja }
const keys = Object.keys(en) as Key[]
const source = join(import.meta.dirname, '..')

/** What a message expects from its caller: placeholders with their kind, and tags. */
function shapeOf(text: string, locale: Locale): string[] {
  const found = new Set<string>()
  const walk = (nodes: readonly Record<string, unknown>[]) => {
    for (const node of nodes) {
      const type = Number(node['type'])
      if (type === 1 || type === 2) found.add(String(node['value']))
      if (type === 5)
        found.add(
          `${String(node['value'])} select ${Object.keys(node['options'] as object)
            .sort()
            .join()}`,
        )
      if (type === 6) found.add(String(node['value']))
      if (type === 8) found.add(`<${String(node['value'])}>`)
      if (node['options'])
        for (const option of Object.values(node['options'] as Record<string, { value: never[] }>)) walk(option.value)
      if (node['children']) walk(node['children'] as never[])
    }
  }
  walk(new IntlMessageFormat(text, locale).getAst() as unknown as Record<string, unknown>[])
  return [...found].sort()
}

for (const locale of ['fr', 'sv', 'ja'] as const) {
  test(`${locale} has every key of English and no other`, () => {
    assert.deepEqual(Object.keys(catalogs[locale]).sort(), keys.toSorted())
  })

  test(`${locale} asks for the same placeholders and tags as English`, () => {
    for (const key of keys) assert.deepEqual(shapeOf(catalogs[locale][key], locale), shapeOf(en[key], 'en'), key)
  })

  test(`${locale} is translated: few messages are the same as in English`, () => {
    const same = keys.filter(key => catalogs[locale][key] === en[key] && /[a-z]{4,} [a-z]{3,}/i.test(en[key]))
    assert.deepEqual(same, [])
  })
}

test('plurals have the forms of their language', () => {
  for (const [locale, catalog] of Object.entries(catalogs)) {
    for (const key of keys) {
      for (const [, body] of catalog[key].matchAll(/, plural,((?:[^{}]|\{[^{}]*\})*)/g)) {
        if (locale === 'ja') assert.doesNotMatch(body ?? '', /\bone \{/, `ja ${key}`)
        assert.match(catalog[key], /other \{/, `${locale} ${key}`)
      }
    }
  }
})

test('French sets no plain space before high punctuation', () => {
  for (const key of keys) assert.doesNotMatch(fr[key], / [:;?!»]/, key)
})

test('every message can be said', () => {
  const given = new Proxy(
    {},
    {
      has: () => true,
      get: (_, name) =>
        ['b', 'mono', 'link', 'device', 'who'].includes(String(name)) ? (x: string[]) => x.join('') : 3,
    },
  )
  for (const [locale, catalog] of Object.entries(catalogs)) {
    for (const key of keys)
      assert.doesNotThrow(() => new IntlMessageFormat(catalog[key], locale).format(given as never), `${locale} ${key}`)
  }
})

test('every key is used by some screen', () => {
  const text = sources(source)
    .filter(file => !/i18n[\\/](en|fr|sv|ja)/.test(file) && !file.endsWith('.test.ts'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
  const starts = [...text.matchAll(/`([a-zA-Z][a-zA-Z0-9.-]*\.)\$\{/g)].map(match => match[1] ?? '')
  const byCode = [
    'problem.',
    'explained.',
    'decision.',
    'event.',
    'fact.',
    'policyKind.',
    'setting.',
    'settingSection.',
    'choice.',
    'finding.',
    'honor.',
    'row.',
  ]
  const unused = keys.filter(
    key =>
      !text.includes(`'${key}'`) &&
      !text.includes(`"${key}"`) &&
      ![...starts, ...byCode].some(start => key.startsWith(start)),
  )
  assert.deepEqual(unused, [])
})

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(file => file.isFile() && /\.tsx?$/.test(file.name))
    .map(file => join(file.parentPath, file.name))
}

test('what is loaded is what there is: every key is in the first texts or in the rest, of each language', async () => {
  for (const locale of ['en', 'fr', 'sv', 'ja'] as const) {
    const { first } = (await import(`./${locale}.first.ts`)) as { first: Record<string, string> }
    const { rest } = (await import(`./${locale}.rest.ts`)) as { rest: Record<string, string> }
    assert.deepEqual([...Object.keys(first), ...Object.keys(rest)].sort(), keys.toSorted(), locale)
  }
})

test('what the server says by a code on the first page is in the first texts', async () => {
  const { rest } = await import('./en.rest.ts')
  assert.deepEqual(
    Object.keys(rest).filter(key => firstFamilies.test(key)),
    [],
  )
})

test('the first page says nothing that it would have to wait for', async () => {
  const { first } = await import('./en.first.ts')
  // Opened by hand, or seldom: their texts may come a moment later.
  const later = /CommandPalette|HelpDrawer|moreHits|StepUp|SecondProof|kit\/values|commands\/words/
  const seen = new Set<string>()
  const missing = new Set<string>()
  const walk = (file: string): void => {
    if (seen.has(file) || later.test(file) || /\/i18n\//.test(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, key] of text.matchAll(/'([\w.-]+)'/g))
      if (key !== undefined && Object.hasOwn(en, key) && !Object.hasOwn(first, key)) missing.add(`${key} in ${file}`)
    for (const [, to] of text.matchAll(
      /(?:import|export)[^'"\n;]*(?:\{[^}]*\})?[^'"\n;]*from\s*['"](\.[^'"]+\.tsx?)['"]/g,
    ))
      walk(join(file, '..', to ?? ''))
  }
  for (const page of ['console.tsx', 'areas/views/Home.tsx', 'areas/identity/SignIn.tsx']) walk(join(source, page))
  assert.ok(seen.size > 40, `${seen.size} files read`)
  assert.deepEqual([...missing], [])
})

test('every code that our agents answer says what happened and what to do, in words', () => {
  const root = join(import.meta.dirname, '../../..')
  const read = (folder: string, ends: string): string =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(file => file.isFile() && file.name.endsWith(ends) && !/[Tt]est/.test(`${file.parentPath}/${file.name}`))
      .map(file => readFileSync(join(file.parentPath, file.name), 'utf8'))
      .join('\n')
  const java = read('android', '.java')
  const typescript = `${read('simulator/agent', '.ts')}${read('wire/agent', '.ts')}`
  const outcomes = /class Outcome \{(.*?)public final String code/s.exec(java)?.[1] ?? ''
  const refusals = /type ApprovalRefusal = ([^\n]*)/.exec(typescript)?.[1] ?? ''
  const codes = new Set(
    [
      ...outcomes.matchAll(/String [A-Z_]+ = "([a-z-]+)"/g),
      ...java.matchAll(/Outcome\.refused\(\s*"([a-z-]+)"/g),
      ...java.matchAll(/result\(id, "[a-z]+", "([a-z-]+)"/g),
      ...java.matchAll(/static final String [A-Z_]+ = "(approval-[a-z]+)"/g),
      ...typescript.matchAll(/(?:status|state): '[a-z]+',[^}]*code: '([a-z-]+)'/g),
      ...refusals.matchAll(/'([a-z-]+)'/g),
    ].map(match => match[1] ?? ''),
  )
  // What has no code of its own is told by its status.
  for (const status of ['failed', 'refused', 'expired']) codes.add(status)
  codes.delete('done')
  assert.ok(codes.size > 15 && codes.has('interrupted') && codes.has('no-reset-token'), [...codes].join())
  const said = new Set<string>(keys)
  const silent = [...codes].flatMap(code =>
    [`explained.agent.${code}`, `explained.agent.${code}.next`].filter(key => !said.has(key)),
  )
  assert.deepEqual(silent, [])
})
