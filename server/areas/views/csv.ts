/** How a file of values separated by commas is written. */
export const csvEncodings = ['utf-8', 'shift_jis'] as const
export type CsvEncoding = (typeof csvEncodings)[number]

/** One line of CSV (RFC 4180). A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`
}

function field(value: string): string {
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The bytes of a text; the first of a file in UTF-8 begin with its mark, without which Excel takes it for something else. */
export function encodeCsv(text: string, encoding: CsvEncoding, first: boolean): Uint8Array {
  if (encoding === 'shift_jis') return encodeShiftJis(text)
  return new TextEncoder().encode(first ? `\ufeff${text}` : text)
}

let table: Map<string, number> | null = null

/**
 * Windows-31J (CP932), what Japanese Excel means by Shift_JIS. The platform only decodes it, so the table is made by decoding every code once.
 * Where a character has several codes the first counts, without the rows NEC copied from IBM, as the WHATWG encoder does it.
 * What it cannot say loses its accents, or becomes `?`.
 */
function encodeShiftJis(text: string): Uint8Array {
  table ??= shiftJisTable()
  const bytes: number[] = []
  for (const character of text) {
    const code = table.get(character) ?? table.get(character.normalize('NFD').charAt(0)) ?? 0x3f
    if (code > 0xff) bytes.push(code >> 8)
    bytes.push(code & 0xff)
  }
  return Uint8Array.from(bytes)
}

function shiftJisTable(): Map<string, number> {
  const decoder = new TextDecoder('shift_jis', { fatal: true })
  const codes = new Map<string, number>()
  const learn = (code: number, ...bytes: number[]): void => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes))
      if ([...character].length === 1 && !codes.has(character)) codes.set(character, code)
    } catch {
      // No character has this code.
    }
  }
  for (let byte = 0; byte < 0x80; byte += 1) learn(byte, byte)
  for (let byte = 0xa1; byte < 0xe0; byte += 1) learn(byte, byte)
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if ((lead > 0x9f && lead < 0xe0) || lead === 0xed || lead === 0xee) continue
    for (let trail = 0x40; trail <= 0xfc; trail += 1) learn((lead << 8) | trail, lead, trail)
  }
  // Signs that Unicode has twice and Windows-31J once.
  const twins = { '¥': '\\', '‾': '~', '−': '－', '〜': '～', '‖': '∥', '—': '―', '¢': '￠', '£': '￡', '¬': '￢' }
  for (const [from, to] of Object.entries(twins)) {
    const code = codes.get(to)
    if (code !== undefined && !codes.has(from)) codes.set(from, code)
  }
  return codes
}
