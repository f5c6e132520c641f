import { createHash } from 'node:crypto'
import type { Json } from '@muster/wire/apple/result.ts'
import type { ClientCapabilities } from '@muster/wire/apple/status.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as enrollment from '../../../areas/enrollment/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as reconcile from '../../../areas/reconcile/index.ts'
import type { Ctx } from '../../../base/ctx.ts'
import { type ItemSpec, sketchOf, specsOf } from '../deliver/item.ts'
import { profileUrl } from '../deliver/profile.ts'
import type { EnrollmentKind } from '../pinned.ts'
import { type Artifact, isRefused } from '../policies/artifact.ts'
import { compile } from '../policies/compile.ts'
import type { AppleTarget } from '../policies/target.ts'
import { declarable } from './able.ts'
import { type Declarable, type Declared, declare, type Ground } from './declare.ts'
import { subscriptionsOf, type Subscriber } from './status-items.ts'
import * as store from './store.ts'

/** One channel of a device that is managed now. */
export interface On extends store.Channel {
  readonly device: string
  readonly kind: EnrollmentKind
}

/** In which way an item goes to a channel, and what it is there. */
export type Way =
  | {
      readonly by: 'declarations' | 'legacy' | 'profile' | 'command'
      readonly spec: ItemSpec
      readonly artifact: Artifact
    }
  | { readonly by: 'none'; readonly version: string; readonly code: string }

/** Everything that a channel should have, as it is said there. */
export interface Outlook {
  readonly channel: store.ChannelRow
  readonly subscriber: Subscriber
  readonly target: AppleTarget
  readonly items: readonly reconcile.ChannelItem[]
  /** By item, for those that are wanted. */
  readonly ways: ReadonlyMap<string, Way>
  /** Null: the channel does not know declarations. */
  readonly declared: Declared | null
}

const legacyType = 'com.apple.configuration.legacy'

type Made = Pick<Outlook, 'ways' | 'declared'>

/** Compiled sets by channel, of this process: a device that asks for ten declarations has them compiled once. Keyed by Secrets so that two servers in one test do not meet. */
const made = new WeakMap<object, Map<string, { key: string; made: Made }>>()
const most = 2000

/** What the channel should have now. The same state gives the same set, whoever asks and however often. */
export async function outlookOf(ctx: Ctx, on: On): Promise<Outlook> {
  const channel = (await store.findChannel(ctx, on)) ?? store.newChannel(ctx, on, on.device)
  const device = await devices.get(ctx, on.device)
  const capabilities = channel.capabilities === null ? null : (JSON.parse(channel.capabilities) as ClientCapabilities)
  const { items } = await reconcile.itemsOn(ctx, on)
  const specs = await specsOf(ctx, on, items)
  const subscriber: Subscriber = {
    platform: device.platform,
    osVersion: device.osVersion,
    kind: on.kind,
    onAccount: on.account !== '',
    supported: capabilities?.statusItems ?? null,
  }
  const { name } = await identity.ownOrg(ctx)
  const ground: Ground = {
    epoch: channel.epoch,
    organization: { Name: name },
    properties: await propertiesOf(ctx, device),
    status: subscriptionsOf(subscriber),
  }
  const target = await targetOf(ctx, on, device, capabilities)
  const able = declarable(target, on.account !== '') && channel.refused_os !== (device.osVersion ?? '')
  const key = createHash('sha256')
    .update(JSON.stringify([specs, ground, target, able, capabilities]))
    .digest('base64')
  const found = remembered(ctx, on, key) ?? remember(ctx, on, key, make({ ctx, on, target, able, ground, specs }))
  return { channel, subscriber, target, items, ...found }
}

