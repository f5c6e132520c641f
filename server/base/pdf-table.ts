import type { Face, Fonts } from './pdf-face.ts'
import { bottom, cell, type Doc, ink, margin, put, room, stroke, taken, width } from './pdf-page.ts'

/** A column of a table in a PDF; `weight` is its share of the width, chosen from what the first rows hold where it is absent. */
export interface PdfColumn {
  title: string
  weight?: number
  align?: 'left' | 'right'
}

/** The head of a table and its rows, which may come one by one. */
export interface PdfTable {
  columns: readonly PdfColumn[]
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>
}

const padding = 3
const mostLines = 4
// The structure of a table stays in memory until its end, so long ones are tagged as far as this and set as plain text from there on.
const mostTagged = 2000
const sampled = 60

/** Sets a table row by row; answers the bytes that come to be meanwhile. */
export async function* table(doc: Doc, fonts: Fonts, { columns, rows }: PdfTable): AsyncGenerator<Uint8Array> {
  const first: (readonly string[])[] = []
  let grid: Grid | null = null
  let tagged = 0
  for await (const row of rows) {
    if (grid === null) {
      first.push(row)
      if (first.length < sampled) continue
      grid = begin(doc, fonts, columns, first)
      for (const one of first) lay(grid, one, tagged++ < mostTagged)
      continue
    }
    lay(grid, row, tagged++ < mostTagged)
    yield* taken(doc)
  }
  if (grid === null) {
    grid = begin(doc, fonts, columns, first)
    for (const one of first) lay(grid, one, true)
  }
  grid.element.end()
  doc.y += cell * 1.2
}

interface Grid {
  doc: Doc
  fonts: Fonts
  columns: readonly PdfColumn[]
  widths: readonly number[]
  element: PDFKit.PDFStructureElement
}

function begin(doc: Doc, fonts: Fonts, columns: readonly PdfColumn[], rows: readonly (readonly string[])[]): Grid {
  const long = (text: string): number => Math.min(fonts.regular.width(text, cell), 180) + 2 * padding + 4
  const wanted = columns.map((c, i) => {
    if (c.weight !== undefined) return null
    const longest = Math.max(24, ...rows.map(r => long(r[i] ?? '')))
    return Math.max(longest, Math.min(long(c.title) * 1.1, 90))
  })
  const weights = wanted.map((w, i) => w ?? columns[i]?.weight ?? 1)
  const sum = weights.reduce((a, b) => a + b, 0) || 1
  const element = doc.struct('Table')
  doc.addStructure(element)
  const grid = { doc, fonts, columns, widths: weights.map(w => (w / sum) * width(doc)), element }
  room(doc, cell * 8)
  head(grid, true)
  return grid
}

function head(grid: Grid, tagged: boolean): void {
  const titles = grid.columns.map(c => c.title)
  const height = write(grid, titles, { face: grid.fonts.bold, tag: tagged ? 'TH' : null, fill: '#eef1f4' })
  grid.doc.y += height
}

function lay(grid: Grid, row: readonly string[], tagged: boolean): void {
  const { doc, fonts } = grid
  const lines = Math.max(1, ...broken(grid, fonts.regular, row).map(l => l.length))
  if (doc.y + lines * cell * 1.35 + 2 * padding > bottom(doc)) {
    doc.addPage()
    head(grid, false)
  }
  const height = write(grid, row, { face: fonts.regular, tag: tagged ? 'TD' : null, fill: null })
  doc.y += height
}

function broken({ widths }: Grid, face: Face, row: readonly string[]): string[][] {
  return widths.map((w, i) => face.lines(row[i] ?? '', { size: cell, width: w - 2 * padding, most: mostLines }))
}

function write(
  grid: Grid,
  row: readonly string[],
  { face, tag, fill }: { face: Face; tag: 'TH' | 'TD' | null; fill: string | null },
): number {
  const { doc, widths, columns } = grid
  const cells = broken(grid, face, row)
  const height = Math.max(1, ...cells.map(c => c.length)) * cell * 1.35 + 2 * padding
  const top = doc.y
  doc.markContent('Artifact', { type: 'Layout' })
  if (fill !== null) doc.rect(margin, top, width(doc), height).fill(fill)
  stroke(doc, top + height)
  doc.endMarkedContent()
  const line = tag === null ? null : doc.struct('TR')
  if (line) grid.element.add(line)
  if (tag === null) doc.markContent('Artifact', { type: 'Layout' })
  let x = margin
  cells.forEach((lines, i) => {
    const w = widths[i] ?? 0
    const left = x + padding
    const draw = (): void =>
      lines.forEach((text, n) => {
        const aside = columns[i]?.align === 'right' ? w - 2 * padding - face.width(text, cell) : 0
        put(doc, face, text, { x: left + aside, y: top + padding + n * cell * 1.35, size: cell, color: ink })
      })
    if (line && tag !== null) line.add(doc.struct(tag, {}, draw))
    else draw()
    x += w
  })
  line?.end()
  if (tag === null) doc.endMarkedContent()
  doc.y = top
  return height
}
