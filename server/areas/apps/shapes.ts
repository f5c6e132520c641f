import { z } from 'zod'
import { appKinds, appPlatforms } from './app.ts'
import { formKey } from './form-key.ts'
import { tieKeys } from './tie.ts'

/** A small picture. */
export const icon = z.object({
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  data: z.base64().max(300_000),
})

const code = z.string().max(200)
/** What an app can be tied to, and the policy that brings it. */
export const tie = z.object({
  key: z.enum(tieKeys),
  ref: z.string(),
  policy: z.object({ id: z.string(), name: z.string() }),
})

/** On how many devices an app is where. */
export const counts = z.object({
  required: z.number(),
  installed: z.number(),
  pending: z.number(),
  failed: z.number(),
})

/** An app as lists show it. */
export const appRow = z.object({
  id: z.string(),
  platform: z.enum(appPlatforms),
  kind: z.enum(appKinds),
  name: z.string(),
  publisher: z.string(),
  bundle: z.string().nullable(),
  storeId: z.string().nullable(),
  address: z.string().nullable(),
  icon: z.object({ type: z.string(), data: z.string() }).nullable(),
  unit: z.object({ id: z.string(), name: z.string(), path: z.string() }),
  needsSeat: z.boolean(),
  version: z.string().nullable(),
  counts,
  createdAt: z.number(),
  changedAt: z.number(),
  archivedAt: z.number().nullable(),
})

/** One release as answers say it. */
export const release = z.object({
  id: z.string(),
  version: z.string(),
  shortVersion: z.string(),
  minimumOs: z.string().nullable(),
  format: z.enum(['ipa', 'pkg', 'apk']),
  name: z.string(),
  size: z.number(),
  sha256: z.string(),
  signer: z.string().nullable(),
  signerName: z.string().nullable(),
  team: z.string().nullable(),
  expiresAt: z.number().nullable(),
  /** Levels of the system’s programming interface: the least it runs on, the one it was made for. */
  minimum: z.number().nullable(),
  target: z.number().nullable(),
  /** What it asks to be permitted, and how it is signed; null where files do not say. */
  permissions: z.array(z.string()).nullable(),
  scheme: z.number().nullable(),
  rotated: z.boolean(),
  debuggable: z.boolean(),
  addedAt: z.number(),
  withdrawnAt: z.number().nullable(),
  latest: z.boolean(),
})

/** An app with everything known of it. */
export const appPage = appRow.extend({
  releases: z.array(release),
  /** On how many devices it is in another version than the latest. */
  otherVersions: z.number(),
  form: z.array(formKey).nullable(),
  signer: z.string().nullable(),
  look: z.object({ state: z.enum(['asked', 'found', 'unknown', 'silent']), at: z.number() }).nullable(),
  policies: z.array(z.object({ id: z.string(), name: z.string() })),
})

const bundle = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,154}$/)
const storeId = z.string().regex(/^\d{6,12}$/)
const address = z
  .url()
  .max(2000)
  .regex(/^https?:\/\//i)

/** What is said of an app that is to be in the catalog. */
export const appWish = z.strictObject({
  platform: z.enum(appPlatforms).default('ios'),
  kind: z.enum(appKinds),
  name: z.string().trim().min(1).max(200),
  unit: z.string().max(40),
  publisher: z.string().max(200).optional(),
  bundle: bundle.optional(),
  storeId: storeId.optional(),
  address: address.optional(),
  icon: icon.optional(),
  needsSeat: z.boolean().optional(),
})

/** What of an app may be changed. */
export const appChange = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  publisher: z.string().max(200).optional(),
  unit: z.string().max(40).optional(),
  needsSeat: z.boolean().optional(),
  address: address.optional(),
  icon: icon.nullable().optional(),
})

/** A file on its way in. */
export const upload = z.object({
  id: z.string(),
  app: z.string().nullable(),
  name: z.string(),
  size: z.number(),
  received: z.number(),
  partBytes: z.number(),
  state: z.enum(['coming', 'reading', 'done', 'failed']),
  code: code.nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  release: z.string().nullable(),
})

/** A search in a store. */
export const find = z.object({
  id: z.string(),
  state: z.enum(['asked', 'done', 'silent']),
  items: z.array(
    z.object({
      storeId: z.string(),
      bundle: z.string().nullable(),
      name: z.string(),
      publisher: z.string(),
      version: z.string().nullable(),
      platform: z.enum(['ios', 'macos']),
      kind: z.enum(['store', 'book']),
    }),
  ),
})
