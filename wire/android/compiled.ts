import { Malformed } from '../malformed.ts'
import { chunksIn, readTexts, type Texts, type Value, valueAt, valueTypes } from './strings.ts'

/** An element of a compiled XML file. Attributes are found by the number that Android gives them, or by their name. */
export interface Compiled {
  readonly name: string
  readonly attributes: readonly CompiledAttribute[]
  readonly children: Compiled[]
}

export interface CompiledAttribute {
  readonly id: number
  readonly name: string
  readonly value: Value
  /** What it says, where that is a text. */
  readonly text: string | null
}

const kinds = { texts: 0x0001, xml: 0x0003, ids: 0x0180, open: 0x0102, close: 0x0103 } as const
const mostElements = 100_000
const deepest = 100

/** Reads a compiled XML file (ResXMLTree): its outermost element. */
export function readCompiled(bytes: Buffer): Compiled {
  if (bytes.length < 8 || bytes.readUInt16LE(0) !== kinds.xml) throw new Malformed('apk.xml')
  const headed = bytes.readUInt16LE(2)
  if (headed < 8 || headed > bytes.length) throw new Malformed('apk.xml')
  const top: Compiled = { name: '', attributes: [], children: [] }
  const open = [top]
  let texts: Texts = { count: 0, at: () => '' }
  let ids: readonly number[] = []
  let count = 0
  for (const chunk of chunksIn(bytes.subarray(headed))) {
    if (chunk.type === kinds.texts) texts = readTexts(chunk.bytes)
    else if (chunk.type === kinds.ids) ids = idsIn(chunk.bytes, chunk.headed)
    else if (chunk.type === kinds.open) {
      const element = elementIn(chunk.bytes, chunk.headed, texts, ids)
      open.at(-1)?.children.push(element)
      open.push(element)
      count += 1
      if (count > mostElements || open.length > deepest) throw new Malformed('apk.xml')
    } else if (chunk.type === kinds.close && open.length > 1) open.pop()
  }
  const [root] = top.children
  if (!root) throw new Malformed('apk.xml')
  return root
}

function idsIn(bytes: Buffer, headed: number): number[] {
  const ids: number[] = []
  for (let at = headed; at + 4 <= bytes.length; at += 4) ids.push(bytes.readUInt32LE(at))
  return ids
}

function elementIn(bytes: Buffer, headed: number, texts: Texts, ids: readonly number[]): Compiled {
  if (headed + 20 > bytes.length) throw new Malformed('apk.xml')
  const start = headed + bytes.readUInt16LE(headed + 8)
  const [each, count] = [bytes.readUInt16LE(headed + 10), bytes.readUInt16LE(headed + 12)]
  if (count > 0 && (each < 20 || start + each * count > bytes.length)) throw new Malformed('apk.xml')
  const attributes = Array.from({ length: count }, (_, n): CompiledAttribute => {
    const at = start + each * n
    const name = bytes.readUInt32LE(at + 4)
    const value = valueAt(bytes, at + 12)
    const text = value.type === valueTypes.text ? texts.at(value.data) : null
    return { id: ids[name] ?? 0, name: texts.at(name), value, text }
  })
  return { name: texts.at(bytes.readUInt32LE(headed + 4)), attributes, children: [] }
}

/** The attribute with this number of Android's; one without a number by its name. */
export function attributeOf({ attributes }: Compiled, wanted: number | string): CompiledAttribute | undefined {
  return attributes.find(a => (typeof wanted === 'number' ? a.id === wanted : a.id === 0 && a.name === wanted))
}

/** The elements of that name right in this one. */
export function inside({ children }: Compiled, name: string): Compiled[] {
  return children.filter(c => c.name === name)
}
