import { type Asn1, asOid, oid, read, seq, tagged } from '../der/der.ts'
import { Malformed } from '../malformed.ts'

/** The content types of CMS we speak (RFC 5652 §4, §5.1, §6.1). */
export const CONTENT = {
  data: '1.2.840.113549.1.7.1',
  signed: '1.2.840.113549.1.7.2',
  enveloped: '1.2.840.113549.1.7.3',
} as const

/** Reads a ContentInfo of the given type and returns what is inside; BER is taken. */
export function contentOf(der: Uint8Array, type: string): Asn1 {
  const info = read(der, { ber: true })
  const [id, wrapped] = info.children
  const inner = wrapped?.children[0]
  if (info.tag !== 0x30 || id?.tag !== 6 || wrapped?.tag !== 0xa0 || inner?.tag !== 0x30) {
    throw new Malformed('cms.content', 'no ContentInfo')
  }
  if (asOid(id) !== type) throw new Malformed('cms.type', `expected ${type}`)
  return inner
}

/** Writes a ContentInfo around the content of the given type. */
export function contentInfo(type: string, inner: Uint8Array): Uint8Array {
  return seq(oid(type), tagged(0, inner))
}
