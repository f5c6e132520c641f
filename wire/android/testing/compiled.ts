import { u32 } from './package.ts'

/*
 * Compiled XML and a table of resources, as small as Android takes them: what tests read again.
 */

/** Numbers of android.R.attr; names that have none stand for themselves. */
const numbers: Readonly<Record<string, number>> = {
  label: 0x01010001,
  icon: 0x01010002,
  name: 0x01010003,
  debuggable: 0x0101000f,
  minSdkVersion: 0x0101020c,
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  targetSdkVersion: 0x01010270,
  testOnly: 0x01010272,
  isSplitRequired: 0x01010591,
}

export interface Attribute {
  readonly name: string
  readonly value: string | number | boolean | { readonly resource: number }
}

export interface TestElement {
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly children: readonly TestElement[]
}

export const attribute = (name: string, value: Attribute['value']): Attribute => ({ name, value })

export const element = (
  name: string,
  attributes: readonly Attribute[],
  children: readonly TestElement[] = [],
): TestElement => ({ name, attributes, children })

const none = 0xffffffff
const u16 = (value: number): Buffer => Buffer.of(value & 0xff, value >>> 8)

function chunk(type: number, header: Buffer, body: Buffer = Buffer.alloc(0)): Buffer {
  const headed = 8 + header.length
  return Buffer.concat([u16(type), u16(headed), u32(headed + body.length), header, body])
}

/** A pool of texts, each of two bytes a letter. */
function textsOf(texts: readonly string[]): Buffer {
  const written = texts.map(t => Buffer.concat([u16(t.length), Buffer.from(t, 'utf16le'), u16(0)]))
  let at = 0
  const places = written.map(w => {
    at += w.length
    return u32(at - w.length)
  })
  const bytes = Buffer.concat(written)
  const filled = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])
  const start = 28 + places.length * 4
  const header = Buffer.concat([u32(texts.length), u32(0), u32(0), u32(start), u32(0)])
  return chunk(0x0001, header, Buffer.concat([...places, filled]))
}

const space = 'http://schemas.android.com/apk/res/android'

/** A manifest as devices read it. */
export function manifestBytes(root: TestElement): Buffer {
  const named: string[] = []
  const walk = (one: TestElement): void => {
    for (const { name } of one.attributes) if (numbers[name] !== undefined && !named.includes(name)) named.push(name)
    one.children.forEach(walk)
  }
  walk(root)
  // Names with numbers come first: their place in the list is that of the number. Devices look for attributes in the order of these.
  named.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0))
  const pool = [...named]
  const place = (text: string): number => {
    if (!pool.includes(text)) pool.push(text)
    return pool.indexOf(text)
  }
  const write = (one: TestElement): Buffer => {
    const name = place(one.name)
    const sorted = one.attributes.toSorted((a, b) => (numbers[a.name] ?? none) - (numbers[b.name] ?? none))
    const said = sorted.map(({ name: key, value }) => {
      const numbered = numbers[key] !== undefined
      const raw = typeof value === 'string' ? place(value) : none
      const typed = typedOf(value, raw)
      return Buffer.concat([u32(numbered ? place(space) : none), u32(place(key)), u32(raw), typed])
    })
    const about = Buffer.concat([u32(none), u32(name), u16(20), u16(20), u16(said.length), u16(0), u16(0), u16(0)])
    const line = Buffer.concat([u32(1), u32(none)])
    return Buffer.concat([
      chunk(0x0102, line, Buffer.concat([about, ...said])),
      ...one.children.map(write),
      chunk(0x0103, line, Buffer.concat([u32(none), u32(name)])),
    ])
  }
  const elements = write(root)
  const spaced = (type: number): Buffer =>
    chunk(type, Buffer.concat([u32(1), u32(none)]), Buffer.concat([u32(place('android')), u32(place(space))]))
  const around = [spaced(0x0100), elements, spaced(0x0101)]
  const ids = chunk(0x0180, Buffer.alloc(0), Buffer.concat(named.map(n => u32(numbers[n] ?? 0))))
  return chunk(0x0003, Buffer.alloc(0), Buffer.concat([textsOf(pool), ids, ...around]))
}

function typedOf(value: Attribute['value'], text: number): Buffer {
  const typed = (type: number, data: number): Buffer => Buffer.concat([u16(8), Buffer.of(0, type), u32(data)])
  if (typeof value === 'string') return typed(0x03, text)
  if (typeof value === 'number') return typed(0x10, value)
  if (typeof value === 'boolean') return typed(0x12, value ? none : 0)
  return typed(0x01, value.resource)
}

/** A table with a label as 0x7f010000, for all and in French, and a picture's file as 0x7f020000. */
export function resourceBytes(label: string, picture: string | null): Buffer {
  const texts = [label, `${label} (fr)`, ...(picture === null ? [] : [picture])]
  const types = [typeOf(1, '', 0, 0), typeOf(1, 'fr', 0, 1), ...(picture === null ? [] : [typeOf(2, '', 480, 2)])]
  const names = textsOf(picture === null ? ['string'] : ['string', 'drawable'])
  const keys = textsOf(['app'])
  const header = Buffer.concat([
    u32(0x7f),
    Buffer.concat([Buffer.from('tests', 'utf16le'), Buffer.alloc(256)]).subarray(0, 256),
    ...[u32(288), u32(0), u32(288 + names.length), u32(0), u32(0)],
  ])
  const specs = (picture === null ? [1] : [1, 2]).map(id =>
    chunk(0x0202, Buffer.concat([Buffer.of(id, 0, 0, 0), u32(1)]), u32(0)),
  )
  const body = [names, keys, ...specs.slice(0, 1), ...types.slice(0, 2), ...specs.slice(1), ...types.slice(2)]
  return chunk(0x0002, u32(1), Buffer.concat([textsOf(texts), chunk(0x0200, header, Buffer.concat(body))]))
}

/** One value of a type, for one kind of device. */
function typeOf(id: number, language: string, density: number, text: number): Buffer {
  const config = Buffer.alloc(64)
  config.writeUInt32LE(64, 0)
  config.write(language, 8, 'latin1')
  config.writeUInt16LE(density, 14)
  const header = Buffer.concat([Buffer.of(id, 0, 0, 0), u32(1), u32(8 + 12 + 64 + 4), config])
  const entry = Buffer.concat([u16(8), u16(0), u32(0), u16(8), Buffer.of(0, 0x03), u32(text)])
  return chunk(0x0201, header, Buffer.concat([u32(0), entry]))
}