/** What of the device decides how items are said to it. */
export async function targetOf(
  ctx: Ctx,
  on: On,
  device: devices.Device,
  capabilities: ClientCapabilities | null,
): Promise<AppleTarget> {
  const accounts = on.account === '' ? await enrollment.accountsOf(ctx, on.enrollment) : []
  return {
    platform: device.platform as AppleTarget['platform'],
    osVersion: device.osVersion,
    supervised: device.supervised,
    enrollment: on.kind,
    channels: { user: on.account !== '' || accounts.some(a => a.state === 'active') },
    capabilities,
  }
}

/** What predicates may look at of ours: where the device belongs and what it is labeled with. */
async function propertiesOf(ctx: Ctx, device: devices.Device): Promise<Record<string, Json>> {
  const unit = await identity.unitOf(ctx, device.unit)
  return { unit: unit.name, tags: await devices.tagsOf(ctx, device.id), ownership: device.ownership }
}

interface Making {
  ctx: Ctx
  on: On
  target: AppleTarget
  able: boolean
  ground: Ground
  specs: readonly ItemSpec[]
}

function make({ ctx, on, target, able, ground, specs }: Making): Made {
  const ways = new Map<string, Way>()
  const said: Declarable[] = []
  for (const spec of specs) {
    const { item, version } = spec
    const artifact = compile(spec, target, sketchOf(spec))
    if (isRefused(artifact)) {
      ways.set(item, { by: 'none', version, code: artifact.refused })
      continue
    }
    const by = wayOf(artifact, able, target)
    if (by === null) {
      ways.set(item, { by: 'none', version, code: 'ddm.not-supported' })
      continue
    }
    ways.set(item, { by, spec, artifact })
    if (by !== 'profile' && by !== 'command') said.push(declarableOf(ctx, on, spec, artifact))
  }
  const declared = able ? declare(said, ground) : null
  for (const [item] of declared?.dangling ?? []) {
    const version = specs.find(s => s.item === item)?.version ?? ''
    ways.set(item, { by: 'none', version, code: 'ddm.reference-missing' })
  }
  return { ways, declared }
}

/** Declarations of its own where they say the same, else its profile in one; by command where the channel takes neither. */
function wayOf(
  artifact: Artifact,
  able: boolean,
  { capabilities }: AppleTarget,
): 'declarations' | 'legacy' | 'profile' | 'command' | null {
  if (able && artifact.native) return 'declarations'
  if (artifact.order && artifact.payloads.length === 0) return 'command'
  if (artifact.payloads.length === 0) return null
  const known = capabilities?.declarations.configuration
  return able && (!known || known.includes(legacyType)) ? 'legacy' : 'profile'
}

function declarableOf(ctx: Ctx, on: On, spec: ItemSpec, artifact: Artifact): Declarable {
  const { item, version, epoch, aliases } = spec
  const set = artifact.native ?? artifact.beside
  const parts = [...(set?.assets ?? []), ...(set?.configuration ?? [])].map(p => ({
    ...p,
    payload: p.payload as Record<string, Json>,
  }))
  if (artifact.native) return { item, version, epoch, aliases, parts }
  const ProfileURL = profileUrl(ctx.config, on, { item, uuid: artifact.uuid, epoch })
  const profile = { name: 'profile', type: legacyType, payload: { ProfileURL } }
  return { item, version, epoch, aliases, parts: [profile, ...parts] }
}

const nameOf = (ctx: Ctx, on: On): string => `${ctx.org} ${on.enrollment} ${on.account}`

function remembered(ctx: Ctx, on: On, key: string): Made | undefined {
  const known = made.get(ctx.secrets)?.get(nameOf(ctx, on))
  return known?.key === key ? known.made : undefined
}

function remember(ctx: Ctx, on: On, key: string, what: Made): Made {
  const all = made.get(ctx.secrets) ?? new Map<string, { key: string; made: Made }>()
  made.set(ctx.secrets, all)
  if (all.size >= most) for (const oldest of [...all.keys()].slice(0, most / 10)) all.delete(oldest)
  all.set(nameOf(ctx, on), { key, made: what })
  return what
}
