import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unzip } from '../testing/unzip.ts'
import { type XlsxCell, xlsx } from './xlsx.ts'

const at = Date.UTC(2026, 2, 31)

async function sheetOf(rows: Iterable<readonly XlsxCell[]>, titles = ['a', 'b'], zone = 'UTC'): Promise<string> {
  const bytes = Buffer.concat(await Array.fromAsync(xlsx({ sheet: '端末 [1/2]', titles, rows, zone, at })))
  const files = await unzip(bytes)
  assert.match(files.get('xl/workbook.xml')?.toString() ?? '', /<sheet name="端末 {2}1 2"/)
  return files.get('xl/worksheets/sheet1.xml')?.toString() ?? ''
}

const cellOf = (sheet: string, place: string): string | undefined =>
  new RegExp(`<c r="${place}"[^>]*>(.*?)</c>`).exec(sheet)?.[0]

test('numbers are numbers, dates are dates in the zone, text is text', async () => {
  const instant = Date.UTC(2026, 2, 31, 15, 30)
  const sheet = await sheetOf(
    [
      [12.5, { instant }],
      [true, { day: '2026-04-01' }],
      ['山田 <&>', null],
    ],
    ['a', 'b'],
    'Asia/Tokyo',
  )
  assert.equal(cellOf(sheet, 'A2'), '<c r="A2"><v>12.5</v></c>')
  assert.equal(cellOf(sheet, 'B2'), '<c r="B2" s="2"><v>46113.02083333</v></c>')
  assert.equal(cellOf(sheet, 'A3'), '<c r="A3" t="b"><v>1</v></c>')
  assert.equal(cellOf(sheet, 'B3'), '<c r="B3" s="3"><v>46113</v></c>')
  assert.match(cellOf(sheet, 'A4') ?? '', /山田 &lt;&amp;&gt;/)
  assert.equal(cellOf(sheet, 'B4'), undefined)
  assert.match(sheet, /state="frozen"/)
  assert.match(sheet, /<autoFilter ref="A1:B4"\/>/)
  assert.match(cellOf(sheet, 'A1') ?? '', / s="1"/)
})

test('no text becomes a formula, an escape or broken XML', async () => {
  const hostile = ['=HYPERLINK("http://x")', '+1', '@SUM(A1)', '_x0041_', '\u0000\u001b]]>', '\ud800']
  const sheet = await sheetOf(hostile.map(text => [text]))
  assert.doesNotMatch(sheet, /<f[ >]/)
  for (const i of hostile.keys()) assert.match(cellOf(sheet, `A${i + 2}`) ?? '', /t="inlineStr"/)
  assert.match(cellOf(sheet, 'A5') ?? '', /_x005F_x0041_/)
  assert.match(cellOf(sheet, 'A6') ?? '', />\]\]&gt;</)
  assert.match(cellOf(sheet, 'A7') ?? '', /\ufffd/)
})

test('many columns and rows keep their places', async () => {
  const titles = Array.from({ length: 30 }, (_, i) => `c${i}`)
  const sheet = await sheetOf(
    Array.from({ length: 500 }, (_, r) => titles.map((_t, c) => r * 100 + c)),
    titles,
  )
  assert.equal(cellOf(sheet, 'AD501'), '<c r="AD501"><v>49929</v></c>')
  assert.equal(sheet.match(/<row /g)?.length, 501)
})

test('a fault of the rows reaches the reader of the file', async () => {
  const rows = (async function* (): AsyncGenerator<XlsxCell[]> {
    yield ['x']
    throw new Error('the database is gone')
  })()
  await assert.rejects(Array.fromAsync(xlsx({ sheet: 's', titles: ['a'], rows, zone: 'UTC', at })), /database is gone/)
})
