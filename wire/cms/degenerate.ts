import { implicit, int, oid, seq, set } from '../der/der.ts'
import { Malformed } from '../malformed.ts'
import { CONTENT, contentInfo, contentOf } from './content.ts'

const MAX_CERTIFICATES = 64

/** Writes certificates without content or signature (RFC 5652 §5.2), in the given order: clients take the first as theirs. */
export function degenerate(certificates: readonly Uint8Array[]): Uint8Array {
  const bag = implicit(0, Buffer.concat(certificates), true)
  return contentInfo(CONTENT.signed, seq(int(1), set(), seq(oid(CONTENT.data)), bag, set()))
}

/** The certificates in a SignedData, in their order, whether it is signed or not. */
export function certificatesOf(der: Uint8Array): Uint8Array[] {
  const bag = contentOf(der, CONTENT.signed).children.find(field => field.tag === 0xa0)
  // Tags other than SEQUENCE are attribute certificates and relics of PKCS#6 (RFC 5652 §10.2.2).
  const out = (bag?.children ?? []).filter(item => item.tag === 0x30).map(item => new Uint8Array(item.raw))
  if (out.length > MAX_CERTIFICATES) throw new Malformed('cms.certificates', 'too many')
  return out
}
