import { get, post, refused } from './assistant.ts'
import type { BirthAuthority } from './birth.ts'
import type { AppleDevice, Enrollment } from './device.ts'
import { type EnrollOptions, installEnrollment } from './enroll.ts'
import { fillIn, type Person } from './form.ts'
import type { Reply } from './http.ts'
import { signedMachine } from './machine.ts'

/** How somebody adds an account at work to their device. */
export interface WorkAccountOptions extends Omit<EnrollOptions, 'profileUrl'> {
  person: Person
  authority: BirthAuthority
  /** Where the domain of the address is; `https://` and the domain when absent. */
  host?: string
  /** Where the vendor leads devices whose domain answers nothing. */
  vendor?: string
  /** What the device can do, best first. */
  versions?: readonly ('mdm-byod' | 'mdm-adde')[]
  /** How the person gets a token of the issuer, where the server names one. */
  token?: (challenge: Challenge) => Promise<string>
  /** Told the proof that the device then shows. */
  heard?: (bearer: string) => void
}

/** What a server says about where to sign in: the words of its WWW-Authenticate header. */
export type Challenge = Readonly<Record<string, string>>

/** Enrolls by an address at work: finds the server by the domain, is told where to sign in, signs in, and fetches the profile with the proof. */
export async function addWorkAccount(device: AppleDevice, options: WorkAccountOptions): Promise<Enrollment> {
  const { versions = ['mdm-byod', 'mdm-adde'] } = options
  const server = await discover(device, options, versions)
  const personal = server.version === 'mdm-byod'
  const machine = () => signedMachine(device, { authority: options.authority, personal })
  const first = await post(device, server.url, await machine())
  if (first.status !== 401) throw refused(first)
  const bearer = await prove(device, challengeOf(first), options)
  options.heard?.(bearer)
  const reply = await post(device, server.url, await machine(), { authorization: `Bearer ${bearer}` })
  if (reply.status !== 200) throw refused(reply)
  return installEnrollment(device, reply.body, { ...options, profileUrl: server.url })
}

/** The words of a challenge (RFC 9110 §11.6.1). */
export function challengeOf(reply: Reply): Challenge {
  const header = String(reply.headers['www-authenticate'] ?? '')
  if (!header.startsWith('Bearer ')) throw new Error(`no challenge: ${header}`)
  return Object.fromEntries(
    [...header.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

async function discover(
  device: AppleDevice,
  { person, host, vendor }: WorkAccountOptions,
  versions: readonly string[],
): Promise<{ version: string; url: string }> {
  const at = host ?? `https://${person.address.split('@').at(-1)}`
  const family = device.hardware.family
  const query = new URLSearchParams({ 'user-identifier': person.address, 'model-family': family })
  const own = await get(device, `${at}/.well-known/com.apple.remotemanagement?${query}`)
  const reply = own.status === 404 && vendor !== undefined ? await led(device, `${vendor}?${query}`) : own
  if (reply.status !== 200) throw refused(reply)
  const { Servers: servers } = JSON.parse(Buffer.from(reply.body).toString('utf8')) as {
    Servers: { Version: string; BaseURL: string }[]
  }
  for (const version of versions) {
    const found = servers.find(s => s.Version === version)
    if (found) return { version, url: found.BaseURL }
  }
  throw new Error('the server enrolls in no way this device knows')
}

/** Asks the vendor, and follows it to where it leads. */
async function led(device: AppleDevice, url: string): Promise<Reply> {
  const reply = await get(device, url)
  return reply.status === 302 ? get(device, String(reply.headers.location)) : reply
}

async function prove(device: AppleDevice, challenge: Challenge, options: WorkAccountOptions): Promise<string> {
  if (challenge.method === 'apple-oauth2') {
    if (!options.token) throw new Error('nobody gets a token of the issuer')
    return options.token(challenge)
  }
  const url = new URL(challenge.url ?? '')
  url.searchParams.set('user-identifier', options.person.address)
  const page = await get(device, url.href)
  if (page.status !== 200) throw refused(page)
  const last = await fillIn(device, { url: url.href, page }, options.person)
  const back = new URL(String(last.headers.location ?? 'none:'))
  const token = back.searchParams.get('access-token')
  if (last.status !== 308 || back.protocol !== 'apple-remotemanagement-user-login:' || token === null)
    throw refused(last)
  return token
}
