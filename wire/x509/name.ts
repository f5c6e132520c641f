import { type Asn1, asOid, asText, ia5, oid, printable, seq, set, utf8 } from '../der/der.ts'
import { Malformed } from '../malformed.ts'

/** A distinguished name: attribute types, short where we know them, with their values, in order. */
export type Name = readonly (readonly [type: string, value: string])[]

const TYPES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
])
const OIDS: ReadonlyMap<string, string> = new Map([...TYPES].map(([id, type]) => [type, id]))
const TEXT: readonly number[] = [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1b, 0x1c, 0x1e]

/** Reads an RDNSequence; a value that is no text appears as `#` and its DER in hex (RFC 4514 §2.4). */
export function parseName(node: Asn1): Name {
  if (node.tag !== 0x30) throw new Malformed('x509.name')
  const out: [string, string][] = []
  for (const relative of node.children) {
    for (const pair of relative.children) {
      const [type, value] = pair.children
      if (!type || !value) throw new Malformed('x509.name')
      const id = asOid(type)
      out.push([TYPES.get(id) ?? id, TEXT.includes(value.tag) ? asText(value) : `#${value.raw.toHex()}`])
    }
  }
  return out
}

/** Writes an RDNSequence, one attribute to each relative name, in the string types of RFC 5280 Appendix A. */
export function nameDer(name: Name): Uint8Array {
  return seq(...name.map(([type, value]) => set(seq(oid(OIDS.get(type) ?? type), valueDer(type, value)))))
}

function valueDer(type: string, value: string): Uint8Array {
  if (type === 'C' || type === 'serialNumber') return printable(value)
  return type === 'DC' || type === 'emailAddress' ? ia5(value) : utf8(value)
}

/** The first value of an attribute type in a name. */
export function attribute(name: Name, type: string): string | undefined {
  return name.find(([is]) => is === type)?.[1]
}
