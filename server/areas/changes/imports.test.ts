import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type House, house } from '../../testing/house.ts'
import { csvLine, encodeCsv } from '../views/csv.ts'

type Row = Record<string, string | null>

const csv = (rows: readonly (readonly string[])[]): Uint8Array => encodeCsv(rows.map(csvLine).join(''), 'utf-8', true)

/** Hands in a file and waits until it was checked. */
async function bring(h: House, as: string, query: string, bytes: Uint8Array) {
  const sent = await h.http('POST', `/api/v1/imports?${query}`, {
    as,
    body: bytes,
    headers: { 'content-type': 'text/csv' },
  })
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  await h.settle()
  return (await h.http('GET', `/api/v1/imports/${sent.body.id}`, { as })).body
}

async function rowsOf(h: House, as: string, id: string, query = '') {
  const items: {
    line: number
    outcome: string
    state: string
    label: string
    errors: { code: string; column: string; facts: object }[]
    notes: { code: string }[]
    fields: object[]
  }[] = []
  let cursor: string | null = '0'
  while (cursor !== null) {
    const page: Awaited<ReturnType<House['http']>> = await h.http(
      'GET',
      `/api/v1/imports/${id}/rows?limit=500&cursor=${cursor}${query}`,
      { as },
    )
    items.push(...page.body.items)
    cursor = page.body.next
  }
  return items
}

async function act(h: House, as: string, id: string, what: 'apply' | 'undo', body: object = {}) {
  const answer = await h.http('POST', `/api/v1/imports/${id}/${what}`, { as, ...(what === 'apply' ? { body } : {}) })
  if (answer.status >= 300) return answer.body
  await h.settle()
  return (await h.http('GET', `/api/v1/imports/${id}`, { as })).body
}

/** Everything of people, units and devices as it is stored, but the numbers of visits. */
async function stored(h: House): Promise<Row[][]> {
  return h.run(async ctx => {
    const all: Row[][] = []
    for (const [table, order] of [
      ['users', 'id'],
      ['units', 'id'],
      ['groups', 'id'],
      ['group_members', 'user_id'],
      ['devices', 'id'],
      ['tags', 'device'],
    ] as const)
      all.push((await ctx.tx.selectFrom(table).selectAll().orderBy(order).execute()) as Row[])
    return all
  })
}

test('ten thousand people in Shift_JIS, two hundred lines wrong: each is named, nothing is done; then the rest is done, then undone to the bit', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const tokyo = await h.given.unit({ name: '東京' })
  await h.given.unit({ name: '営業', parent: tokyo.id })
  for (let n = 9_900; n < 10_000; n += 1)
    await h.given.user({
      displayName: `旧姓 ${n}`,
      employeeNumber: `N${n}`,
      email: `n${n}@havsten.test`,
      unit: tokyo.id,
    })
  const lines = [['社員番号', '氏名', 'よみ', 'メールアドレス', '部署', '言語']]
  const wrong = new Map<number, string>()
  for (let n = 0; n < 10_000; n += 1) {
    const row = [`N${n}`, `加藤 由美子${n}`, 'かとう ゆみこ', `n${n}@havsten.test`, '東京/営業', 'ja']
    if (n % 50 === 7) {
      const [column, value, code] = [
        [3, 'no address', 'email-malformed'],
        [1, '', 'missing'],
        [5, 'klingonska', 'language-unknown'],
        [1, '長'.repeat(201), 'too-long'],
      ][(n / 50) & 3] as [number, string, string]
      row[column] = value
      wrong.set(n + 2, code)
    }
    lines.push(row)
  }
  const bytes = encodeCsv(lines.map(csvLine).join(''), 'shift_jis', true)
  const before = await stored(h)
  const found = await bring(h, key, `of=users&mode=add&name=hr.csv`, bytes)
  assert.deepEqual([found.state, found.encoding, found.encodingKnown], ['ready', 'shift_jis', 'guessed'])
  assert.deepEqual(
    found.columns.map((c: { field: string }) => c.field),
    ['employeeNumber', 'displayName', 'yomi', 'email', 'unit', 'language'],
  )
  assert.deepEqual(await stored(h), before, 'nothing is done by looking')
  const errors = await rowsOf(h, key, found.id, '&only=errors')
  assert.equal(errors.length, 200)
  assert.deepEqual(
    errors.map(e => [e.line, e.errors.map(x => x.code).join()]),
    [...wrong],
  )
  assert.equal((await act(h, key, found.id, 'apply')).code, 'import.has-errors')
  assert.deepEqual(await stored(h), before)
  const applied = await act(h, key, found.id, 'apply', { skipErrors: true })
  assert.deepEqual([applied.state, applied.counts.applied, applied.counts.failed], ['applied', 9_702, 0])
  const people = await h.http('GET', '/api/v1/users?filter=language:ja', { as: key })
  assert.equal(people.body.total, 9_702)
  const undone = await act(h, key, found.id, 'undo')
  assert.deepEqual([undone.state, undone.counts.undone, undone.counts.kept], ['undone', 9_702, 0])
  assert.deepEqual(await stored(h), before, 'as if it had never been')
})

