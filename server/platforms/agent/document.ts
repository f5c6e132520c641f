import { type AgentDocument, type Hours, signFor } from '@muster/wire/agent/document.ts'
import { hash64 } from '@muster/wire/agent/compact.ts'
import type { AgentMode } from '@muster/wire/agent/messages.ts'
import * as devices from '../../areas/devices/index.ts'
import * as hours from '../../areas/hours/index.ts'
import * as identity from '../../areas/identity/index.ts'
import * as policies from '../../areas/policies/index.ts'
import * as previews from '../../areas/previews/index.ts'
import * as privacy from '../../areas/privacy/index.ts'
import * as push from '../../areas/push/index.ts'
import * as reconcile from '../../areas/reconcile/index.ts'
import { canonical } from '../../base/canonical.ts'
import type { Ctx } from '../../base/ctx.ts'
import { addressFor, type AppWay, appValue, appWays, isApp, noteSent } from './app-items.ts'
import { approversAndHow } from './approvers.ts'
import { signerOf, trustedKeys } from './keys.ts'
import { nextOf } from './rhythm.ts'
import * as store from './store.ts'

/** The channel of an enrollment as documents are made for it. */
export interface On {
  readonly enrollment: string
  readonly device: string
}

/** What goes into a document and is the same whoever asks and however often; secrets are still their forms. */
type Content = Omit<AgentDocument, 'generation' | 'etag' | 'at'>

const channelOf = ({ enrollment }: On): reconcile.Channel => ({ enrollment, account: '' })

/**
 * The signed document of a device when the one it has is not the newest; null when it is. A new generation begins when what it says has changed, or when
 * something in it is to be tried again: then what is due counts as handed over.
 */
export async function documentFor(ctx: Ctx, standing: store.StandingRow, has: string | null): Promise<string | null> {
  const on = { enrollment: standing.enrollment, device: standing.device }
  const { items: wanted } = await reconcile.itemsOn(ctx, { ...on, account: '' })
  const ways = await appWays(ctx, on, wanted)
  const timed = await reconcile.timedOn(ctx, on.device)
  const content = await contentOf(ctx, on, standing.mode as AgentMode, { wanted, ways, timed })
  const plan = await reconcile.planOf(ctx, on.enrollment)
  // What its own clock has ended already is not handed over: we are about to compute the same.
  const steps = plan.filter(s => s.do !== 'install' || s.item !== timed?.effective.item || isOff(timed, ctx.now))
  const tag = hash64(canonical(content)).slice(0, 22)
  const changed = !standing.etag.startsWith(`${tag}-`)
  let { generation, etag } = standing
  if (changed || steps.length > 0) {
    generation += 1
    etag = `${tag}-${generation}`
    await store.changeStanding(ctx, on.enrollment, { generation, etag })
    await reconcile.noteAll(
      ctx,
      channelOf(on),
      steps.map(step => ({ item: step.item, did: 'sent', version: step.version, via: 'document' })),
    )
    await noteSent(
      ctx,
      on.device,
      ways,
      steps.flatMap(s => (s.do === 'install' ? [s.item] : [])),
    )
  }
  if (has === etag) return null
  const items = await Promise.all(content.items.map(async i => ({ ...i, value: await handedOver(ctx, on, i, ways) })))
  const { key, publicKey } = await signerOf(ctx)
  return signFor('muster-document', { ...content, items, generation, etag, at: ctx.now }, key, publicKey)
}

/** The value of an item as it is handed over: secrets in the place of their forms, and where files are. */
async function handedOver(
  ctx: Ctx,
  on: On,
  { item, value }: Content['items'][number],
  ways: ReadonlyMap<string, AppWay>,
): Promise<unknown> {
  const open = await opened(ctx, value)
  const release = ways.get(item)?.release
  if (!release || typeof open !== 'object') return open
  return { ...open, url: await addressFor(ctx, on.device, release) }
}

const isOff = ({ off }: reconcile.Timed, now: number): boolean => off.some(s => s.from <= now && now < s.to)

interface Meant {
  readonly timed: reconcile.Timed | null
  readonly wanted: readonly reconcile.ChannelItem[]
  readonly ways: ReadonlyMap<string, AppWay>
}

