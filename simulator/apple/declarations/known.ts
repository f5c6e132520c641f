import type { Family } from '../hardware.ts'

/** Since which version of a family's system a declaration is known; absent families never know it. */
type Since = Partial<Record<Family, number>>

const everywhere: Since = { iPhone: 15, iPad: 15, Mac: 13, AppleTV: 16 }
const later: Since = { iPhone: 17, iPad: 17, Mac: 14, AppleTV: 17 }
const accounts: Since = { iPhone: 15, iPad: 15, Mac: 13 }
const year26: Since = { iPhone: 26, iPad: 26, Mac: 26 }
const year27: Since = { iPhone: 27, iPad: 27, Mac: 27 }

/** What the virtual systems know of, by type; the base of their client capabilities. */
export const declarationTypes: Readonly<Record<string, Since>> = {
  'com.apple.activation.simple': everywhere,
  'com.apple.management.organization-info': everywhere,
  'com.apple.management.properties': everywhere,
  'com.apple.management.server-capabilities': everywhere,
  'com.apple.asset.credential.acme': later,
  'com.apple.asset.credential.certificate': later,
  'com.apple.asset.credential.identity': later,
  'com.apple.asset.credential.scep': later,
  'com.apple.asset.credential.userpassword': everywhere,
  'com.apple.asset.data': later,
  'com.apple.asset.useridentity': everywhere,
  'com.apple.configuration.account.caldav': accounts,
  'com.apple.configuration.account.carddav': accounts,
  'com.apple.configuration.account.exchange': accounts,
  'com.apple.configuration.account.google': accounts,
  'com.apple.configuration.account.ldap': accounts,
  'com.apple.configuration.account.mail': accounts,
  'com.apple.configuration.account.subscribed-calendar': accounts,
  'com.apple.configuration.app.managed': { iPhone: 17.2, iPad: 17.2, Mac: 26 },
  'com.apple.configuration.diskmanagement.settings': { Mac: 15 },
  'com.apple.configuration.legacy': everywhere,
  'com.apple.configuration.legacy.interactive': everywhere,
  'com.apple.configuration.management.status-subscriptions': everywhere,
  'com.apple.configuration.management.test': everywhere,
  'com.apple.configuration.math.settings': { iPhone: 18, iPad: 18, Mac: 15 },
  'com.apple.configuration.passcode.settings': { iPhone: 15, iPad: 15, Mac: 13 },
  'com.apple.configuration.safari.extensions.settings': { iPhone: 18, iPad: 18, Mac: 15 },
  'com.apple.configuration.screensharing.connection': { Mac: 14 },
  'com.apple.configuration.screensharing.host.settings': { Mac: 14 },
  'com.apple.configuration.security.certificate': later,
  'com.apple.configuration.security.identity': later,
  'com.apple.configuration.services.background-tasks': { Mac: 15 },
  'com.apple.configuration.services.configuration-files': { Mac: 14 },
  'com.apple.configuration.softwareupdate.enforcement.specific': { iPhone: 17, iPad: 17, Mac: 14, AppleTV: 18.4 },
  'com.apple.configuration.softwareupdate.settings': { iPhone: 18, iPad: 18, Mac: 15, AppleTV: 18.4 },
  'com.apple.configuration.watch.enrollment': { iPhone: 17 },
  'com.apple.configuration.package': { Mac: 26 },
  'com.apple.configuration.safari.settings': year26,
  'com.apple.configuration.safari.bookmarks': year26,
  'com.apple.configuration.siri.settings': year26,
  'com.apple.configuration.intelligence.settings': year26,
  'com.apple.configuration.external-intelligence.settings': year26,
  'com.apple.configuration.keyboard.settings': year26,
  'com.apple.configuration.audio-accessory.settings': year26,
  'com.apple.configuration.accessibility.settings': year27,
  'com.apple.configuration.app.settings': year27,
  'com.apple.configuration.network.dns-settings': year27,
  'com.apple.configuration.network.relay': year27,
  'com.apple.configuration.network.vpn.ikev2': year27,
  'com.apple.configuration.webcontent-filter.plugin': year27,
}

/** Since when a channel of this family takes declarations at all; a person's own device does so one version earlier. */
export function takesDeclarations(family: Family, version: number, userEnrollment: boolean): boolean {
  const since: Record<Family, number> = {
    iPhone: userEnrollment ? 15 : 16,
    iPad: userEnrollment ? 15 : 16,
    Mac: 13,
    AppleTV: 16,
  }
  return version >= since[family]
}

/** Whether a system of this version knows declarations of the type. */
export function knows(type: string, family: Family, version: number): boolean {
  const since = Object.hasOwn(declarationTypes, type) ? declarationTypes[type]?.[family] : undefined
  return since !== undefined && version >= since
}

/** `18.4.1` as 18.4; minor versions of one digit are all that the table above tells apart. */
export function versionOf(text: string): number {
  const [major = '0', minor = '0'] = text.split('.')
  return Number(`${major}.${minor.slice(0, 1)}`)
}