test('a file that updates changes those it knows, keeps what is empty, and makes nothing', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const [sales, support] = [await h.given.unit({ name: 'Sales' }), await h.given.unit({ name: 'Support' })]
  const hana = await h.given.user({
    displayName: 'Hana',
    employeeNumber: '1',
    email: 'hana@h.test',
    unit: sales.id,
    attributes: { floor: '7' },
  })
  const phone = await h.given.device({ unit: sales.id, user: hana.id })
  const group = await h.given.group({ name: 'First', users: [hana.id] })
  const bytes = csv([
    ['Employee number', 'E-mail', 'Unit', 'Groups', 'attribute.floor', 'attribute.desk', 'Language', 'Shoe size'],
    ['1', '', 'Support', '', '', 'A4', '日本語', '42'],
    ['2', '', 'Support', '', '', '', '', ''],
    ['', 'HANA@h.test', 'Nowhere', '', '', '', '', ''],
    ['1', '', 'Support', 'Ghosts', '', '', '', ''],
  ])
  const found = await bring(h, key, 'of=users&mode=update', bytes)
  assert.deepEqual([found.counts.change, found.counts.error, found.columns.at(-1)?.field], [0, 4, null])
  const errors = await rowsOf(h, key, found.id)
  assert.deepEqual(
    errors.map(e => e.errors.map(x => x.code)),
    [['duplicate'], ['unknown'], ['unit-unknown'], ['duplicate', 'group-unknown']],
  )
  const one = csv([
    ['Employee number', 'E-mail', 'Unit', 'Groups', 'attribute.floor', 'attribute.desk', 'Language'],
    ['1', '', 'Support', '', '', 'A4', '日本語'],
  ])
  const ready = await bring(h, key, 'of=users&mode=update', one)
  const [row] = await rowsOf(h, key, ready.id)
  assert.deepEqual(row?.fields, [
    { field: 'language', before: null, after: 'ja' },
    { field: 'attribute.desk', before: null, after: 'A4' },
    { field: 'unit', before: 'Sales', after: 'Support' },
  ])
  assert.deepEqual([ready.preview.devices, ready.preview.changed], [1, 0])
  const before = await stored(h)
  assert.equal((await act(h, key, ready.id, 'apply')).state, 'applied')
  const now = (await h.http('GET', `/api/v1/users/${hana.id}`, { as: key })).body
  assert.deepEqual(
    [now.unit.id, now.language, now.attributes, now.groups, now.owns],
    [
      support.id,
      'ja',
      { desk: 'A4', floor: '7' },
      [{ id: group.id, name: 'First' }],
      [{ id: phone.id, name: phone.name }],
    ],
  )
  assert.equal(
    (await h.http('GET', `/api/v1/devices?filter=unit:Support`, { as: key })).body.total,
    1,
    'the phone went along',
  )
  assert.equal((await act(h, key, ready.id, 'undo')).counts.undone, 1)
  assert.deepEqual(await stored(h), before)
})

