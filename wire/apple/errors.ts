import type { ChainLink } from './result.ts'

type Meaning = readonly [from: number, to: number, code: string]

// Domain → ranges of codes → our explanation. The texts are in the console's catalogs; this list grows with what is met in the field.
const meanings: Readonly<Record<string, readonly Meaning[]>> = {
  MCProfileErrorDomain: [
    [1004, 1004, 'apple.profile-signature'],
    [1006, 1006, 'apple.profile-encrypted'],
    [1007, 1008, 'apple.profile-duplicate'],
    [1009, 1009, 'apple.profile-not-installed'],
    [1000, 1099, 'apple.profile-malformed'],
  ],
  MCPayloadErrorDomain: [[2000, 2099, 'apple.profile-malformed']],
  MCRestrictionsErrorDomain: [[3000, 3099, 'apple.profile-not-installed']],
  MCInstallationErrorDomain: [
    [4002, 4002, 'apple.profile-duplicate'],
    [4004, 4004, 'apple.user-canceled'],
    [4005, 4005, 'apple.passcode-weak'],
    [4006, 4006, 'apple.profile-outdated'],
    [4008, 4008, 'apple.profile-signature'],
    [4009, 4009, 'apple.device-locked'],
    [4010, 4010, 'apple.profile-differs'],
    [4012, 4012, 'apple.profile-differs'],
    [4015, 4015, 'apple.enrollment-profile-differs'],
    [4017, 4019, 'apple.profile-conflict'],
    [4020, 4022, 'apple.profile-way'],
    [4024, 4024, 'apple.profile-not-found'],
    [4025, 4025, 'apple.not-supervised'],
    [4000, 4099, 'apple.profile-not-installed'],
  ],
  MCPasscodeErrorDomain: [
    [5010, 5010, 'apple.device-locked'],
    [5013, 5013, 'apple.passcode-not-cleared'],
    [5000, 5099, 'apple.passcode-weak'],
  ],
  MCKeychainErrorDomain: [[6000, 6099, 'apple.keychain']],
  MCEmailErrorDomain: [[7000, 7099, 'apple.profile-not-installed']],
  MCWebClipErrorDomain: [[8000, 8099, 'apple.profile-not-installed']],
  MCCertificateErrorDomain: [[9000, 9099, 'apple.certificate-refused']],
  MCMDMErrorDomain: [
    [12000, 12000, 'apple.access-rights'],
    [12001, 12001, 'apple.other-management'],
    [12007, 12007, 'apple.not-authorized'],
    [12008, 12008, 'apple.command-malformed'],
    [12009, 12009, 'apple.enrollment-profile-differs'],
    [12012, 12012, 'apple.enrollment-profile-differs'],
    [12013, 12014, 'apple.profile-not-managed'],
    [12021, 12021, 'apple.unsupported'],
    [12023, 12038, 'apple.app-not-installed'],
  ],
  MDMClientError: [
    [89, 89, 'apple.profile-not-found'],
    [15, 15, 'apple.not-authorized'],
  ],
  MDMErrorDomain: [[0, 99_999, 'apple.management']],
  MCSCEPErrorDomain: [[22000, 22099, 'apple.certificate-refused']],
  'com.apple.MDM.SCEP': [[0, 99_999, 'apple.certificate-refused']],
  NSURLErrorDomain: [[-99_999, 99_999, 'apple.network']],
  ASDServerErrorDomain: [[-99_999, 99_999, 'apple.app-store']],
  MDMDeviceEnrollment: [[101, 101, 'apple.not-awaiting-configuration']],
}

/** Every code that `explain` may answer, so that catalogs of texts can be checked to be complete. */
export const explanations: readonly string[] = [
  ...new Set(
    Object.values(meanings)
      .flat()
      .map(([, , code]) => code),
  ),
  'apple.command-malformed',
  'apple.refused',
].filter((code, place, all) => all.indexOf(code) === place)

/** The code of our explanation of a failure: the deepest link of the chain that we know decides, because the first ones only say that something failed. */
export function explain(status: 'Error' | 'CommandFormatError', chain: readonly ChainLink[]): string {
  if (status === 'CommandFormatError') return 'apple.command-malformed'
  for (const link of [...chain].reverse()) {
    const code = meaningOf(link)
    if (code !== null) return code
  }
  return 'apple.refused'
}

function meaningOf({ domain, code }: ChainLink): string | null {
  if (domain === null || code === null) return null
  const known = Object.hasOwn(meanings, domain) ? meanings[domain] : undefined
  return known?.find(([from, to]) => code >= from && code <= to)?.[2] ?? null
}
