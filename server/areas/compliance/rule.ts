import type { Term } from '@muster/api/filter.ts'
import { z } from 'zod'
import type { Id } from '../../base/id.ts'
import { ownerships, platforms } from '../devices/index.ts'

/** How grave it is when a rule is not kept, from least to most. */
export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

const version = z.string().regex(/^\d{1,4}(\.\d{1,6}){0,3}$/)
const app = z.strictObject({ app: z.string().min(1).max(255), name: z.string().max(200).default('') })
const sum = z.union([z.string().regex(/^[\w-]{43}$/), z.string().regex(/^[0-9a-fA-F]{64}$/)])

/** What makes an app malware: all that one test says must be so. Sums are SHA-256, in hex or base64url. */
export const malwareTest = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    app: z.string().min(1).max(255).optional(),
    hash: sum.optional(),
    signer: sum.optional(),
    /** It was installed by none of these; '' is a file. Apps of the system were installed by nobody. */
    installers: z.array(z.string().max(255)).min(1).max(50).optional(),
    /** It was granted all of these. */
    permissions: z
      .array(z.string().regex(/^\S{1,200}$/))
      .min(1)
      .max(20)
      .optional(),
  })
  .refine(({ name: _, ...tests }) => Object.values(tests).some(v => v !== undefined), { message: 'tests nothing' })

const days = z.int().min(1).max(3650)
const text = z.string().trim().min(1).max(200)
const scalar = z.union([z.boolean(), z.number(), z.string().max(200)])

/** One thing that a policy may say: of which kind, at which key (parts joined by `/`; null: that there is one), and how it is compared. */
export const settingTest = z.strictObject({
  policyKind: z.string().min(1).max(200),
  key: z.string().min(1).max(200).nullable(),
  test: z.enum(['is', 'atLeast', 'atMost']),
  value: scalar,
})

/** What each kind of rule demands. */
export const paramShapes = {
  passcode: z.strictObject({ compliant: z.boolean().default(true) }),
  encryption: z.strictObject({}),
  'os-age': z
    .strictObject({
      minimum: z.partialRecord(z.enum(platforms), version).default({}),
      maxDaysBehind: z.int().min(1).max(730).nullable().default(null),
      /** Local time of each device from which on the minimum holds; without it, at once. */
      from: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
        .optional(),
    })
    .refine(p => p.maxDaysBehind !== null || Object.keys(p.minimum).length > 0, { message: 'demands nothing' }),
  supervision: z.strictObject({}),
  integrity: z.strictObject({}),
  apps: z
    .strictObject({
      /** `policies`: what the policies of each device forbid, or do not allow; nothing is named here. */
      list: z.enum(['allow', 'deny', 'required', 'policies']),
      apps: z.array(app).max(500).default([]),
      /** Of an allow-list: apps whose identifier begins so are allowed too. */
      vendors: z.array(text).max(20).default([]),
    })
    .refine(p => (p.list === 'policies' ? p.apps.length === 0 : p.apps.length > 0), {
      message: 'names apps, or leaves that to policies',
      path: ['apps'],
    }),
  malware: z.strictObject({
    any: z.array(malwareTest).min(1).max(500),
    /** Apps that are none, whatever they look like. */
    except: z.array(z.string().min(1).max(255)).max(500).default([]),
  }),
  certificate: z.strictObject({
    issuer: z.string().trim().max(200).default(''),
    subject: z.string().trim().max(200).default(''),
    present: z.boolean().default(true),
    expiresInDays: z.int().min(0).max(3650).nullable().default(null),
  }),
  silent: z.strictObject({ days }),
  drift: z.strictObject({
    hours: z.int().min(1).max(8760),
    policies: z.array(z.string().max(40)).max(100).default([]),
  }),
  facts: z.strictObject({ filter: z.string().trim().min(1).max(2000) }),
  setting: z.strictObject({ any: z.array(settingTest).min(1).max(8) }),
} as const

/** What a rule looks at. */
export type RuleKind = keyof typeof paramShapes
/** Every kind of rule. */
export const ruleKinds = Object.keys(paramShapes) as [RuleKind, ...RuleKind[]]

/** A demand: its kind, with what that kind needs to know. */
export type Demand = { [K in RuleKind]: { kind: K; params: z.output<(typeof paramShapes)[K]> } }[RuleKind]

/** Whom a rule is for, below its unit. An empty list does not narrow. */
export const scopeShape = z.strictObject({
  ownerships: z.array(z.enum(ownerships)).max(3).default([]),
  platforms: z.array(z.enum(platforms)).max(20).default([]),
  /** Folded tags; one of them is enough. */
  tags: z.array(text).max(50).default([]),
})
export type RuleScope = z.output<typeof scopeShape>

const afterHours = z.int().min(0).max(2160).default(0)

/** What a violation sets off, so many hours after it began. */
export const responseShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('notify-person'), afterHours }),
  z.strictObject({ kind: z.literal('notify-admins'), afterHours }),
  /** A message on the device itself, in the person's language, where it can show one. */
  z.strictObject({ kind: z.literal('message'), afterHours }),
  z.strictObject({ kind: z.literal('tag'), afterHours, tag: z.string().trim().min(1).max(60) }),
  z.strictObject({ kind: z.literal('restrict'), afterHours, tag: z.string().trim().min(1).max(60) }),
  z.strictObject({ kind: z.literal('ticket'), afterHours }),
  z.strictObject({ kind: z.literal('lock'), afterHours }),
])
export type Response = z.output<typeof responseShape>

/** A rule over facts and items, for the devices below its unit that its scope names. */
export interface Rule {
  id: Id<'rule'>
  name: string
  demand: Demand
  /** Of a rule over facts: its filter as it is evaluated. */
  terms: readonly Term[]
  scope: RuleScope
  severity: Severity
  graceHours: number
  responses: readonly Response[]
  fix: string
  template: string | null
  unit: Id<'unit'>
  unitPath: string
  looked: number | null
  by: { kind: string; id: string | null }
  createdAt: number
  changedAt: number
}

/** Whether what breaks a rule are apps, which are told by name. */
export function namesApps({ demand }: Pick<Rule, 'demand'>): boolean {
  return demand.kind === 'apps' || demand.kind === 'malware'
}
