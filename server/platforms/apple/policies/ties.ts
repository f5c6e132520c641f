import type { TieReader } from '../../../areas/apps/index.ts'
import { identifierOf, uuidOf } from './artifact.ts'
import { isValues, textOf } from './pen.ts'

/** Payloads that apps are tied to by a UUID they name themselves, and where each names it. */
const payloads = {
  'apple.payload:com.apple.vpn.managed.applayer': ['vpn', 'VPNUUID'],
  'apple.payload:com.apple.webcontent-filter': ['contentFilter', 'ContentFilterUUID'],
  'apple.payload:com.apple.dnsProxy.managed': ['dnsProxy', 'DNSProxyUUID'],
  'apple.payload:com.apple.relay.managed': ['relay', 'RelayUUID'],
} as const

/** What policies bring that apps can be tied to: tunnels of ours by their name, payloads by their UUID. */
export const appleTies: TieReader = {
  kinds: ['vpn', ...Object.keys(payloads)],
  read: (kind, value) => {
    if (!isValues(value)) return null
    if (kind === 'vpn') {
      const name = textOf(value['name'])
      return textOf(value['mode']) === 'per-app' && name ? { key: 'vpn', ref: name } : null
    }
    const found = Object.entries(payloads).find(([name]) => name === kind)?.[1]
    const ref = found && textOf(value[found[1]])
    return ref ? { key: found[0], ref } : null
  },
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The UUID of the tunnel that is said: one of ours by its name, any other by its UUID. */
export function tunnelUuid(said: string | undefined): string | undefined {
  return said === undefined || uuid.test(said) ? said : uuidOf(identifierOf(`vpn#${said}`))
}
