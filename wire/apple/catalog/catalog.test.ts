import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decode, encode, encodeBinary } from '../../plist/plist.ts'
import { Random } from '../../testing/random.ts'
import { type Artifact, type Field, isObject, type Json, placeOf, rootOf } from './catalog.ts'
import { type FormField, formFor } from './form.ts'
import { fromPlist, toPlist } from './plist.ts'
import { readCatalog } from './testing/open.ts'
import { changed, leaves, valuesOf } from './testing/values.ts'
import { validate } from './validate.ts'

const catalog = readCatalog()
const all = [...catalog.all()]
const count = (family: Artifact['family']): number => catalog.family(family).size
const errors = (artifact: Artifact, value: Json) => validate(artifact, value).filter(f => f.severity === 'error')
const nameOf = (a: Artifact): string => `${a.family} ${a.id}`

test('the catalog is as wide as what Apple has published up to OS 27', () => {
  assert.equal(count('command'), 68)
  // With the two frames of every profile (its top level, and what all payloads share) these are the 122 types of the files.
  assert.equal(
    count('payload') + ['TopLevel', 'CommonPayloadKeys'].filter(id => catalog.find('document', id)).length,
    122,
  )
  assert.equal(catalog.find('payload', 'com.apple.MCX')?.variants?.length, 6)
  assert.equal(catalog.find('payload', 'com.apple.extensiblesso')?.variants?.length, 2)
  // The credential documents are files of declarations too.
  assert.ok(count('declaration') + count('credential') >= 60, `${count('declaration')} declarations`)
  assert.equal(count('status') + [catalog.find('document', 'statusreason')].length, 63)
  assert.equal(count('checkin'), 9)
  assert.equal(count('error'), 5)
  assert.equal(count('setting'), 20)
  assert.equal(count('query'), 85)
  assert.equal(count('skip'), 45)
  assert.ok(count('reason') >= 22)
})

test('the table has as many keys as the files have', () => {
  const keys = (a: Pick<Artifact, 'fields'>): number => (a.fields ?? []).length
  assert.equal(keys(catalog.find('declaration', 'com.apple.configuration.passcode.settings') ?? {}), 13)
  assert.equal(keys(catalog.find('declaration', 'com.apple.configuration.account.exchange') ?? {}), 23)
  assert.equal(keys(catalog.find('payload', 'com.apple.applicationaccess') ?? {}), 188)
})

test('every artifact: valid values made from its facts are valid, minimal and full', () => {
  for (const artifact of all) {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('minimal' as const, 'full' as const), (seed, fullness) => {
        for (const value of valuesOf(artifact, fullness, new Random(seed)))
          assert.deepEqual(errors(artifact, value), [], `${nameOf(artifact)} ${JSON.stringify(value).slice(0, 400)}`)
      }),
      { numRuns: 6 },
    )
  }
})

test('every artifact: a key that is left out, of another type or out of bounds is found where it is', () => {
  let missing = 0
  let types = 0
  let limits = 0
  for (const artifact of all) {
    if (artifact.open) continue
    for (const value of valuesOf(artifact, 'full', new Random(7))) {
      for (const leaf of leaves(value).slice(0, 400)) {
        const field = placeOf(artifact, rootOf(artifact, value), leaf.at, value)?.field
        if (!field || field.type === 'any' || leaf.at === '') continue
        types += wrongType(artifact, value, leaf.at, field)
        limits += wrongBound(artifact, value, leaf.at, field)
        if (field.required) missing += leftOut(artifact, value, leaf.at, field)
      }
    }
  }
  assert.ok(missing > 500 && types > 2000 && limits > 400, `${missing} missing, ${types} types, ${limits} limits tried`)
})

function found(artifact: Artifact, value: Json, code: string, at: string): void {
  // A key that only some systems have is missed with a warning.
  const seen = code === 'missing' ? validate(artifact, value) : errors(artifact, value)
  assert.ok(
    seen.some(f => f.code === code && f.path === at),
    `${nameOf(artifact)} ${at}: expected ${code}, found ${JSON.stringify(seen)}`,
  )
}

