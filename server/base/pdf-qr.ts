import { create } from 'qrcode'
import { type Doc, margin, room } from './pdf-page.ts'

/** A QR code of so many points in width at the left margin: black on white, drawn as lines of squares, with a quiet zone of four. (ISO/IEC 18004 §9.1) */
export function drawQr(doc: Doc, { text, side, label }: { text: string; side: number; label: string }): void {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules
  const step = side / (size + 8)
  room(doc, side + 8)
  const top = doc.y
  const figure = doc.struct('Figure', { alt: label }, () => {
    doc.rect(margin, top, side, side).fill('#ffffff')
    for (let y = 0; y < size; y += 1)
      for (let x = 0; x < size; x += 1) {
        if (!data[y * size + x]) continue
        let run = 1
        while (x + run < size && data[y * size + x + run]) run += 1
        doc.rect(margin + (x + 4) * step, top + (y + 4) * step, run * step, step)
        x += run - 1
      }
    doc.fill('#000000')
  })
  doc.addStructure(figure)
  doc.x = margin
  doc.y = top + side + 8
}
