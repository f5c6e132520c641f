import { type Asn1, read, tlv } from '../der/der.ts'
import type { Random } from './random.ts'

const ODD = [0, 1, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xfe, 0xff, 0x24, 0x30, 0x31, 0xa0, 0x3c, 0x26, 0x5f, 0xd0]
const TAGS = [
  1, 2, 3, 4, 5, 6, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1c, 0x1e, 0x24, 0x23, 0x30, 0x31, 0x80, 0xa0, 0xa1, 0xa3, 0x1f, 0,
]

/** The bytes with one to four small wounds: flips, cuts, doubled and borrowed stretches. */
export function mutate(random: Random, seed: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  let out: Uint8Array = new Uint8Array(seed)
  for (let i = random.below(4); i >= 0; i--) out = wound(random, out, others)
  return out.length > 1 << 16 ? out.subarray(0, 1 << 16) : out
}

function wound(random: Random, bytes: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const at = random.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + random.below(random.pick([2, 8, 64, 512])))
  const [left, middle, right] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)]
  switch (random.below(8)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random.below(8))
      return bytes
    case 1:
      if (at < bytes.length) bytes[at] = random.pick(ODD)
      return bytes
    case 2:
      return left
    case 3:
      return Buffer.concat([left, right])
    case 4:
      return Buffer.concat([left, middle, middle, right])
    case 5:
      return Buffer.concat([left, random.bytes(random.below(9)), right])
    case 6: {
      const other = random.pick(others)
      const from = random.below(other.length)
      return Buffer.concat([left, other.subarray(from, from + random.below(256)), right])
    }
    default:
      return Buffer.concat([left, right, middle])
  }
}

/** The DER value with some of its parts changed, dropped, doubled or swapped, and every length right again. */
export function regrow(random: Random, seed: Asn1, others: readonly Asn1[]): Uint8Array {
  const size = count(seed)
  const spots = new Set(Array.from({ length: 1 + random.below(3) }, () => random.below(size)))
  const ber = random.once(6)
  let at = 0
  const grow = (node: Asn1): Uint8Array[] => {
    const here = at++
    const parts = node.children.length > 0 ? node.children.flatMap(grow) : [node.content]
    if (!spots.has(here)) return [wrap(random, node.tag, parts, ber)]
    return regrown(random, node, parts, others)
  }
  return Buffer.concat(grow(seed))
}

function regrown(random: Random, node: Asn1, parts: readonly Uint8Array[], others: readonly Asn1[]): Uint8Array[] {
  switch (random.below(8)) {
    case 0:
      return []
    case 1:
      return [node.raw, node.raw]
    case 2:
      return [tlv(random.pick(TAGS), ...parts)]
    case 3:
      return [tlv(node.tag, random.bytes(random.below(40)))]
    case 4:
      return [tlv(node.tag, mutate(random, node.content, [node.raw]))]
    case 5:
      return [anyNode(random, random.pick(others)).raw]
    case 6:
      return [tlv(node.tag, ...parts.toReversed())]
    default:
      return [tlv(random.pick(TAGS), node.raw)]
  }
}

/** A value with its length as DER has it or, now and then, as BER may. */
function wrap(random: Random, tag: number, parts: readonly Uint8Array[], ber: boolean): Uint8Array {
  if (!ber) return tlv(tag, ...parts)
  if ((tag & 0x20) !== 0 && random.once(12))
    return Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)])
  if (tag === 4 && random.once(12)) return tlv(0x24, tlv(4, ...parts))
  return tlv(tag, ...parts)
}

function count(node: Asn1): number {
  return node.children.reduce((sum, child) => sum + count(child), 1)
}

function anyNode(random: Random, root: Asn1): Asn1 {
  let node = root
  while (node.children.length > 0 && !random.once(3)) node = random.pick(node.children)
  return node
}

/** A random nest of values, with lengths that mostly hold. */
export function anyDer(random: Random, depth = 0): Uint8Array {
  const tag = random.once(12) ? random.below(256) : random.pick(TAGS)
  const parts: Uint8Array[] = []
  if ((tag & 0x20) === 0 || depth > 40) parts.push(random.bytes(random.below(random.pick([2, 6, 40]))))
  else for (let i = random.below(depth === 0 ? 5 : 4); i > 0; i--) parts.push(anyDer(random, depth + 1))
  const whole = wrap(random, tag, parts, random.once(2))
  if (random.once(60) && whole.length > 1) whole[1] = random.pick(ODD)
  return whole
}

/** The seeds as trees, for `regrow`. */
export function trees(seeds: readonly Uint8Array[]): Asn1[] {
  return seeds.map(seed => read(seed, { ber: true }))
}