const isKeyOfUnion = (artifact: Artifact, field: Field): boolean =>
  artifact.id === 'Settings' && artifact.family === 'command' && field.name === 'Item'
/** Keys by which a variant is told: broken, they make it another variant. */
const tellsVariants = (artifact: Artifact, field: Field): boolean =>
  artifact.variants !== undefined && field.allowed?.length === 1

function wrongType(artifact: Artifact, value: Json, at: string, field: Field): number {
  if (isKeyOfUnion(artifact, field) || tellsVariants(artifact, field)) return 0
  found(artifact, changed(value, at, field.type === 'array' ? true : ['not', 'this']), 'type', at)
  if (field.type === 'integer') found(artifact, changed(value, at, 1.5), 'type', at)
  if (field.type === 'string') found(artifact, changed(value, at, { $data: 'AQID' }), 'form-misplaced', at)
  return 1
}

function wrongBound(artifact: Artifact, value: Json, at: string, field: Field): number {
  if (isKeyOfUnion(artifact, field) || tellsVariants(artifact, field)) return 0
  if (field.max !== undefined) found(artifact, changed(value, at, field.max + 1), 'too-large', at)
  if (field.min !== undefined && !field.allowed?.includes(field.min - 1))
    found(artifact, changed(value, at, field.min - 1), 'too-small', at)
  if (field.allowed && field.max === undefined)
    found(artifact, changed(value, at, field.type === 'string' ? 'never so' : 987_654), 'not-allowed', at)
  if (field.format !== undefined) found(artifact, changed(value, at, '?'), 'format', at)
  return field.max !== undefined || field.min !== undefined || field.allowed || field.format !== undefined ? 1 : 0
}

function leftOut(artifact: Artifact, value: Json, at: string, field: Field): number {
  if (/\/\d+$/.test(at) || tellsVariants(artifact, field)) return 0
  found(artifact, changed(value, at, undefined), 'missing', at)
  return 1
}

test('every artifact: JSON becomes a property list and JSON again, as XML and as binary', () => {
  for (const artifact of all) {
    for (const seed of [1, 2, 3]) {
      for (const fullness of ['minimal', 'full'] as const) {
        for (const value of valuesOf(artifact, fullness, new Random(seed))) {
          if (!isObject(value)) continue
          const plist = toPlist(artifact, value)
          for (const write of [encode, encodeBinary])
            assert.deepEqual(fromPlist(artifact, decode(write(plist), { exact: true })), value, nameOf(artifact))
        }
      }
    }
  }
})

test('every artifact has a form, and recursive ones are drawn as deep as one looks', () => {
  for (const artifact of all) assert.ok(lines(formFor(artifact), 0) > 0, nameOf(artifact))
  const layout = catalog.find('payload', 'com.apple.homescreenlayout')
  assert.ok(layout)
  let field: FormField | undefined = formFor(layout)
  // Dock → icon → Pages → page → icon → Pages → … without end.
  field = named(field, 'Dock')?.item()
  for (let i = 0; i < 20; i++) field = named(field, 'Pages')?.item()?.item()
  assert.equal(named(field, 'Type')?.widget, 'select')
})

const named = (field: FormField | undefined, name: string): FormField | undefined =>
  field?.fields().find(f => f.name === name)

function lines(field: FormField, depth: number): number {
  assert.equal(typeof field.label, 'string')
  if (field.name) assert.ok(field.label.length > 0, field.name)
  if (depth > 7) return 1
  const below = [
    ...field.fields(),
    field.rest(),
    field.item(),
    ...field.cases().flatMap(c => [...c.fields(), c.rest()]),
  ]
  return below.reduce((sum, one) => sum + (one ? lines(one, depth + 1) : 0), 1)
}
