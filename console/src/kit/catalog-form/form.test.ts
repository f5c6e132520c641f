import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Artifact, isObject, type Json } from '@muster/wire/apple/catalog/catalog.ts'
import { type FormField, formFor } from '@muster/wire/apple/catalog/form.ts'
import { managementCatalog } from '@muster/wire/android/catalog/open.ts'
import { schemaOf } from '@muster/wire/android/catalog/schema.ts'
import { validate as validateMessage } from '@muster/wire/android/catalog/validate.ts'
import { readCatalog } from '@muster/wire/apple/catalog/testing/open.ts'
import { validate } from '@muster/wire/apple/catalog/validate.ts'
import fc from 'fast-check'
import { formFromSchema } from './from-schema.ts'
import { initialOf, movedUp, putAt, same, settingsOf, valueAt, withItem, withKey } from './value.ts'
import { fromTyped, toTyped } from './variables.ts'

const catalog = readCatalog()

function formOf(family: Artifact['family'], id: string): FormField {
  const found = catalog.find(family, id)
  assert.ok(found)
  return formFor(found)
}

test('a setting that is added says something of its type, and brings what it needs with it', () => {
  for (const artifact of catalog.all()) {
    for (const { field, keys } of settingsOf(formFor(artifact))) {
      const value = putAt({}, keys, initialOf(field))
      const types = validate(artifact, value).filter(
        f => (f.code === 'type' || f.code === 'form-misplaced' || f.code === 'too-few') && f.severity === 'error',
      )
      assert.deepEqual(types, [], `${artifact.id} ${keys.join('/')}`)
    }
  }
})

test('the list of settings looks into groups, and ends where types hold themselves', () => {
  const wifi = settingsOf(formOf('payload', 'com.apple.wifi.managed')).map(s => s.keys.join('/'))
  assert.ok(wifi.includes('SSID_STR') && wifi.includes('EAPClientConfiguration/AcceptEAPTypes'))
  assert.deepEqual(
    settingsOf(formOf('payload', 'com.apple.homescreenlayout')).map(s => s.keys.join('/')),
    ['Dock', 'Pages'],
  )
})

test('values are changed without touching what they were', () => {
  const before = { a: { b: 1 }, list: [1, 2, 3] }
  assert.deepEqual(putAt(before, ['a', 'c'], 2), { a: { b: 1, c: 2 }, list: [1, 2, 3] })
  assert.deepEqual(putAt(before, ['x', 'y'], 2), { ...before, x: { y: 2 } })
  assert.deepEqual(withKey(before, 'a', undefined), { list: [1, 2, 3] })
  assert.deepEqual(withItem(before.list, 1, undefined), [1, 3])
  assert.deepEqual(movedUp(before.list, 2), [1, 3, 2])
  assert.deepEqual(movedUp(before.list, 0), [1, 2, 3])
  assert.equal(valueAt(before, ['a', 'b']), 1)
  assert.equal(valueAt(before, ['a', 'constructor']), undefined)
  assert.deepEqual(before, { a: { b: 1 }, list: [1, 2, 3] })
  assert.ok(same({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }) && !same({ a: 1 }, { b: 1 }))
})

test('variables stand in braces; every value comes back as it was', () => {
  assert.deepEqual(fromTyped('Corp-{unit.name}'), { $text: ['Corp-', { $var: 'unit.name' }] })
  assert.deepEqual(fromTyped('{user.email}'), { $var: 'user.email' })
  assert.deepEqual(fromTyped('{user.attribute.cost center}'), { $var: 'user.attribute.cost center' })
  assert.equal(fromTyped('{nobody}'), '{nobody}')
  assert.equal(fromTyped('{{user.email}'), '{user.email}')
  const piece = fc.oneof(fc.string(), fc.constantFrom('{', '{{', '}', '{user.email}', '{x'))
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      const text = pieces.join('')
      assert.equal(fromTyped(toTyped(text)), text)
      const value = fromTyped(text)
      assert.deepEqual(fromTyped(toTyped(value)), value)
    }),
  )
})

