import type { Random } from './random.ts'

const TOKENS = [
  ...['dict', 'array', 'key', 'string', 'integer', 'real', 'date', 'data', 'true', 'false', 'plist', 'x'].flatMap(
    name => [`<${name}>`, `</${name}>`, `<${name}/>`, `<${name} a="1>">`],
  ),
  ...[
    '<key>a</key>',
    '<key>__proto__</key>',
    '<integer>12</integer>',
    '<integer>-0x7fffffffffffffff</integer>',
    '<real>nan</real>',
  ],
  ...[
    '<string>a&amp;b</string>',
    '<data>AQID</data>',
    '<date>2026-11-20T17:00:00Z</date>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
  ],
  ...[
    '&lt;',
    '&#x41;',
    '&#0;',
    '&',
    ';',
    '&a;',
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<?',
    '?>',
    '<!DOCTYPE plist>',
    '<!DOCTYPE a [',
    '<',
    '>',
    '/',
  ],
  ...['9'.repeat(30), '1e999', 'AQ==', ' ', '\n', '\r\n', '\u0000', '\ufeff', '\ud800', 'é', '😀', '"', "'"],
]
const NAMES = ['a', '', '__proto__', 'constructor', 'é', '&amp;']
const TEXTS = ['', 'a', ' x ', '&lt;', '<![CDATA[&]]>', '<!-- c -->b', '😀', '&#13;', '\r\n']
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  string: TEXTS,
  integer: ['0', '-1', '9007199254740993', '18446744073709551615', '0xff', '', 'x'],
  real: ['0.5', '-0', 'nan', '+infinity', '1e400', '1.', ''],
  date: ['2026-11-20T17:00:00Z', '0001-01-01T00:00:00Z', '2026-02-30T00:00:00Z', ''],
  data: ['', 'AQID', 'A Q = =', 'A', '*'],
}

/** A property list in XML: mostly well-formed, sometimes a heap of tokens, in any of the encodings. */
export function anyXml(random: Random): Uint8Array {
  const body = random.once(3)
    ? Array.from({ length: random.below(40) }, () => random.pick(TOKENS)).join('')
    : element(random, 0)
  const text = random.once(8) ? body : `<?xml version="1.0"?>\n<plist version="1.0">${body}</plist>`
  if (random.once(20)) return Buffer.from(`\ufeff${text}`, 'utf16le')
  return Buffer.from(random.once(20) ? `\ufeff${text}` : text)
}

function element(random: Random, depth: number): string {
  if (random.once(60)) return random.pick(TOKENS)
  const space = random.once(5) ? random.pick([' ', '\n\t', '<!-- -->']) : ''
  const kind = random.below(depth > 6 ? 2 : 5)
  if (kind === 0) return `${space}<${random.pick(['true', 'false', 'string', 'dict', 'array', 'data'])}/>`
  if (kind < 3) {
    const name = random.pick(Object.keys(LEAVES))
    return `${space}<${name}>${random.pick(LEAVES[name] ?? TEXTS)}</${name}>`
  }
  const items = Array.from({ length: random.below(5) }, () => {
    const item = element(random, depth + 1)
    return kind === 3 ? item : `<key>${random.pick(NAMES)}</key>${item}`
  })
  const name = kind === 3 ? 'array' : 'dict'
  return `${space}<${name}>${items.join('')}</${name}>`
}

const MARKERS = [
  0x00, 0x08, 0x09, 0x10, 0x11, 0x12, 0x13, 0x14, 0x22, 0x23, 0x33, 0x40, 0x51, 0x52, 0x5f, 0x61, 0x6f, 0x71, 0x80,
  0x81,
]
const CONTAINERS = [0xa0, 0xa1, 0xa2, 0xa5, 0xaf, 0xc1, 0xd0, 0xd1, 0xd2, 0xd3, 0xdf]

/** A binary property list whose tables are mostly right and whose references go anywhere. */
export function anyBinary(random: Random): Uint8Array {
  const count = 1 + random.below(24)
  const objects = Array.from({ length: count }, (_, i) => object(random, i, count))
  const offsetSize = random.pick([1, 2, 2, 4, 8])
  const parts: Uint8Array[] = [Buffer.from('bplist00')]
  const table: Uint8Array[] = []
  let at = 8
  for (const item of objects) {
    table.push(number(random.once(80) ? random.below(4096) : at, offsetSize))
    parts.push(item)
    at += item.length
  }
  const trailer = new Uint8Array(32)
  trailer[6] = random.once(80) ? random.below(256) : offsetSize
  trailer[7] = random.once(80) ? random.below(256) : 1
  trailer.set(number(random.once(80) ? random.below(9999) : count, 8), 8)
  trailer.set(number(random.once(40) ? random.below(count) : 0, 8), 16)
  trailer.set(number(random.once(80) ? random.below(9999) : at, 8), 24)
  return Buffer.concat([...parts, ...table, trailer])
}

function object(random: Random, index: number, count: number): Uint8Array {
  const container = index < count / 2 && !random.once(4)
  const marker = random.once(40) ? random.below(256) : random.pick(container ? CONTAINERS : MARKERS)
  let length = marker & 15
  const head = [marker]
  if (length === 15 && marker > 0x3f) {
    length = random.below(40)
    head.push(random.once(30) ? random.below(256) : 0x10, length)
  }
  if (!container) return Uint8Array.from([...head, ...random.bytes(size(marker, length))])
  const keys = marker >= 0xd0
  // Mostly forward, so that most documents end; sometimes backward, so that some never would.
  const ref = () => (random.once(12) ? random.below(count + 1) : Math.min(count - 1, index + 1 + random.below(count)))
  return Uint8Array.from([...head, ...Array.from({ length: keys ? length * 2 : length }, ref)])
}

function size(marker: number, length: number): number {
  const kind = marker >> 4
  if (kind === 1 || kind === 2 || kind === 3) return 1 << Math.min(length, 6)
  return kind === 6 ? length * 2 : kind === 0 ? 0 : kind === 8 ? length + 1 : length
}

function number(value: number, length: number): Uint8Array {
  const out = new Uint8Array(length)
  for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) out[i] = rest % 256
  return out
}
