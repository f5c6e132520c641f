import type { Json } from '@muster/wire/apple/result.ts'
import * as certificates from '../../../areas/certificates/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as policies from '../../../areas/policies/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { On } from '../ddm/outlook.ts'
import * as store from '../ddm/store.ts'
import { knownRecipient } from '../escrow/recipient.ts'
import type { Item, Resources } from '../policies/artifact.ts'
import { needsOf, type Needs } from '../policies/compile.ts'
import { appIn, appKind } from '../../../areas/policies/index.ts'
import { type AppSpec, appSpecs } from '../apps/spec.ts'

/** One wanted item of a channel, ready to be compiled. A plain value: what it becomes depends on nothing else. */
export interface ItemSpec extends Item {
  readonly version: string
  /** What other items may refer to it by, beside its own name. */
  readonly aliases: readonly string[]
  /** Grows when the same version is to be installed anew. */
  readonly epoch: number
  readonly needs: Needs
  /** Versions of the secrets in it, by id. */
  readonly secrets: Readonly<Record<string, number>>
  /** Of an app: what is known of it, null when it is not to be had; absent on all else. */
  readonly app?: AppSpec | null
  /** Where a certificate of the device's own comes from, without the proof; null where it needs none. */
  readonly authority: { readonly scepUrl: string; readonly authorityName: string; readonly subject: string } | null
  /** DER of the certificate that recovery keys are encrypted for; null where it needs none. */
  readonly recipient: Uint8Array | null
}

/** The specs of everything that is wanted on the channel and could be handed over. */
export async function specsOf(ctx: Ctx, on: On, items: readonly reconcile.ChannelItem[]): Promise<ItemSpec[]> {
  const able = items.filter(i => i.effective && i.status.state !== 'blocked' && i.status.state !== 'waiting')
  if (able.length === 0) return []
  const bindings = await reconcile.bindingsOf(ctx, { device: on.device, shortName: await shortNameOf(ctx, on) })
  const needs = new Map(
    able.map(i => [i.status.item, needsOf({ kind: i.effective?.kind ?? '', value: i.effective?.value ?? null })]),
  )
  const versions = await policies.secretVersions(
    ctx,
    [...needs.values()].flatMap(n => n.secrets),
  )
  const known = new Map((await store.listItems(ctx, on)).map(row => [row.item, row]))
  const { name } = await identity.ownOrg(ctx)
  const specs = await appSpecs(
    ctx,
    on.device,
    able.flatMap(i => (i.effective?.kind === appKind ? [i.effective.value] : [])),
  )
  const scepUrl = certificates.scepUrl(ctx, ctx.org)
  const authority = { scepUrl, authorityName: `${name} device identity`, subject: on.device }
  const recipient = [...needs.values()].some(n => n.recipient) ? await knownRecipient(ctx) : null
  return able.flatMap(({ status, effective }) => {
    const { item, wanted } = status
    const need = needs.get(item)
    if (!effective || !need || wanted === null) return []
    // Made when the device is next ordered something; until then nothing may be encrypted for it.
    if (need.recipient && recipient === null) return []
    const { value, missing } = policies.fill(effective.value, bindings)
    // What lacks a value now was not known to when it was computed; it is about to be computed anew.
    if (missing.length > 0) return []
    const row = known.get(item)
    return {
      item,
      kind: effective.kind,
      instance: effective.instance,
      value,
      version: wanted,
      aliases: [effective.name, ...(effective.instance === null ? [] : [effective.instance])],
      epoch: row?.version === wanted ? row.epoch : 0,
      needs: need,
      secrets: Object.fromEntries(need.secrets.map(id => [id, versions.get(id) ?? 0])),
      authority: need.identity ? authority : null,
      recipient: need.recipient ? recipient : null,
      ...(effective.kind === appKind ? { app: specs.get(appIn(effective.value) ?? '') ?? null } : {}),
    }
  })
}

async function shortNameOf(ctx: Ctx, { enrollment: held, account }: On): Promise<string | null> {
  if (account === '') return null
  const accounts = await enrollment.accountsOf(ctx, held)
  return accounts.find(a => a.id === account)?.shortName ?? null
}

const marked = /muster-secret:([A-Za-z0-9_-]+)@(\d+);/g
const mark = (id: string, version: number): string => `muster-secret:${id}@${version};`

/** What stands in for secrets and challenges while nothing is delivered: marks that change when a secret does. Never leaves the server. */
export function sketchOf(spec: Pick<ItemSpec, 'authority' | 'secrets' | 'recipient' | 'app'>): Resources {
  const secrets = new Map(
    Object.entries(spec.secrets).map(([id, version]) => [id, { value: mark(id, version), version }] as const),
  )
  return {
    secrets,
    ...(spec.app === undefined ? {} : { app: spec.app }),
    ...(spec.recipient ? { recipient: spec.recipient } : {}),
    ...(spec.authority ? { identity: { ...spec.authority, challenge: '' } } : {}),
  }
}

/** The same value with secrets in the place of their marks. */
export async function opened(ctx: Ctx, value: Json): Promise<Json> {
  const ids = new Set([...JSON.stringify(value).matchAll(marked)].map(m => m[1] ?? ''))
  if (ids.size === 0) return value
  const texts = new Map<string, string>()
  for (const id of ids) texts.set(id, await policies.openSecret(ctx, id))
  return replaced(value, text => text.replaceAll(marked, (_, id: string) => texts.get(id) ?? ''))
}

/** The same value for people to read: marks are shown as dots. */
export function veiled(value: Json): Json {
  return replaced(value, text => text.replaceAll(marked, '•••'))
}

function replaced(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map(one => replaced(one, change))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaced(one, change)]))
}
