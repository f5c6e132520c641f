import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { decodeText } from './decode.ts'
import { columnsFor, fieldFor } from './header.ts'
import { languageOf } from './language.ts'
import { recordsIn, separatorOf } from './reading.ts'

async function scene(t: Parameters<typeof house>[0]) {
  const h = await house(t)
  const { key } = await h.given.admin()
  const tokyo = await h.given.unit({ name: '東京' })
  const sales = await h.given.unit({ name: '営業', parent: tokyo.id })
  const hana = await h.given.user({
    displayName: '安藤 遥',
    yomi: 'あんどう はるか',
    employeeNumber: '0042',
    email: 'hana@h.test',
    language: 'ja',
    unit: sales.id,
    attributes: { floor: '7' },
  })
  await h.given.user({ displayName: '=HYPERLINK("http://x")', employeeNumber: '7', unit: sales.id })
  await h.given.group({ name: '第一', users: [hana.id] })
  return { h, key, sales, hana }
}

async function bring(h: House, as: string, query: string, body: Uint8Array) {
  const headers = { 'content-type': 'text/csv' }
  const { id } = (await h.http('POST', `/api/v1/imports?${query}`, { as, body, headers })).body
  await h.settle()
  return (await h.http('GET', `/api/v1/imports/${id}`, { as })).body
}

for (const encoding of ['utf-8', 'shift_jis'] as const)
  test(`users that are exported as ${encoding} come back as they are, and an edited cell is one change`, async t => {
    const { h, key } = await scene(t)
    const columns = 'id,employeeNumber,displayName,yomi,email,language,unit,groups,attribute.floor'
    const query = `columns=${columns}&encoding=${encoding}&titles=ja&sort=yomi`
    const file = await h.http('GET', `/api/v1/users.csv?${query}`, { as: key })
    assert.equal(file.headers['content-type'], `text/csv; charset=${encoding}`)
    const { text } = decodeText(file.bytes, null)
    assert.ok(text.includes(`'=HYPERLINK`), 'a formula is not run by a spreadsheet')
    const same = await bring(h, key, 'of=users&mode=replace', file.bytes)
    assert.deepEqual([same.encoding, same.counts.same, same.counts.change, same.counts.remove], [encoding, 2, 0, 0])
    const edited = new TextEncoder().encode(text.replace('あんどう はるか', 'あんどう はる'))
    const one = await bring(h, key, 'of=users&mode=update', edited)
    assert.deepEqual([one.encoding, one.counts.same, one.counts.change], ['utf-8', 1, 1])
    assert.ok((await h.events()).includes('users.exported'))
  })

test('units that are exported come back as they are; an edited path moves or renames', async t => {
  const { h, key, sales } = await scene(t)
  const file = await h.http('GET', '/api/v1/units.csv?titles=fr', { as: key })
  const same = await bring(h, key, 'of=units&mode=replace', file.bytes)
  assert.deepEqual([same.counts.same, same.counts.error, same.counts.remove], [3, 0, 0])
  const text = decodeText(file.bytes, null).text.replace('東京 / 営業', '東京 / 営業部')
  const one = await bring(h, key, 'of=units&mode=update', new TextEncoder().encode(text))
  assert.equal(one.counts.change, 1)
  const rows = (await h.http('GET', `/api/v1/imports/${one.id}/rows?only=change`, { as: key })).body.items
  assert.deepEqual([rows[0].target, rows[0].fields], [sales.id, [{ field: 'name', before: '営業', after: '営業部' }]])
})

test('what is listed is what is exported, with the reader’s own units and nothing else', async t => {
  const { h, sales } = await scene(t)
  await h.given.user({ displayName: 'Boss' })
  const local = await h.given.admin({ role: 'read-only', unit: sales.id })
  const { bytes } = await h.http('GET', '/api/v1/users.csv?columns=displayName,unit&filter=language:ja', {
    as: local.key,
  })
  assert.equal(decodeText(bytes, null).text, 'displayName,unit\r\n安藤 遥,営業\r\n')
})

