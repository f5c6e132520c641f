import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Face, type Fonts, faces } from './pdf-face.ts'
import { cell, type Doc, ink, margin, put, room, soft, stroke, taken, width } from './pdf-page.ts'
import { drawQr } from './pdf-qr.ts'
import { type PdfTable, table } from './pdf-table.ts'
import type { Language } from './say.ts'

export type { PdfColumn } from './pdf-table.ts'

/** What a PDF is made of, from top to bottom. Rows of a table may come one by one, from a database for instance. */
export type PdfBlock =
  | { kind: 'heading'; text: string; level?: 1 | 2 | 3 }
  | { kind: 'paragraph'; text: string; muted?: boolean }
  | { kind: 'keyValues'; pairs: readonly (readonly [string, string])[] }
  | ({ kind: 'table' } & PdfTable)
  | { kind: 'rule' }
  | { kind: 'pageBreak' }
  /** A QR code; `label` is what readers of the screen are told. */
  | { kind: 'qr'; text: string; label: string; side?: number }

/** A document to be set: A4, upright unless `landscape`. `footer` stands beside the page number of every page. */
export interface PdfWish {
  title: string
  language: Language
  blocks: Iterable<PdfBlock> | AsyncIterable<PdfBlock>
  landscape?: boolean
  footer?: string
  /** The instant the document says it was made at. */
  at?: number
}

const sizes = { 1: 20, 2: 14, 3: 11 } as const
const body = 9.5

/**
 * Sets a PDF and answers its bytes as they come to be; memory does not grow with the rows of its tables. Latin and Japanese are set in Noto Sans JP,
 * of which only the used characters are embedded; a character it lacks becomes 〓. Pages are numbered, heads of tables repeated, and
 * headings, paragraphs and tables tagged for screen readers.
 */
export async function* pdf(wish: PdfWish): AsyncGenerator<Uint8Array> {
  const { default: Document } = await import('pdfkit')
  const [regular, bold] = await Promise.all([fontFile('400Regular'), fontFile('700Bold')])
  const { title, language } = wish
  const at = wish.at === undefined ? {} : { CreationDate: new Date(wish.at), ModDate: new Date(wish.at) }
  const doc = new Document({
    size: 'A4',
    layout: wish.landscape ? 'landscape' : 'portrait',
    margins: { top: margin, bottom: margin + 16, left: margin, right: margin },
    autoFirstPage: false,
    tagged: true,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: { Title: title, Creator: 'Muster', Producer: 'Muster', ...at },
  })
  const fonts = faces(doc, { regular, bold })
  doc.on('pageAdded', foot(doc, fonts, wish.footer ?? title))
  doc.addPage()
  for await (const block of wish.blocks) {
    if (block.kind === 'table') yield* table(doc, fonts, block)
    else set(doc, fonts, block)
    yield* taken(doc)
  }
  doc.end()
  for await (const chunk of doc) yield chunk as Uint8Array
}

/** The same as one array of bytes, for short documents. */
export async function pdfBytes(wish: PdfWish): Promise<Uint8Array> {
  return Buffer.concat(await Array.fromAsync(pdf(wish)))
}

const files = new Map<string, Promise<Buffer>>()

function fontFile(style: '400Regular' | '700Bold'): Promise<Buffer> {
  const known = files.get(style)
  if (known) return known
  const name = `@expo-google-fonts/noto-sans-jp/${style}/NotoSansJP_${style}.ttf`
  const read = readFile(fileURLToPath(import.meta.resolve(name)))
  files.set(style, read)
  return read
}

function foot(doc: Doc, fonts: Fonts, text: string): () => void {
  let number = 0
  return () => {
    number += 1
    doc.markContent('Artifact', { type: 'Pagination' })
    const y = doc.page.height - margin
    const page = String(number)
    const left = fonts.regular.lines(text, { size: cell, width: width(doc) - 60, most: 1 })[0] ?? ''
    put(doc, fonts.regular, left, { x: margin, y, size: cell, color: soft })
    const x = doc.page.width - margin - fonts.regular.width(page, cell)
    put(doc, fonts.regular, page, { x, y, size: cell, color: soft })
    doc.endMarkedContent()
    doc.x = margin
    doc.y = margin
  }
}

function set(doc: Doc, fonts: Fonts, block: Exclude<PdfBlock, { kind: 'table' }>): void {
  switch (block.kind) {
    case 'heading': {
      const size = sizes[block.level ?? 1]
      if (doc.y > margin) doc.y += size * 0.6
      room(doc, size * 4)
      flow(doc, fonts.bold, block.text, { size, color: ink, tag: `H${block.level ?? 1}` })
      return
    }
    case 'paragraph':
      flow(doc, fonts.regular, block.text, { size: body, color: block.muted ? soft : ink, tag: 'P' })
      return
    case 'keyValues':
      for (const pair of block.pairs) keyValue(doc, fonts, pair)
      doc.y += body * 0.5
      return
    case 'rule':
      room(doc, 12)
      doc.markContent('Artifact', { type: 'Layout' })
      stroke(doc, doc.y + 4)
      doc.endMarkedContent()
      doc.y += 12
      return
    case 'pageBreak':
      doc.addPage()
      return
    case 'qr':
      drawQr(doc, { text: block.text, side: block.side ?? 120, label: block.label })
  }
}

/** Text over the whole width, broken over lines and pages. */
function flow(doc: Doc, face: Face, text: string, how: { size: number; color: string; tag: string }): void {
  const { size, color, tag } = how
  for (const part of text.split(/\r?\n/)) {
    const lines = face.lines(part, { size, width: width(doc), most: Number.POSITIVE_INFINITY })
    const element = doc.struct(tag)
    doc.addStructure(element)
    for (const one of lines) {
      room(doc, size * 1.45)
      const y = doc.y
      element.add(doc.struct('Span', {}, () => put(doc, face, one, { x: margin, y, size, color })))
      doc.y = y + size * 1.45
    }
    element.end()
  }
  doc.y += size * 0.35
}

const keyShare = 0.32

function keyValue(doc: Doc, fonts: Fonts, [key, value]: readonly [string, string]): void {
  const left = width(doc) * keyShare
  const most = Number.POSITIVE_INFINITY
  const keys = fonts.regular.lines(key, { size: body, width: left - 10, most })
  const values = fonts.regular.lines(value, { size: body, width: width(doc) - left, most })
  const element = doc.struct('P')
  doc.addStructure(element)
  for (let i = 0; i < Math.max(keys.length, values.length); i += 1) {
    room(doc, body * 1.5)
    const y = doc.y
    const span = doc.struct('Span', {}, () => {
      put(doc, fonts.regular, keys[i] ?? '', { x: margin, y, size: body, color: soft })
      put(doc, fonts.regular, values[i] ?? '', { x: margin + left, y, size: body, color: ink })
    })
    element.add(span)
    doc.y = y + body * 1.5
  }
  element.end()
}
