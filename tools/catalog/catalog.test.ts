import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readCatalog } from '../../wire/apple/catalog/testing/open.ts'
import { root } from '../run.ts'
import { collect } from './collect.ts'
import { measure } from './coverage.ts'
import { tableOf } from './facts.ts'

const schema = ['../shared/apple-schema', '../../shared/apple-schema'].map(p => join(root, p)).find(p => existsSync(p))

test('the committed table is what the script makes of the published files', { skip: schema === undefined }, () => {
  const folder = schema ?? ''
  const files = globSync('{mdm,declarative,other}/**/*.yaml', { cwd: folder }).sort()
  const made = collect(files.map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') })))
  assert.equal(made.size, 12)
  for (const [family, text] of made)
    assert.equal(readFileSync(join(root, 'wire/apple/catalog/data', `${family}.json`), 'utf8'), text, family)
})

test('the table holds facts, no prose: no text in it is longer than a name', () => {
  const long: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string' && (value.length > 90 || value.split(' ').length > 8)) long.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  for (const name of globSync('wire/apple/catalog/data/*.json', { cwd: root }))
    walk(JSON.parse(readFileSync(join(root, name), 'utf8')))
  assert.deepEqual(long, [])
})

test('every artifact passes every step', () => {
  for (const row of measure(readCatalog()))
    assert.deepEqual(
      { validated: row.validated, drawn: row.drawn, roundTripped: row.roundTripped },
      { validated: row.parsed, drawn: row.parsed, roundTripped: row.parsed },
      row.family,
    )
})

test('never on a system is said in two ways; versions stay text', () => {
  const [read] = collectOne(`
payload:
  requesttype: Try
  supportedOS:
    iOS: {introduced: '18.1', supervised: true}
    macOS: {introduced: n/a}
    tvOS: {introduced: '9.0', removed: '0'}
payloadkeys:
- key: Value
  type: <string>
  presence: required
  supportedOS:
    iOS:
      introduced: 18.10
`)
  assert.deepEqual(read?.os?.macos, null)
  assert.deepEqual(read?.os?.tvos, null)
  assert.equal(read?.fields?.[0]?.os?.ios?.introduced, '18.10')
  const inline = 'payload: {requesttype: Try, supportedOS: {iOS: {introduced: 18.10}}}'
  assert.throws(() => collectOne(inline), /as a number/)
})

test('two spellings of one access right are one bit; a right nobody knows stops the script', () => {
  const right = (accessrights: string) => tableOf({ macOS: { introduced: '11.0', accessrights } })
  assert.deepEqual(right('DeviceLockAndRemovePasscode'), right('AllowPasscodeRemovalAndLock'))
  assert.throws(() => right('AllowEverything'), /nobody knows/)
})

test('keys that hold themselves become a named type', () => {
  const [read] = collectOne(
    `
payload: {payloadtype: com.example.tree, supportedOS: {iOS: {introduced: '1.0'}}}
payloadkeys:
- key: Children
  type: <array>
  subkeytype: Node
  subkeys: &a
  - key: Node
    type: <dictionary>
    subkeys:
    - key: Children
      type: <array>
      subkeys: *a
`,
    'mdm/profiles/com.example.tree.yaml',
  )
  assert.equal(read?.fields?.[0]?.of, 'Node')
  assert.equal(read?.types?.Node?.item?.fields?.[0]?.of, 'Node')
})

interface Read {
  os?: Record<string, { introduced?: string } | null>
  fields?: { of?: string; os?: Record<string, { introduced?: string }> }[]
  types?: Record<string, { item?: { fields?: { of?: string }[] } }>
}

function collectOne(text: string, name = 'mdm/commands/try.yaml'): Read[] {
  const [table] = collect([{ name, text }]).values()
  const read: Read[] = JSON.parse(table ?? '[]')
  return read
}
