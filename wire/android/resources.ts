import { Malformed } from '../malformed.ts'
import { type Chunk, chunksIn, readTexts, type Texts, type Value, valueAt, valueTypes } from './strings.ts'

/** One value of a resource, and for which devices it is. */
export interface Choice {
  readonly value: Value
  readonly text: string | null
  /** Two letters; empty: for all who have no own. */
  readonly language: string
  readonly density: number
}

/** The resources of a package. */
export interface Resources {
  /** Every value of the resource with this number. */
  choices(id: number): Choice[]
}

const kinds = { table: 0x0002, texts: 0x0001, package: 0x0200, type: 0x0201 } as const
const none = 0xffffffff

interface Type {
  readonly of: number
  readonly chunk: Chunk
}

/** Reads a table of resources (ResTable): its values are read when they are asked for. */
export function readResources(bytes: Buffer): Resources {
  if (bytes.length < 12 || bytes.readUInt16LE(0) !== kinds.table) throw new Malformed('apk.resources')
  const headed = bytes.readUInt16LE(2)
  if (headed < 12 || headed > bytes.length) throw new Malformed('apk.resources')
  let texts: Texts | undefined
  const types: Type[] = []
  for (const chunk of chunksIn(bytes.subarray(headed))) {
    if (chunk.type === kinds.texts) texts ??= readTexts(chunk.bytes)
    if (chunk.type === kinds.package) types.push(...typesIn(chunk))
  }
  const by = Map.groupBy(types, t => t.of)
  return {
    choices: id => (by.get(id >>> 16) ?? []).flatMap(({ chunk }) => choiceIn(chunk, id & 0xffff, texts) ?? []),
  }
}

/** The types of a package: by its number and theirs. */
function typesIn({ bytes, headed }: Chunk): Type[] {
  if (bytes.length < 12) throw new Malformed('apk.resources')
  const own = bytes.readUInt32LE(8)
  const types: Type[] = []
  for (const chunk of chunksIn(bytes.subarray(headed))) {
    if (chunk.type !== kinds.type || chunk.headed < 36) continue
    types.push({ of: ((own & 0xff) << 8) | chunk.bytes.readUInt8(8), chunk })
  }
  return types
}

function choiceIn({ bytes, headed }: Chunk, entry: number, texts: Texts | undefined): Choice | null {
  const at = placeOf(bytes, headed, entry)
  if (at === null) return null
  if (at + 8 > bytes.length) throw new Malformed('apk.resources')
  const flags = bytes.readUInt16LE(at + 2)
  // Several values under one name, as styles have them.
  if (flags & 0x0001) return null
  const compact = (flags & 0x0008) !== 0
  const value = compact
    ? { type: flags >>> 8, data: bytes.readUInt32LE(at + 4) }
    : valueAt(bytes, at + bytes.readUInt16LE(at))
  const [first, second] = [bytes.readUInt8(28), bytes.readUInt8(29)]
  const language = first === 0 ? '' : String.fromCharCode(first, second)
  const text = value.type === valueTypes.text ? (texts?.at(value.data) ?? '') : null
  return { value, text, language, density: bytes.readUInt16LE(34) }
}

/** Where an entry stands in a type; null: the type has none for these devices. */
function placeOf(bytes: Buffer, headed: number, entry: number): number | null {
  const [flags, count, start] = [bytes.readUInt8(9), bytes.readUInt32LE(12), bytes.readUInt32LE(16)]
  const each = flags & 0x02 ? 2 : 4
  if (headed + count * each > bytes.length) throw new Malformed('apk.resources')
  if (flags & 0x01) {
    for (let n = 0; n < count; n += 1) {
      const at = headed + n * 4
      if (bytes.readUInt16LE(at) === entry) return start + bytes.readUInt16LE(at + 2) * 4
    }
    return null
  }
  if (entry >= count) return null
  if (each === 2) {
    const offset = bytes.readUInt16LE(headed + entry * 2)
    return offset === 0xffff ? null : start + offset * 4
  }
  const offset = bytes.readUInt32LE(headed + entry * 4)
  return offset === none ? null : start + offset
}

const mostSteps = 10

/** The values of a resource after every reference has been followed. */
export function followed(resources: Resources, id: number): Choice[] {
  let open = resources.choices(id)
  for (let step = 0; step < mostSteps; step += 1) {
    if (!open.some(isReference)) return open
    open = open.flatMap(one => (isReference(one) ? resources.choices(one.value.data) : [one])).slice(0, 1000)
  }
  return open.filter(one => !isReference(one))
}

const isReference = ({ value }: Choice): boolean => value.type === valueTypes.reference
