import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdfText } from '../testing/pdf-text.ts'
import { pdf, pdfBytes } from './pdf.ts'

const at = Date.UTC(2026, 2, 31)

test('a PDF says what it was given, in Latin and in Japanese, with the kanji of names', async () => {
  const bytes = await pdfBytes({
    title: '端末一覧',
    language: 'ja',
    at,
    footer: 'Örebro – 2026年3月31日',
    blocks: [
      { kind: 'heading', text: 'Årsrapport d’été' },
      { kind: 'paragraph', text: '𠮷田さんの端末は髙島屋で﨑山さんが拾いました。' },
      { kind: 'keyValues', pairs: [['資産番号', 'A-1']] },
      { kind: 'rule' },
      { kind: 'table', columns: [{ title: '名前' }, { title: 'OS', align: 'right' }], rows: [['㈱ 端末 ①', '26.1']] },
      { kind: 'pageBreak' },
      { kind: 'paragraph', text: 'no such sign: \u{1f600}' },
    ],
  })
  assert.deepEqual(pdfText(bytes), [
    [
      'Örebro – 2026年3月31日',
      '1',
      'Årsrapport d’été',
      '𠮷田さんの端末は髙島屋で﨑山さんが拾いました。',
      '資産番号',
      'A-1',
      '名前',
      'OS',
      '㈱ 端末 ①',
      '26.1',
    ],
    ['Örebro – 2026年3月31日', '2', 'no such sign: 〓'],
  ])
  const text = Buffer.from(bytes).toString('latin1')
  assert.match(text, /\/Marked true/)
  assert.match(text, /\/Lang \(ja\)/)
  assert.match(text, /D:20260331/)
  assert.ok(bytes.length < 80_000, `only the characters used are embedded, ${bytes.length} bytes`)
})

test('a long table repeats its head on every page and loses no row', async () => {
  const rows = function* (): Generator<string[]> {
    for (let i = 0; i < 300; i += 1) yield [`row ${i}`, '営業部']
  }
  const pages = pdfText(
    await pdfBytes({
      title: 'Long',
      language: 'en',
      blocks: [{ kind: 'table', columns: [{ title: 'First' }, { title: 'Second' }], rows: rows() }],
    }),
  )
  assert.ok(pages.length > 5, `${pages.length} pages`)
  for (const [i, page] of pages.entries())
    assert.deepEqual(page.slice(0, 4), ['Long', String(i + 1), 'First', 'Second'])
  const said = pages.flat().filter(l => l.startsWith('row '))
  assert.deepEqual(
    said,
    Array.from({ length: 300 }, (_, i) => `row ${i}`),
  )
})

test('text wraps where Japanese allows, and what does not fit a cell ends in an ellipsis', async () => {
  const long = 'とても長い部署の名前です。'.repeat(60)
  const pages = pdfText(
    await pdfBytes({
      title: 'Wrap',
      language: 'ja',
      blocks: [
        { kind: 'paragraph', text: long },
        { kind: 'table', columns: [{ title: 'a' }, { title: 'b' }], rows: [[long, 'x'.repeat(900)]] },
      ],
    }),
  )
  const lines = pages.flat()
  const flowed = lines.slice(2, lines.indexOf('a'))
  assert.equal(flowed.join(''), long)
  assert.ok(flowed.every(l => !l.startsWith('。')))
  assert.equal(lines.filter(l => l.endsWith('…')).length, 2)
})

test('bytes come while rows still come', async () => {
  let made = 0
  const rows = async function* (): AsyncGenerator<string[]> {
    for (; made < 3000; made += 1) yield [`row ${made}`]
  }
  let early = 0
  const blocks = [{ kind: 'table' as const, columns: [{ title: 'a' }], rows: rows() }]
  for await (const chunk of pdf({ title: 'Stream', language: 'en', blocks })) if (made < 2000) early += chunk.length
  assert.ok(early > 10_000, `${early} bytes before row 2000`)
})
