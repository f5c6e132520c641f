import { z } from 'zod'

const line = z.string().trim().max(100)
const email = z.union([z.literal(''), z.email().max(200)])

/** What an organization says of itself to Google, and with that to whoever holds one of its devices. Empty: nothing. */
export const enterpriseSettings = z.strictObject({
  displayName: line.default('').describe('What devices call the organization; its own name where nothing is said.'),
  contactEmail: email.default(''),
  officerName: line.default('').describe('Its data protection officer.'),
  officerEmail: email.default(''),
  officerPhone: line.max(40).default(''),
  representativeName: line.default('').describe('Its representative in the European Union.'),
  representativeEmail: email.default(''),
  representativePhone: line.max(40).default(''),
})
export type EnterpriseSettings = z.output<typeof enterpriseSettings>

/** The settings as they are stored; what cannot be read any more says nothing. */
export function settingsIn(text: string): EnterpriseSettings {
  try {
    return enterpriseSettings.parse(JSON.parse(text))
  } catch {
    return enterpriseSettings.parse({})
  }
}

/** The same in Google's words; fields that say nothing are emptied there. */
export function contactOf(settings: EnterpriseSettings): Record<string, string> {
  return {
    contactEmail: settings.contactEmail,
    dataProtectionOfficerName: settings.officerName,
    dataProtectionOfficerEmail: settings.officerEmail,
    dataProtectionOfficerPhone: settings.officerPhone,
    euRepresentativeName: settings.representativeName,
    euRepresentativeEmail: settings.representativeEmail,
    euRepresentativePhone: settings.representativePhone,
  }
}
