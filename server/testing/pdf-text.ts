import assert from 'node:assert/strict'
import { inflateSync } from 'node:zlib'

interface Part {
  head: string
  stream: string | null
}

/** The lines of text of each page of a PDF that we set, read back from its bytes through the tables of its fonts; each piece of text put down is a line. */
export function pdfText(bytes: Uint8Array): string[][] {
  const parts = partsOf(Buffer.from(bytes))
  const fontNames = new Map<string, Map<number, string>>()
  for (const { head } of parts.values())
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(parts.get(Number(id))?.head ?? '')?.[1]
      if (name !== undefined && table !== undefined)
        fontNames.set(name, unicodeOf(parts.get(Number(table))?.stream ?? ''))
    }
  assert.ok(fontNames.size > 0, 'the file has fonts that say their characters')
  const pages = [...parts.values()].filter(p => /\/Type \/Page\b(?!s)/.test(p.head))
  return pages.map(({ head }) => {
    const content = Number(/\/Contents (\d+) 0 R/.exec(head)?.[1])
    return linesOf(parts.get(content)?.stream ?? '', fontNames)
  })
}

function partsOf(bytes: Buffer): Map<number, Part> {
  const text = bytes.toString('latin1')
  const parts = new Map<number, Part>()
  for (const found of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const start = found.index + found[0].length
    const end = text.indexOf('\nendobj', start)
    const stream = text.indexOf('\nstream\n', start)
    const head = text.slice(start, stream === -1 || stream > end ? end : stream)
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const raw = stream === -1 || stream > end ? null : bytes.subarray(stream + 8, stream + 8 + length)
    const body = raw && /FlateDecode/.test(head) ? inflateSync(raw) : raw
    parts.set(Number(found[1]), { head, stream: body?.toString('latin1') ?? null })
  }
  return parts
}

function unicodeOf(table: string): Map<number, string> {
  const by = new Map<number, string>()
  const text = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')
  for (const [, from, , list] of table.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi))
    [...(list ?? '').matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex], i) => {
      by.set(Number.parseInt(from ?? '0', 16) + i, text((hex ?? '').replaceAll(' ', '')))
    })
  return by
}

function linesOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string[] {
  const lines: string[] = []
  let font: ReadonlyMap<number, string> | undefined
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name)
    else {
      const codes = [...(shown ?? '').matchAll(/<([0-9a-f]+)>/gi)].map(m => m[1]).join('')
      lines.push((codes.match(/.{4}/g) ?? []).map(c => font?.get(Number.parseInt(c, 16)) ?? '\ufffd').join(''))
    }
  }
  return lines
}
