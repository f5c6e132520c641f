import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house } from '../../testing/house.ts'
import { csvLine, encodeCsv } from './csv.ts'

test('what a spreadsheet would run is made harmless, and what needs quotes has them', () => {
  assert.equal(csvLine(['=1+1', '-2', '@x', '＝A1', '\tx']), "'=1+1,'-2,'@x,'＝A1,'\tx\r\n")
  assert.equal(
    csvLine(['a,b', 'say "hi"', 'two\nlines', ' lead', 'plain']),
    '"a,b","say ""hi""","two\nlines"," lead",plain\r\n',
  )
})

test('Shift_JIS is what Japanese Windows writes, and reads back the same', () => {
  const text = '佐藤 美咲,ｱｲｳ,①㈱髙﨑,～－∥,¥'
  const bytes = encodeCsv(text, 'shift_jis', true)
  assert.equal(new TextDecoder('shift_jis').decode(bytes), '佐藤 美咲,ｱｲｳ,①㈱髙﨑,～－∥,\\')
  // CP932 code points with several codes: NEC row 13 before IBM, JIS before NEC.
  assert.deepEqual([...encodeCsv('㈱∪髙', 'shift_jis', false)], [0x87, 0x8a, 0x81, 0xbe, 0xfb, 0xfc])
  assert.equal(new TextDecoder('shift_jis').decode(encodeCsv('Åsa 한', 'shift_jis', false)), 'Asa ?')
})

test('the export is exactly the filter and the columns shown, however many pages it takes', async t => {
  const h = await house(t)
  const { key } = await h.given.admin()
  const user = await h.given.user({ displayName: '=HYPERLINK("x")' })
  for (let i = 0; i < 230; i += 1) await h.given.device({ name: `d${String(i).padStart(3, '0')}` })
  await h.given.device({ name: '美咲の Mac', platform: 'macos', user: user.id })
  const file = (query: string) => h.http('GET', `/api/v1/devices.csv?${query}`, { as: key })
  const all = await file('filter=platform:ios&columns=name,platform&sort=name')
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(all.bytes).split('\r\n')
  assert.equal(lines.length, 232)
  assert.deepEqual([lines[0], lines[1], lines[230]], ['\ufeffname,platform', 'd000,ios', 'd229,ios'])
  const mac = await file('filter=platform:macos&columns=name,user,waiting&encoding=shift_jis&titles=ja')
  assert.equal(
    new TextDecoder('shift_jis').decode(mac.bytes),
    '名前,使用者,待機中のコマンド\r\n美咲の Mac,"\'=HYPERLINK(""x"")",0\r\n',
  )
  assert.match(mac.headers['content-disposition'] ?? '', /^attachment; filename="devices-2026-11-20\.csv"$/)
  assert.equal((await file('columns=name,secret')).status, 400)
  assert.equal((await file('filter=colour:red')).body.code, 'filter.field-unknown')
  assert.equal((await h.events()).filter(e => e === 'devices.exported').length, 2)
})
