import { z } from 'zod'

/** Shapes of what Apps and Books answers (version 2). What we do not read is left out; what is missing has a careful default. */
const count = z.number().int().min(0).catch(0)
const page = { currentPageIndex: count, totalPages: z.number().int().min(0).catch(1), size: count }

/** What any answer may say beside its own: who the token speaks for, until when, and what went wrong, which comes with status 200. */
export const common = z.looseObject({
  errorNumber: z.number().int().optional().catch(undefined),
  errorMessage: z.string().max(2000).optional().catch(undefined),
  errorInfo: z.unknown().optional(),
  uId: z.coerce.string().max(100).optional().catch(undefined),
  tokenExpirationDate: z.string().max(60).optional().catch(undefined),
})

const limit = (usual: number) => z.number().int().min(1).max(100_000).catch(usual)

/** How much one request may carry, as the service says today. */
export const limits = z.looseObject({
  maxAssets: limit(25),
  maxUsers: limit(100),
  maxClientUserIds: limit(100),
  maxSerialNumbers: limit(100),
  maxMdmNameLength: limit(100),
  maxMdmMetadataLength: limit(255),
})

export const serviceConfig = z.looseObject({
  limits: limits.catch(limits.parse({})),
  urls: z.record(z.string(), z.string().max(2000)).catch({}),
})

const mdmInfo = z.looseObject({ id: z.string().max(200), name: z.string().max(500).catch('') })
export const clientConfig = z.looseObject({
  mdmInfo: mdmInfo.nullish().catch(null),
  notificationUrl: z.string().nullish().catch(null),
  organizationName: z.string().max(500).nullish().catch(null),
})

const pricing = z.enum(['STDQ', 'PLUS'])
const asset = z.looseObject({
  adamId: z.coerce.string().regex(/^\d{1,20}$/),
  pricingParam: pricing.catch('STDQ'),
  productType: z.enum(['App', 'Book']).catch('App'),
  deviceAssignable: z.boolean().catch(true),
  revocable: z.boolean().catch(true),
  totalCount: count,
  assignedCount: count,
  availableCount: count,
  retiredCount: count,
})
export const assetsPage = z.looseObject({ ...page, assets: z.array(asset).catch([]) })

const assignment = z.looseObject({
  adamId: z.coerce.string().regex(/^\d{1,20}$/),
  pricingParam: pricing.catch('STDQ'),
  serialNumber: z.string().max(100).nullish(),
  clientUserId: z.string().max(200).nullish(),
})
export const assignmentsPage = z.looseObject({ ...page, assignments: z.array(assignment).catch([]) })

const user = z.looseObject({
  clientUserId: z.string().max(200),
  status: z.string().max(40).catch(''),
  inviteCode: z.string().max(200).nullish().catch(null),
})
export const usersPage = z.looseObject({ ...page, users: z.array(user).catch([]) })

export const begun = z.looseObject({ eventId: z.string().min(1).max(200) })

const info = z.looseObject({
  serialNumbers: z.array(z.string()).catch([]),
  clientUserIds: z.array(z.string()).catch([]),
  assets: z.array(z.looseObject({ adamId: z.coerce.string() })).catch([]),
})
const failure = z.looseObject({
  errorNumber: z.number().int().catch(0),
  errorMessage: z.string().max(2000).catch(''),
  errorInfo: info.nullish().catch(null),
})
export const status = z.looseObject({
  eventStatus: z.enum(['PENDING', 'COMPLETE', 'FAILED']),
  eventType: z.string().max(60).catch(''),
  failures: z.array(failure).nullish().catch([]),
})
export type Status = z.output<typeof status>
export type Failure = z.output<typeof failure>

export const notice = z.looseObject({
  notificationId: z.string().min(1).max(200),
  notificationType: z.string().min(1).max(60),
  uId: z.coerce.string().max(100).optional().catch(undefined),
  notification: z
    .looseObject({ eventId: z.string().max(200).optional().catch(undefined) })
    .nullish()
    .catch(null),
})

/** What an error number means to us: how we stand with the service, or nothing but that this one request was refused. */
export function standingOf(number: number): 'expired' | 'refused' | 'throttled' | 'silent' | null {
  switch (number) {
    case 9621:
      return 'expired'
    // Login required; the token was revoked; not a token; the service is gone.
    case 9601:
    case 9622:
    case 9625:
    case 9634:
    case 9722:
      return 'refused'
    case 9646:
      return 'throttled'
    case 9603:
      return 'silent'
    default:
      return null
  }
}

/** Why a seat was not given or taken back, as a code with a text; `done` where the vendor says that it is so already. */
export function reasonOf(number: number, way: 'asked' | 'returning'): string {
  switch (number) {
    case 9616:
    case 9628:
      return way === 'asked' ? 'done' : `vendor:${number}`
    // Not found, not associated: there is nothing to take back.
    case 9610:
    case 9619:
      return way === 'returning' ? 'done' : 'not-licensed'
    case 9609:
      return 'person-unknown'
    case 9706:
      return 'not-revocable'
    case 9707:
      return 'not-for-devices'
    case 9709:
      return 'none-left'
    default:
      return `vendor:${number}`
  }
}
