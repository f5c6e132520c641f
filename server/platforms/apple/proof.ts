import { BlockList, isIP } from 'node:net'
import { TLSSocket } from 'node:tls'
import { verify } from '@muster/wire/cms/signed.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Certificate, fingerprint, parseCertificate } from '@muster/wire/x509/certificate.ts'
import { verifyChain } from '@muster/wire/x509/chain.ts'
import { fromPem } from '@muster/wire/x509/pem.ts'
import * as certificates from '../../areas/certificates/index.ts'
import type { Config } from '../../base/config.ts'
import { Problem, type ProblemCode } from '../../base/problem.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'

/** A certificate of ours whose key the caller holds. Whom it speaks for is for the pin. */
export interface Proof {
  fingerprint: string
  by: 'signature' | 'tls' | 'proxy'
}

const clientAuth = '1.3.6.1.5.5.7.3.2'
/** Clocks of devices are off by minutes, above all right after they were set up. */
const skewMs = 15 * 60_000
/** A signature with an RSA-4096 key and its chain is some 9 KB in base64. */
const longestHeader = 48 * 1024

/**
 * Who is calling: by the signature over the exact body (Apple: SignMessage), else by the certificate of the TLS connection,
 * else by what a trusted proxy says it was. Throws a Problem that names what is wrong; a wrong signature is never passed over.
 */
export async function prove(base: Base, call: Call): Promise<Proof> {
  const { certificate, by } = shown(base.config, call)
  const print = await judged(base, certificate)
  return { fingerprint: print, by }
}

function shown(config: Config, call: Call): { certificate: Certificate; by: Proof['by'] } {
  const signature = call.headers['mdm-signature']
  if (signature !== undefined) return { certificate: signerOf(String(signature), call.bytes), by: 'signature' }
  if (call.socket instanceof TLSSocket) {
    const peer = call.socket.getPeerX509Certificate()
    if (peer) return { certificate: parsed(peer.raw), by: 'tls' }
  }
  const header = call.headers['client-cert']
  if (header !== undefined && isTrustedProxy(config, call.socket.remoteAddress))
    return { certificate: fromHeader(String(header)), by: 'proxy' }
  throw new Problem('device.proof-missing')
}

/** The signer of the body, once the signature holds. Old systems still sign with SHA-1; forging one would need a second preimage. */
function signerOf(header: string, body: Uint8Array): Certificate {
  if (header.length > longestHeader) throw new Problem('device.signature-wrong', { reason: 'length' })
  const text = header.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Problem('device.signature-wrong', { reason: 'base64' })
  try {
    return verify(Buffer.from(text, 'base64'), { content: body, legacySha1: true }).signer
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.signature-wrong', { reason: cause.code }, { cause })
  }
}

/** RFC 9440 §2.1 (`:base64 of DER:`), or PEM with URL escapes as nginx writes it. */
function fromHeader(header: string): Certificate {
  if (header.length > longestHeader) throw new Problem('device.proof-malformed')
  const field = /^:([A-Za-z0-9+/=]+):$/.exec(header.trim())?.[1]
  if (field !== undefined) return parsed(Buffer.from(field, 'base64'))
  try {
    const [first] = fromPem(decodeURIComponent(header))
    if (first?.label === 'CERTIFICATE') return parsed(first.der)
  } catch (cause) {
    if (!(cause instanceof URIError) && !(cause instanceof Malformed)) throw cause
  }
  throw new Problem('device.proof-malformed')
}

function parsed(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der)
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('device.proof-malformed', {}, { cause })
  }
}

const lists = new WeakMap<Config, BlockList>()

/** Whether the peer of the connection itself, not whoever it says it speaks for, is a proxy the operator named. */
function isTrustedProxy(config: Config, address: string | undefined): boolean {
  if (config.trustedProxies.length === 0 || address === undefined) return false
  const list = lists.get(config) ?? new BlockList()
  if (!lists.has(config)) {
    for (const one of config.trustedProxies) addTo(list, one)
    lists.set(config, list)
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

function addTo(list: BlockList, network: string): void {
  const [address = '', bits] = network.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0) return
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, Number(bits), family)
}

interface Judged {
  notBefore: number
  notAfter: number
}

interface Trust {
  ders: readonly Uint8Array[]
  roots: readonly Certificate[]
  /** Leaves whose chain was found good, by fingerprint: only the clock can change that. */
  good: Map<string, Judged>
}

const trusts = new WeakMap<object, Trust>()
const mostGood = 50_000

/** The SHA-256 of a certificate that one of our authorities issued to a device and that is valid now. */
async function judged(base: Base, leaf: Certificate): Promise<string> {
  const print = fingerprint(leaf.der)
  const at = base.clock.now()
  const trust = await trustOf(base)
  const known = trust.good.get(print)
  if (known && at + skewMs >= known.notBefore && at - skewMs <= known.notAfter) return print
  if (leaf.isCa || !leaf.extendedKeyUsage.includes(clientAuth)) throw new Problem('device.certificate-untrusted')
  try {
    const { roots } = trust
    verifyChain(leaf, { intermediates: [], roots, at, extendedKeyUsage: clientAuth, skewMs })
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem(refusals.get(cause.code) ?? 'device.certificate-untrusted', { reason: cause.code }, { cause })
  }
  if (trust.good.size >= mostGood) trust.good.clear()
  trust.good.set(print, { notBefore: leaf.notBefore, notAfter: leaf.notAfter })
  return print
}

const refusals: ReadonlyMap<string, ProblemCode> = new Map([
  ['x509.expired', 'device.certificate-expired'],
  ['x509.notYetValid', 'device.certificate-early'],
])

async function trustOf(base: Base): Promise<Trust> {
  const ders = await certificates.trustedDeviceCas(base)
  const known = trusts.get(base.secrets)
  if (known && same(known.ders, ders)) return known
  const trust: Trust = { ders, roots: ders.map(der => parseCertificate(der)), good: new Map() }
  trusts.set(base.secrets, trust)
  return trust
}

function same(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a === b || (a.length === b.length && a.every((der, i) => Buffer.compare(der, b[i] ?? new Uint8Array()) === 0))
}
