/**
 * This room knows who signs, what was signed and the proof asked before signing. It keeps the org's own authorities and leaves
 * (made on first need, private keys sealed), answers SCEP clients, finds the owner of a device's identity by its fingerprint,
 * signs files, provides the server's own TLS certificate, and keeps custody of every certificate that somebody must renew.
 * Certificates of the server itself stand before any org does and have the empty org.
 */
export {
  byFingerprint,
  dismissForeign,
  find,
  type Identity,
  identitiesOf,
  keepForeign,
  own,
  type Owner,
  retireOthers,
  revoke,
  trustedDeviceCas,
} from './certificate.ts'
export { challenge, issuedFor } from './challenge.ts'
export { certifyItem, endItems, itemIssuer, type ItemNames } from './item-identity.ts'
export { certifyDevice, deviceIssuer, type IssuedIdentity } from './device-identity.ts'
export { demandWhole } from '../../base/authority.ts'
export { change, type Kept, list } from './custody.ts'
export { inherit as succeed } from './custody-store.ts'
export { certificateEvents } from './events.ts'
export { caCertificate, ownAuthority, scepCaFingerprint, scepUrl, sign, trustPem, trustPin } from './trust.ts'
export { serverTls, type ServerTls, watchServerTls } from './tls.ts'
export { acmeUrl } from './acme/request.ts'
export { attestationRoots, attestedOf } from './acme/roots.ts'