test('a whole file removes what it leaves out, asks for that to be typed, and brings everyone back with what they had', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const people = []
  for (let n = 0; n < 40; n += 1)
    people.push(await h.given.user({ displayName: `P${n}`, employeeNumber: `${n}`, unit: sales.id, yomi: 'ぴい' }))
  const outside = await h.given.user({ displayName: 'Boss' })
  const phone = await h.given.device({ unit: sales.id, user: people[39]?.id ?? '' })
  await h.given.group({ name: 'Old', users: [people[39]?.id ?? ''] })
  const lines = [['number', 'name', 'yomi', 'groups', 'unit']]
  for (let n = 0; n < 10; n += 1) lines.push([`${n}`, `P${n}`, '', n === 0 ? 'New; Old' : '', 'Floor/2'])
  const found = await bring(h, key, `of=users&mode=replace&unit=${sales.id}`, csv(lines))
  assert.deepEqual(
    [found.counts.change, found.counts.remove, found.needsConfirmation],
    [10, 30, { phrase: 'remove 30', removals: 30, limit: 25, short: 0 }],
  )
  const before = await stored(h)
  assert.equal((await act(h, key, found.id, 'apply')).code, 'import.confirm')
  const applied = await act(h, key, found.id, 'apply', { confirm: 'remove 30' })
  assert.deepEqual([applied.counts.applied, applied.counts.failed], [40, 0])
  const left = (await h.http('GET', '/api/v1/users?limit=200', { as: key })).body
  assert.equal(left.total, 11)
  assert.ok(
    left.items.some((u: { id: string }) => u.id === outside.id),
    'who hangs elsewhere is not of the set',
  )
  const first = left.items.find((u: { displayName: string }) => u.displayName === 'P0')
  assert.deepEqual([first.yomi, first.unit.path, first.groups.length], [null, 'Havsten / Sales / Floor / 2', 2])
  const device = (await h.http('GET', `/api/v1/devices/${phone.id}`, { as: key })).body
  assert.equal(device.user, null, 'their devices stay and are nobody’s')
  const undone = await act(h, key, found.id, 'undo')
  assert.deepEqual([undone.counts.undone, undone.counts.kept], [40, 0])
  assert.deepEqual(await stored(h), before)
})

test('what someone changed since the import stays when it is undone, and is named', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const lines = [
    ['number', 'name'],
    ['1', 'Hana'],
    ['2', 'Emma'],
    ['3', 'Ken'],
  ]
  const found = await bring(h, key, 'of=users&mode=add', csv(lines))
  await act(h, key, found.id, 'apply')
  const all = (await h.http('GET', '/api/v1/users', { as: key })).body.items
  const [emma, hana] = all
  await h.http('PATCH', `/api/v1/users/${emma.id}`, { as: key, body: { displayName: 'Emma Nyström' } })
  await h.given.device({ user: hana.id })
  const undone = await act(h, key, found.id, 'undo')
  assert.deepEqual([undone.counts.undone, undone.counts.kept], [1, 2])
  const kept = await rowsOf(h, key, found.id, '&only=kept')
  assert.deepEqual(
    kept.map(r => [r.label, r.errors.map(e => e.code)]),
    [
      ['Hana', ['changed-since']],
      ['Emma', ['changed-since']],
    ],
  )
  assert.deepEqual(
    (await h.http('GET', '/api/v1/users', { as: key })).body.items.map((u: { displayName: string }) => u.displayName),
    ['Emma Nyström', 'Hana'],
  )
})

test('a line that would no longer do what was shown is left alone', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const hana = await h.given.user({ displayName: 'Hana', employeeNumber: '1' })
  const found = await bring(
    h,
    key,
    'of=users&mode=update',
    csv([
      ['number', 'name'],
      ['1', 'Hana K'],
    ]),
  )
  await h.http('PATCH', `/api/v1/users/${hana.id}`, { as: key, body: { displayName: 'Hana M' } })
  const applied = await act(h, key, found.id, 'apply')
  assert.deepEqual([applied.counts.applied, applied.counts.failed], [0, 1])
  const [row] = await rowsOf(h, key, found.id)
  assert.deepEqual([row?.state, row?.errors.map(e => e.code)], ['failed', ['changed-since']])
})

test('units come from their paths, are renamed and moved by id, and are undone', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const tokyo = await h.given.unit({ name: 'Tokyo' })
  const sales = await h.given.unit({ name: 'Sales', parent: tokyo.id })
  const empty = await h.given.unit({ name: 'Empty' })
  await h.given.user({ unit: sales.id })
  const before = await stored(h)
  const found = await bring(
    h,
    key,
    'of=units&mode=replace',
    csv([
      ['id', 'path'],
      ['', 'Lyon/Ventes'],
      [sales.id, 'Havsten / Lyon2 / Försäljning'],
      [tokyo.id, 'Havsten / Edo'],
    ]),
  )
  assert.deepEqual(
    (await rowsOf(h, key, found.id)).map(r => [r.outcome, r.errors.map(e => e.code)]),
    [
      ['add', []],
      ['error', ['unit-unknown']],
      ['change', []],
      ['remove', []],
    ],
  )
  assert.equal((await act(h, key, found.id, 'apply', { skipErrors: true })).code, 'import.errors-in-replace')
  const good = await bring(
    h,
    key,
    'of=units&mode=replace',
    csv([
      ['id', 'path'],
      ['', 'Lyon/Ventes'],
      [sales.id, 'Havsten / Försäljning'],
      [tokyo.id, 'Havsten / Edo'],
    ]),
  )
  assert.equal((await act(h, key, good.id, 'apply')).counts.applied, 4)
  const paths = (await h.http('GET', '/api/v1/units', { as: key })).body.items.map((u: { path: string }) => u.path)
  assert.deepEqual(paths, [
    'Havsten',
    'Havsten / Edo',
    'Havsten / Försäljning',
    'Havsten / Lyon',
    'Havsten / Lyon / Ventes',
  ])
  assert.equal((await act(h, key, good.id, 'undo')).counts.undone, 4)
  assert.deepEqual(await stored(h), before)
  assert.ok(empty)
})

