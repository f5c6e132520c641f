import { z } from 'zod'

const outside = (fallback: string, what: string) => z.url().default(fallback).describe(what)

/** Settings of where the services of the outside world are. */
export const outsideSettings = {
  MUSTER_FCM_URL: outside('https://fcm.googleapis.com', 'Base URL of Firebase Cloud Messaging.'),
  MUSTER_ADE_URL: outside('https://mdmenrollment.apple.com', 'Base URL of Apple’s automated device enrollment.'),
  MUSTER_CONTENT_URL: outside('https://vpp.itunes.apple.com/mdm/v2', 'Base URL of Apple’s Apps and Books.'),
  MUSTER_STORE_URL: outside('https://itunes.apple.com', 'Base URL of the store’s public look-up of apps.'),
  MUSTER_BUSINESS_URL: outside('https://api-business.apple.com/v1', 'Base URL of the Apple Business API.'),
  MUSTER_SCHOOL_URL: outside('https://api-school.apple.com/v1', 'Base URL of the Apple School API.'),
  MUSTER_ACCOUNT_URL: outside(
    'https://account.apple.com',
    'Base URL that gives tokens for the Apple Business and School APIs.',
  ),
  MUSTER_UPDATES_URL: outside('https://gdmf.apple.com', 'Base URL of Apple’s list of system versions.'),
  MUSTER_UNLOCK_URL: outside('https://deviceservices-external.apple.com', 'Base URL that takes activation locks off.'),
  MUSTER_ANDROID_URL: outside(
    'https://androidmanagement.googleapis.com',
    'Base URL of Google’s Android Management API.',
  ),
  MUSTER_GOOGLE_TOKEN_URL: outside(
    'https://oauth2.googleapis.com/token',
    'Address that gives tokens to Google’s service accounts.',
  ),
  MUSTER_GOOGLE_KEYS_URL: outside(
    'https://www.googleapis.com/oauth2/v3/certs',
    'Address of the keys by which Google signs who delivers notices.',
  ),
  MUSTER_OUTSIDE_CA: z
    .string()
    .optional()
    .describe('PEM file of CAs that the services named above are trusted by, beside the public ones.'),
  MUSTER_ATTESTATION_STATUS: z
    .string()
    .optional()
    .describe(
      'JSON file of attestation certificates that makers took back, in the form that Google publishes for Android devices. It is read anew when it changes. Unset: none counts as taken back.',
    ),
  MUSTER_APPLE_DEVICE_CA: z
    .string()
    .optional()
    .describe('PEM file of CAs that devices are known by before they enroll, instead of Apple’s own.'),
}

/** Where the services of the outside world are, without a slash at the end. */
export interface OutsideConfig {
  fcmUrl: string
  adeUrl: string
  contentUrl: string
  storeUrl: string
  businessUrl: string
  schoolUrl: string
  accountUrl: string
  updatesUrl: string
  unlockUrl: string
  androidUrl: string
  googleTokenUrl: string
  googleKeysUrl: string
  outsideCa: string | null
  attestationStatus: string | null
  appleDeviceCa: string | null
}

const shape = z.object(outsideSettings)

/** Reads them from the settings of the process. */
export function readOutside(env: z.infer<typeof shape>): OutsideConfig {
  const base = (url: string): string => url.replace(/\/+$/, '')
  return {
    fcmUrl: base(env.MUSTER_FCM_URL),
    adeUrl: base(env.MUSTER_ADE_URL),
    contentUrl: base(env.MUSTER_CONTENT_URL),
    storeUrl: base(env.MUSTER_STORE_URL),
    businessUrl: base(env.MUSTER_BUSINESS_URL),
    schoolUrl: base(env.MUSTER_SCHOOL_URL),
    accountUrl: base(env.MUSTER_ACCOUNT_URL),
    updatesUrl: base(env.MUSTER_UPDATES_URL),
    unlockUrl: base(env.MUSTER_UNLOCK_URL),
    androidUrl: base(env.MUSTER_ANDROID_URL),
    googleTokenUrl: env.MUSTER_GOOGLE_TOKEN_URL,
    googleKeysUrl: env.MUSTER_GOOGLE_KEYS_URL,
    outsideCa: env.MUSTER_OUTSIDE_CA ?? null,
    attestationStatus: env.MUSTER_ATTESTATION_STATUS ?? null,
    appleDeviceCa: env.MUSTER_APPLE_DEVICE_CA ?? null,
  }
}