test('a schema of our own is drawn as the same form', () => {
  const form = formFromSchema({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      name: { anyOf: [{ type: 'string', maxLength: 10 }, { $ref: '#/$defs/variable' }, { $ref: '#/$defs/text' }] },
      allowCamera: { anyOf: [{ type: 'boolean' }, { $ref: '#/$defs/variable' }], default: true, section: 'screen' },
      length: { type: 'integer', minimum: 4, maximum: 16, unit: 'characters' },
      security: { type: 'string', enum: ['open', 'wpa2'] },
      password: { anyOf: [{ $ref: '#/$defs/secret' }], secret: true, when: { security: ['wpa2'] } },
      anchors: {
        type: 'array',
        maxItems: 20,
        items: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/data' }], certificate: true },
      },
      source: {
        oneOf: [
          { type: 'object', properties: { by: { const: 'scep' }, url: { type: 'string' } }, required: ['by', 'url'] },
          { type: 'object', properties: { by: { const: 'file' } }, required: ['by'] },
        ],
      },
      odd: { not: {} },
    },
    required: ['name'],
    $defs: {
      variable: { type: 'object', properties: { $var: { type: 'string' } }, required: ['$var'] },
      text: { type: 'object', properties: { $text: { type: 'array' } }, required: ['$text'] },
      secret: { type: 'object', properties: { $secret: { type: 'string' } }, required: ['$secret'] },
      data: { type: 'object', properties: { $data: { type: 'string' } }, required: ['$data'] },
    },
  })
  const by = Object.fromEntries(form.fields().map(f => [f.name, f]))
  const shapes = Object.fromEntries(form.fields().map(f => [f.name, f.widget]))
  assert.deepEqual(shapes, {
    name: 'text',
    allowCamera: 'switch',
    length: 'number',
    security: 'select',
    password: 'text',
    anchors: 'list',
    source: 'union',
    odd: 'any',
  })
  assert.deepEqual([by.name?.required, by.name?.variables, by.length?.required], [true, true, false])
  assert.deepEqual([by.length?.min, by.length?.max, by.length?.unit], [4, 16, 'characters'])
  assert.deepEqual([by.allowCamera?.words, by.allowCamera?.default, by.allowCamera?.group], ['allow', true, 'screen'])
  assert.deepEqual([by.password?.secret, by.password?.when], [true, { security: ['wpa2'] }])
  assert.deepEqual([by.anchors?.item()?.widget, by.anchors?.count], ['data', { max: 20 }])
  assert.deepEqual(
    by.source?.cases().map(c => [c.name, c.fields().map(f => f.name)]),
    [
      ['scep', ['by', 'url']],
      ['file', ['by']],
    ],
  )
  const added: Json = by.source ? initialOf(by.source) : null
  assert.ok(isObject(added) && added.by === 'scep')
})

test("every key of another vendor's schema is drawn, and begins as something its catalog takes", () => {
  const management = managementCatalog()
  const form = formFromSchema(JSON.parse(JSON.stringify(schemaOf(management, 'Policy'))) as Json)
  assert.deepEqual(
    form.fields().map(f => f.name),
    [...management.message('Policy').keys()],
  )
  let seen = 0
  const walk = (field: FormField, depth: number): void => {
    seen += 1
    assert.ok(depth < 9, field.name)
    if (field.widget === 'select') assert.ok((field.options ?? []).length > 0, field.name)
    for (const one of field.fields()) walk(one, depth + 1)
    const item = field.item() ?? field.rest()
    if (item) walk(item, depth + 1)
  }
  walk(form, 0)
  assert.ok(seen > 350, String(seen))
  for (const field of form.fields()) {
    const wrong = validateMessage(management, 'Policy', { [field.name]: initialOf(field) })
    assert.deepEqual(
      wrong.filter(f => f.severity === 'error'),
      [],
      field.name,
    )
  }
})
