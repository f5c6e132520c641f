import { z } from 'zod'
import { agentModes } from '@muster/wire/agent/messages.ts'

/*
 * What agents may say, as schemas: the server checks by them, and docs/reference/agent is made of them. Unknown keys are let pass and not read, so that
 * a newer agent may say more than this server knows.
 */

const short = z.string().max(200)
const id = z.string().max(64)
const instant = z.int().min(0)
const chain = z.array(z.string().max(12_000)).max(8)
const base64url = z
  .string()
  .max(200)
  .regex(/^[\w-]+$/)
const json = z.record(z.string().max(120), z.unknown())

/** Asks for something to put into the attestation of a key: of a newcomer by an invitation, of one that is enrolled by its proof. */
export const challengeShape = z.object({ token: z.string().min(22).max(128).optional() })

/** What a device says of itself. */
export const introductionShape = z.object({
  platform: z.enum(['android', 'linux']),
  mode: z.enum(agentModes),
  brand: short,
  manufacturer: short,
  model: short,
  product: short,
  osVersion: short,
  apiLevel: z.int().min(0).max(10_000),
  patch: short.nullable(),
  build: short.nullable(),
  serial: short.nullable(),
  enrollmentId: short.nullable(),
  locale: short,
  timeZone: short,
  agent: z.object({ version: short, code: z.int().min(0), signer: base64url.nullable() }),
})

/** Enrolls a device. */
export const enrollShape = z.object({
  v: z.literal(1),
  token: z.string().min(22).max(128),
  challenge: base64url,
  instance: z.uuid(),
  attestation: chain,
  device: introductionShape,
})

const item = z.object({
  item: z.string().max(1000),
  version: z.string().max(200),
  state: z.enum(['applied', 'failed', 'unsupported', 'removed']),
  code: z.string().max(80).optional(),
  detail: z.string().max(1000).optional(),
})

const result = z.object({
  order: id,
  status: z.enum(['done', 'failed', 'refused', 'deferred', 'expired']),
  code: z.string().max(80).optional(),
  detail: z.string().max(1000).optional(),
  data: json.optional(),
})

const app = z.object({
  package: z.string().min(1).max(255),
  name: short,
  version: short,
  code: z.int().min(0),
  signer: base64url.nullable(),
  installer: z.string().max(255).nullable(),
  system: z.boolean(),
  hidden: z.boolean().optional(),
  hash: base64url.optional(),
  permissions: z.array(z.string().max(200)).max(200).optional(),
})

const appsDelta = z.object({
  base: base64url.nullable(),
  put: z.array(app).max(3000),
  drop: z.array(z.string().max(255)).max(3000),
  hash: base64url,
})

const event = z.object({ id, at: instant, type: z.string().max(80), data: json })

/** Everything an agent has to say, as changes. */
export const contactShape = z.object({
  v: z.literal(1),
  n: z.int().min(0),
  instance: z.uuid(),
  boot: id,
  woken: z.object({ channel: z.string().max(40), nonce: z.string().max(100) }).nullable(),
  have: z.object({ etag: base64url.nullable(), generation: z.int().min(0).nullable(), ordersSeen: z.int().min(0) }),
  items: z.array(item).max(2000),
  results: z.array(result).max(100),
  facts: json,
  factsHash: base64url,
  lists: z.object({ apps: appsDelta.optional() }),
  events: z.array(event).max(200),
  channels: z.object({
    mqtt: z.literal(true).optional(),
    fcm: z.object({ token: z.string().max(4096) }).optional(),
    webpush: z.object({ endpoint: z.url().max(2000), p256dh: base64url, auth: base64url }).optional(),
    sms: z
      .object({
        number: z.string().max(32).nullable().describe('null: the device does not know it; an admin may.'),
        token: z.string().max(32).nullable(),
        expiresAt: instant.nullable(),
      })
      .optional(),
    wait: z.literal(true).optional(),
  }),
})

const jwk = z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url, y: base64url })

/** Asks for a certificate for a new key. */
export const renewShape = z.object({
  v: z.literal(1),
  jwk,
  challenge: base64url.optional(),
  attestation: chain.default([]),
})

/** Asks for the certificate that an item of the document wants. */
export const certifyShape = z.object({ v: z.literal(1), item: z.string().max(1000), version: z.string().max(200), jwk })

export type Said = z.output<typeof contactShape>
export type Renewing = z.output<typeof renewShape>
export type Certifying = z.output<typeof certifyShape>
export type Introduced = z.output<typeof enrollShape>
