import type { Face } from './pdf-face.ts'

/** A document while it is set. */
export type Doc = PDFKit.PDFDocument

/** The white around a page, the inks and the size of small text, in points. */
export const margin = 48
export const ink = '#1b1f24'
export const soft = '#5d6670'
const line = '#d0d5da'
export const cell = 8

/** What the document has written so far. */
export function* taken(doc: Doc): Generator<Uint8Array> {
  for (let chunk: unknown = doc.read(); chunk !== null; chunk = doc.read()) yield chunk as Uint8Array
}

/** How wide text may be. */
export const width = (doc: Doc): number => doc.page.width - 2 * margin
/** Where text has to end. */
export const bottom = (doc: Doc): number => doc.page.height - doc.page.margins.bottom

/** Where and how a line is put down. */
export interface Place {
  x: number
  y: number
  size: number
  color: string
}

/** Writes one line at a place, without moving on or breaking the page. */
export function put(doc: Doc, face: Face, text: string, { x, y, size, color }: Place): void {
  if (text === '') return
  const { bottom: kept } = doc.page.margins
  doc.page.margins.bottom = 0
  doc.font(face.name).fontSize(size).fillColor(color).text(text, x, y, { lineBreak: false })
  doc.page.margins.bottom = kept
}

/** Begins a new page unless this much is left of this one. */
export function room(doc: Doc, height: number): void {
  if (doc.y + height > bottom(doc)) doc.addPage()
}

/** A thin line over the whole width. */
export function stroke(doc: Doc, y: number): void {
  const right = doc.page.width - margin
  doc.moveTo(margin, y).lineTo(right, y).lineWidth(0.5).strokeColor(line).stroke()
}