async function contentOf(ctx: Ctx, on: On, mode: AgentMode, meant: Meant): Promise<Content> {
  const device = await devices.get(ctx, on.device)
  const { name } = await identity.ownOrg(ctx)
  const held = { ...device, road: 'agent', mode }
  const times = await hoursOf(ctx, on, held, meant.timed)
  return {
    v: 1,
    org: ctx.org,
    enrollment: on.enrollment,
    device: on.device,
    mode,
    items: await itemsOf(ctx, on, held, meant),
    ...(times === null ? {} : { hours: times }),
    collect: await collectOf(ctx, device, mode),
    support: { org: name, text: '', contact: '', url: `${ctx.config.url}/my` },
    keys: await trustedKeys(ctx),
    ...(await approversAndHow(ctx)),
    next: nextOf(await push.rhythmOf(ctx, device.unitPath)),
  }
}

async function itemsOf(
  ctx: Ctx,
  on: On,
  held: previews.DeviceClass,
  { wanted, ways }: Pick<Meant, 'wanted' | 'ways'>,
): Promise<Content['items']> {
  const able = wanted.filter(i => i.effective && !['blocked', 'waiting', 'unsupported'].includes(i.status.state))
  if (able.length === 0) return []
  const bindings = await reconcile.bindingsOf(ctx, { device: on.device, shortName: null })
  return able.flatMap(({ status, effective }) => {
    if (!effective || status.wanted === null) return []
    const { value, missing } = policies.fill(without(effective.value, previews.leftOut(effective, held)), bindings)
    // What lacks a value now was not known to when it was computed; it is about to be computed anew.
    if (missing.length > 0) return []
    const way = ways.get(status.item)
    // An app that cannot go to this device.
    if (!way && isApp(status)) return []
    const { item, wanted: version, needs } = status
    return [{ item, version, kind: effective.kind, value: way ? appValue(value, way) : value, needs }]
  })
}

/** What the device is outside working time, and when: it switches by itself, also where it does not reach us. */
async function hoursOf(
  ctx: Ctx,
  { device }: On,
  held: previews.DeviceClass,
  timed: reconcile.Timed | null,
): Promise<Hours | null> {
  if (timed === null) return null
  const { effective, version, from, until, off } = timed
  const bindings = await reconcile.bindingsOf(ctx, { device, shortName: null })
  const outside = hours.outsideOf(without(effective.value, previews.leftOut(effective, held)))
  const { value } = policies.fill(outside, bindings)
  const item = { item: effective.item, version, kind: effective.kind, value, needs: [] }
  return { item, from, until, off: off.map(span => [span.from, span.to] as const) }
}

/** An item as the document says it now, with secrets still their forms; null where it does not say it. */
export async function itemNow(
  ctx: Ctx,
  standing: store.StandingRow,
  name: string,
): Promise<Content['items'][number] | null> {
  const on = { enrollment: standing.enrollment, device: standing.device }
  const { items } = await reconcile.itemsOn(ctx, { ...on, account: '' })
  const wanted = items.filter(i => i.status.item === name)
  const device = await devices.get(ctx, on.device)
  const held = { ...device, road: 'agent', mode: standing.mode }
  const [found = null] = await itemsOf(ctx, on, held, { wanted, ways: new Map() })
  return found
}

/** A value without those of its keys that the device cannot take. */
function without(value: policies.Json, keys: readonly string[]): policies.Json {
  if (keys.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

const dayMs = 86_400_000
/** What facts the agent may tell, by what the charter calls their kinds: prefixes of their keys. */
const prefixes: readonly (readonly [type: privacy.DataType, keys: readonly string[]])[] = [
  ['hardware', ['storage.', 'battery.', 'identity.model', 'other.apps']],
  ['system', ['os.', 'identity.supervised', 'agent.']],
  ['security', ['security.']],
  ['identifiers', ['identity.serial', 'identity.enrollmentId', 'cellular.imei', 'cellular.meid', 'network.wifiMac']],
  ['network', ['network.']],
  ['cellular', ['cellular.']],
]

async function collectOf(ctx: Ctx, device: devices.Device, mode: string): Promise<Content['collect']> {
  const collect = await privacy.collectingOf(ctx, device, mode)
  const may = (type: privacy.DataType): boolean => collect(type) !== 'never'
  return {
    facts: prefixes.flatMap(([type, keys]) => (may(type) ? keys : [])),
    apps: may('apps') ? 'all' : may('managed-apps') ? 'managed' : 'none',
    everyMs: dayMs,
  }
}

/** The same value with secrets in the place of their forms. */
async function opened(ctx: Ctx, value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(one => opened(ctx, one)))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first?.[0] === '$secret' && typeof first[1] === 'string')
    return policies.openSecret(ctx, first[1])
  return Object.fromEntries(
    await Promise.all(entries.map(async ([key, one]) => [key, await opened(ctx, one)] as const)),
  )
}
