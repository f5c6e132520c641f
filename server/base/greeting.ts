import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { connect, rootCertificates } from 'node:tls'

/** How a TLS server answers at an address, without sending it anything. */
export interface Greeting {
  /** Where the name leads; null when it leads nowhere. */
  address: string | null
  /** Who can reach that address: only this machine, only networks of one's own, or everyone. */
  from: 'machine' | 'network' | 'everywhere'
  /** By whose authority the certificate is trusted; null when by nobody's, or nothing answers. */
  trusted: 'public' | 'own' | null
  notAfter: number | null
  /** Why it is not trusted or does not answer, as the system says it; empty when all is well. */
  fault: string
}

const patienceMs = 10_000

/** Looks a name up, and shakes hands. For jobs only. `ownCa`: PEM of an authority that is trusted beside the public ones. */
export async function greet(url: string, ownCa: string): Promise<Greeting> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const nothing = { address: null, from: 'everywhere', trusted: null, notAfter: null } as const
  let address: string
  try {
    address = isIP(host) ? host : (await lookup(host)).address
  } catch (error) {
    return { ...nothing, fault: codeOf(error) }
  }
  const to = { host: address, port: port === '' ? 443 : Number(port), name: host }
  const byAll = await shake(to, [...rootCertificates])
  const from = reachOf(address)
  if ('fault' in byAll) return { ...nothing, address, from, fault: byAll.fault }
  if (byAll.error === '') return { address, from, trusted: 'public', notAfter: byAll.notAfter, fault: '' }
  const byOwn = await shake(to, [ownCa])
  const own = !('fault' in byOwn) && byOwn.error === ''
  return { address, from, trusted: own ? 'own' : null, notAfter: byAll.notAfter, fault: own ? '' : byAll.error }
}

type Shaken = { error: string; notAfter: number | null } | { fault: string }

function shake(to: { host: string; port: number; name: string }, ca: string[]): Promise<Shaken> {
  return new Promise(resolve => {
    const name = isIP(to.name) ? {} : { servername: to.name }
    const socket = connect({
      host: to.host,
      port: to.port,
      ca,
      rejectUnauthorized: false,
      timeout: patienceMs,
      ...name,
    })
    const done = (shaken: Shaken): void => {
      socket.destroy()
      resolve(shaken)
    }
    socket.once('secureConnect', () => {
      const until = Date.parse(socket.getPeerCertificate(false).valid_to)
      const error = socket.authorized ? '' : String(codeOf(socket.authorizationError))
      done({ error, notAfter: Number.isNaN(until) ? null : until })
    })
    socket.once('timeout', () => done({ fault: 'ETIMEDOUT' }))
    socket.once('error', error => done({ fault: codeOf(error) }))
  })
}

const machine = new BlockList()
machine.addSubnet('127.0.0.0', 8)
machine.addAddress('::1', 'ipv6')
const network = new BlockList()
network.addSubnet('10.0.0.0', 8)
network.addSubnet('172.16.0.0', 12)
network.addSubnet('192.168.0.0', 16)
network.addSubnet('169.254.0.0', 16)
network.addSubnet('100.64.0.0', 10)
network.addSubnet('fc00::', 7, 'ipv6')
network.addSubnet('fe80::', 10, 'ipv6')

/** Who can reach an address. */
export function reachOf(address: string): Greeting['from'] {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (machine.check(address, family)) return 'machine'
  return network.check(address, family) ? 'network' : 'everywhere'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error ? String(error.code) : error.message.slice(0, 100)
}
