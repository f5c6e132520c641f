import { z } from 'zod'
import type { AgentDocument, AgentOrders } from '@muster/wire/agent/document.ts'
import {
  agentModes,
  type Answer,
  type Certified,
  type Challenge,
  type Contacted,
  type Enrolled,
  type Renewed,
} from '@muster/wire/agent/messages.ts'

/*
 * What the server says to agents, as schemas for whoever writes one; the types in wire/agent hold them to what is really said. Readers let keys pass that
 * they do not know: a later server may say more.
 */

const answer = {
  action: z.enum(['none', 'retry', 'reauth', 'unenroll']).describe('What to do now; nothing else decides.'),
  code: z.string().optional().describe('Why, where it is not none.'),
  message: z.string().optional(),
  retryAfterMs: z.number().optional(),
  serverTime: z.number().optional().describe('The server’s clock, in milliseconds since 1970.'),
}
const jwk = z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() })
const keys = z.array(z.object({ kid: z.string().describe('RFC 7638 thumbprint'), jwk }))
const next = z.object({ afterMs: z.number(), jitterMs: z.number() })
const approvers = z.object({
  version: z.number().optional(),
  need: z.number(),
  rpId: z.string(),
  origins: z.array(z.string()),
  keys: z.array(z.object({ id: z.string(), by: z.string().optional(), jwk })),
})
const certified = {
  certificate: z.string().describe('Base64 of its DER.'),
  authorities: z.array(z.string()),
}
const approval = z.looseObject({}).describe('A person’s signature over exactly this act; see wire/agent/approval.ts.')

/** Any answer, also those with errors. */
export const answerShape = z.object(answer)

export const challengeAnswer = z.object({
  ...answer,
  challenge: z.string(),
  expiresInMs: z.number(),
  org: z.string().optional().describe('Whose the device becomes.'),
})

export const enrollAnswer = z.object({
  ...answer,
  org: z.string(),
  enrollment: z.string(),
  device: z.string(),
  ...certified,
  keys,
  approvers,
  next,
})

export const renewAnswer = z.object({ ...answer, ...certified })

export const certifyAnswer = z.object({
  ...answer,
  ...certified,
  renewAt: z.number().describe('When to ask again, with a new key.'),
})

export const contactAnswer = z.object({
  ...answer,
  serverTime: z.number(),
  document: z.string().optional().describe('JWS of a document; absent where the agent has it.'),
  orders: z.string().optional().describe('JWS of orders.'),
  seen: z.object({ results: z.array(z.string()), events: z.array(z.string()) }),
  need: z.array(z.enum(['facts', 'apps'])),
  next,
  channels: z.object({
    order: z.array(z.string()),
    mqtt: z
      .object({
        url: z.string(),
        topic: z.string(),
        clientId: z.string(),
        username: z.string(),
        password: z.string(),
      })
      .optional(),
    wait: z.object({ path: z.string(), holdMs: z.number() }).optional(),
    sms: z
      .object({ spent: z.literal(true) })
      .optional()
      .describe('Tell another token: this one is used up.'),
    webpush: z.object({ key: z.string() }).optional(),
  }),
  renewBy: z.number(),
})

const item = z.object({
  item: z.string(),
  version: z.string(),
  kind: z.string(),
  value: z.unknown(),
  needs: z.array(z.string()),
})

/** The payload of a document. */
export const documentShape = z.object({
  v: z.literal(1),
  org: z.string(),
  enrollment: z.string(),
  device: z.string(),
  generation: z.number(),
  etag: z.string(),
  at: z.number(),
  mode: z.enum(agentModes),
  items: z.array(item),
  hours: z
    .object({
      item,
      from: z.number(),
      until: z.number(),
      off: z.array(z.tuple([z.number(), z.number()])),
    })
    .optional()
    .describe('Between from and until the item is there in the spans of off alone, whatever items says of it.'),
  collect: z.object({
    facts: z.array(z.string()),
    apps: z.enum(['all', 'managed', 'none']),
    everyMs: z.number(),
  }),
  support: z.object({ org: z.string(), text: z.string(), contact: z.string(), url: z.string() }),
  keys,
  approvers,
  endorsed: z.array(z.looseObject({})).optional(),
  next,
})

/** The payload of orders. */
export const ordersShape = z.object({
  v: z.literal(1),
  org: z.string(),
  enrollment: z.string(),
  at: z.number(),
  orders: z.array(
    z.object({
      id: z.string(),
      seq: z.number(),
      kind: z.string(),
      args: z.record(z.string(), z.unknown()),
      notAfter: z.number().nullable(),
      approval: z.array(approval).optional(),
    }),
  ),
})

type Said<T> = { readonly [K in keyof T]: unknown }
/** That a shape has the keys of what is said, all of them and no others. */
type Whole<S, T> = Said<T> extends S ? ([keyof S, keyof T] extends [keyof T, keyof S] ? true : never) : never

const whole = <S, T>(_: Whole<Said<S>, T>): void => undefined
whole<z.output<typeof answerShape>, Answer>(true)
whole<z.output<typeof challengeAnswer>, Challenge>(true)
whole<z.output<typeof enrollAnswer>, Enrolled>(true)
whole<z.output<typeof renewAnswer>, Renewed>(true)
whole<z.output<typeof certifyAnswer>, Certified>(true)
whole<z.output<typeof contactAnswer>, Contacted>(true)
whole<z.output<typeof documentShape>, AgentDocument>(true)
whole<z.output<typeof ordersShape>, AgentOrders>(true)