test('encodings are told apart by their marks and bytes', () => {
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x41, 0x00])
  const latin = Uint8Array.from([...'Nystr'].map(c => c.charCodeAt(0)).concat(0xf6, 0x6d))
  const kana = Uint8Array.from([0x82, 0xa9, 0x93, 0xa1])
  const half = Uint8Array.from([0xb6, 0xc4, 0xb3, 0x2c, 0x31])
  const of = (bytes: Uint8Array) => {
    const { text, encoding, known } = decodeText(bytes, null)
    return [text, encoding, known]
  }
  assert.deepEqual(of(utf16), ['A', 'utf-16le', 'marked'])
  assert.deepEqual(of(latin), ['Nyström', 'windows-1252', 'guessed'])
  assert.deepEqual(of(kana), ['か藤', 'shift_jis', 'guessed'])
  assert.deepEqual(of(half), ['ｶﾄｳ,1', 'shift_jis', 'guessed'])
  assert.deepEqual(of(new TextEncoder().encode('\ufeffå')), ['å', 'utf-8', 'marked'])
  assert.equal(decodeText(kana, 'windows-1252').known, 'said')
})

test('titles are known in four languages, by the fields’ own names, and as the caller says', () => {
  for (const title of ['社員番号', 'Matricule', 'anställningsnummer', 'EMPLOYEE  NUMBER', 'employeeNumber'])
    assert.equal(fieldFor('users', title), 'employeeNumber', title)
  assert.equal(fieldFor('users', '属性：内線'), 'attribute.内線')
  assert.equal(fieldFor('devices', '端末名'), 'name')
  const columns = columnsFor('users', ['Nr', 'Name', 'Full name'], { Nr: 'employeeNumber' })
  assert.deepEqual(
    columns.map(c => c.field),
    ['employeeNumber', 'displayName', null],
  )
})

test('languages are known by their codes and by their names', () => {
  assert.deepEqual(['ja', 'sv-se', 'Français', '日本語', 'svenska', 'anglais', 'tlh-xx-1', 'elvish'].map(languageOf), [
    'ja',
    'sv-SE',
    'fr',
    'ja',
    'sv',
    'en',
    null,
    null,
  ])
})

test('separators, quotes and lines within cells are read, and each record knows its line', async () => {
  const text = '\ufeffname;note\r\n"a;b";"two\r\nlines"\r\n\r\n;\r\nc;"say ""hi"""\r\n'
  assert.equal(separatorOf(text), ';')
  assert.equal(separatorOf('a\tb\n1,5\t2'), '\t')
  assert.equal(separatorOf('sep=;\na,b;c'), ';')
  const found = []
  for await (const one of recordsIn(text, ';')) found.push(one)
  assert.deepEqual(found, [
    { line: 1, cells: ['name', 'note'] },
    { line: 2, cells: ['a;b', 'two\nlines'] },
    { line: 6, cells: ['c', 'say "hi"'] },
  ])
})

test('a tag rule shows who would gain and lose its tag, and what that does, before it is saved', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const old = await h.given.enrolled()
  await h.given.enrolled()
  await h.given.assigned({
    policies: [{ kind: 'test.network', name: 'Corp', value: { ssid: 'Corp' } }],
    scope: { include: { tags: ['first'] } },
  })
  const body = { name: 'First', tag: 'First', filter: `serial:${old.device.serial}`, unit: h.root.id }
  const shown = await h.http('POST', '/api/v1/tag-rules?dryRun=true', { as: key, body })
  assert.deepEqual([shown.status, shown.body.gain, shown.body.lose, shown.body.preview.added], [200, 1, 0, 1])
  assert.deepEqual((await h.http('GET', '/api/v1/tag-rules', { as: key })).body.items, [])
  const made = await h.http('POST', '/api/v1/tag-rules', { as: key, body })
  assert.equal(made.status, 201)
  await h.settle()
  const listed = (await h.http('GET', '/api/v1/tag-rules', { as: key })).body.items
  assert.deepEqual([listed[0].devices, listed[0].looked], [1, null])
  const gone = await h.http('DELETE', `/api/v1/tag-rules/${made.body.id}?dryRun=true`, { as: key })
  assert.deepEqual([gone.body.gain, gone.body.lose, gone.body.preview.removed], [0, 1, 1])
  const wider = await h.http('PATCH', `/api/v1/tag-rules/${made.body.id}?dryRun=true`, {
    as: key,
    body: { filter: '' },
  })
  assert.deepEqual([wider.body.gain, wider.body.lose], [1, 0])
})
