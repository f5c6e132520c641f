/** A style of the font of a document, with what it takes to break lines. */
export interface Face {
  readonly name: string
  /** How wide a text is at a size, in points. */
  width(text: string, size: number): number
  /** The text in lines of at most this width, at most `most` of them; what is left out is shown by an ellipsis. A text without words is one empty line. */
  lines(text: string, wish: { size: number; width: number; most: number }): string[]
}

/** The two styles that documents are set in. */
export interface Fonts {
  readonly regular: Face
  readonly bold: Face
}

// Neither may begin a line in Japanese (kinsoku), nor the second end one.
const notFirst = /[、。，．・：；？！ー）」』】〉》〕］｝,.:;?!)\]}%]/u
const notLast = /[（「『【〈《〔［｛([{]/u
const wide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u{20000}-\u{3ffff}]/u
const missing = '〓'

interface Opened {
  _font: { font: { hasGlyphForCodePoint(code: number): boolean } }
}

/** Makes the two styles known to a document. */
export function faces(doc: PDFKit.PDFDocument, files: { regular: Buffer; bold: Buffer }): Fonts {
  const face = (name: 'regular' | 'bold'): Face => {
    doc.registerFont(name, files[name])
    doc.font(name)
    // The library has no public way to ask whether a font has a character.
    const { font } = (doc as unknown as Opened)._font
    return faceOf(name, character => {
      if (!font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)) return null
      return doc.font(name).fontSize(1000).widthOfString(character) / 1000
    })
  }
  return { regular: face('regular'), bold: face('bold') }
}

/** A face from the widths of its characters at size 1; null where it lacks one. */
function faceOf(name: string, measured: (character: string) => number | null): Face {
  const known = new Map<string, number | null>()
  const of = (character: string): number | null => {
    const width = known.get(character)
    if (width !== undefined) return width
    const fresh = measured(character)
    known.set(character, fresh)
    return fresh
  }
  const clean = (text: string): string[] =>
    [...text.replaceAll(/[\u202f\u2007]/g, '\u00a0').replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')].map(c =>
      of(c) === null ? missing : c,
    )
  const sum = (characters: Iterable<string>): number => {
    let width = 0
    for (const c of characters) width += of(c) ?? 0
    return width
  }
  return {
    name,
    width: (text, size) => sum(clean(text)) * size,
    lines: (text, { size, width, most }) => {
      const lines: string[] = []
      let rest = clean(text.trim())
      const room = Math.max(width / size, 1)
      while (rest.length > 0) {
        const end = fitting(rest, room, of)
        if (end < rest.length && lines.length + 1 >= most) {
          let kept = rest.slice(0, end)
          while (kept.length > 0 && sum(kept) + (of('…') ?? 1) > room) kept = kept.slice(0, -1)
          lines.push(`${kept.join('').trimEnd()}…`)
          return lines
        }
        lines.push(rest.slice(0, end).join('').trimEnd())
        while (rest[end] === ' ') rest = rest.toSpliced(end, 1)
        rest = rest.slice(end)
      }
      return lines.length === 0 ? [''] : lines
    },
  }
}

/** How many of the characters make the next line: as many as fit, back to the last place where a line may end. */
function fitting(characters: readonly string[], room: number, of: (character: string) => number | null): number {
  let width = 0
  let end = 0
  while (end < characters.length) {
    width += of(characters[end] ?? '') ?? 0
    if (width > room + 1e-9) break
    end += 1
  }
  if (end >= characters.length) return characters.length
  for (let at = end; at > 0; at -= 1) if (mayBreak(characters[at - 1] ?? '', characters[at] ?? '')) return at
  return Math.max(end, 1)
}

function mayBreak(before: string, after: string): boolean {
  if (before === ' ' || after === ' ') return true
  if (notFirst.test(after) || notLast.test(before)) return false
  return wide.test(before) || wide.test(after) || before === '-' || before === '/'
}