test('devices are given, moved and tagged by serial number; a file that adds fills only what is empty', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const sales = await h.given.unit({ name: 'Sales' })
  const hana = await h.given.user({ displayName: 'Hana', employeeNumber: '1', email: 'hana@h.test', unit: sales.id })
  const ken = await h.given.user({ displayName: 'Ken', unit: sales.id })
  const [a, b] = [
    await h.given.device({ serial: 'C1A' }),
    await h.given.device({ serial: 'C1B', user: ken.id, tags: ['Spare'] }),
  ]
  const before = await stored(h)
  const lines = [
    ['シリアル番号', '使用者', '部門', '所有', 'タグ', '管理番号'],
    ['c1a', '1', 'Sales', '個人', 'Till; 予備', 'T-1'],
    ['C1B', 'Hana', 'Sales', '', 'Till', ''],
    ['C1C', '1', '', '', '', ''],
  ]
  const adding = await bring(h, key, 'of=devices&mode=add', csv(lines))
  assert.deepEqual(
    (await rowsOf(h, key, adding.id)).map(r => [r.outcome, r.fields.length, r.errors.map(e => e.code)]),
    [
      ['change', 3, []],
      ['same', 0, []],
      ['error', 0, ['device-unknown']],
    ],
  )
  const found = await bring(h, key, 'of=devices&mode=update', csv(lines))
  assert.equal((await act(h, key, found.id, 'apply', { skipErrors: true })).counts.applied, 2)
  const listed = (await h.http('GET', '/api/v1/devices?sort=serial', { as: key })).body.items
  assert.deepEqual(
    listed.map((d: { id: string; user: { id: string }; tags: string[]; unit: { name: string } }) => [
      d.id,
      d.user.id,
      d.tags,
      d.unit.name,
    ]),
    [
      [a.id, hana.id, ['till', '予備'].map(x => (x === 'till' ? 'Till' : x)), 'Sales'],
      [b.id, hana.id, ['Till'], 'Sales'],
    ],
  )
  assert.equal((await act(h, key, found.id, 'undo')).counts.undone, 2)
  assert.deepEqual(await stored(h), before)
})

test('a file that cannot be taken says why, and one is never taken in or applied beyond what its owner may', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const fails = async (query: string, text: string) =>
    (await bring(h, key, query, new TextEncoder().encode(text))).failure
  assert.deepEqual(await fails('of=users&mode=add', 'shoe;size\n1;2\n'), {
    code: 'import.key-column-missing',
    facts: { fields: 'id, employeeNumber, email' },
  })
  assert.deepEqual(await fails('of=users&mode=add', 'number,name\n1,"open\n2,x\n'), {
    code: 'import.unreadable',
    facts: { line: 2 },
  })
  assert.deepEqual(await fails('of=users&mode=add', 'number,name\n\n,\n'), { code: 'import.empty', facts: {} })
  const [own, other] = [await h.given.unit({ name: 'Own' }), await h.given.unit({ name: 'Other' })]
  const local = await h.given.admin({ role: 'admin', unit: own.id })
  await h.given.user({ displayName: 'Far', employeeNumber: '9', unit: other.id })
  const found = await bring(
    h,
    local.key,
    'of=users&mode=add',
    csv([
      ['number', 'name', 'unit'],
      ['1', 'Hana', 'Other'],
      ['9', 'Far', ''],
      ['2', 'Ken', ''],
    ]),
  )
  const rows = await rowsOf(h, local.key, found.id)
  assert.deepEqual(
    rows.map(r => [r.outcome, r.errors.map(e => e.code)]),
    [
      ['add', []],
      ['error', ['permission']],
      ['add', []],
    ],
    'an unseen unit is made below one’s own',
  )
  const sent = (unit: string) =>
    h.http('POST', `/api/v1/imports?of=users&mode=add&unit=${unit}`, {
      as: local.key,
      body: csv([['number'], ['1']]),
      headers: { 'content-type': 'text/csv' },
    })
  assert.equal((await sent(other.id)).body.code, 'id.unknown')
})
