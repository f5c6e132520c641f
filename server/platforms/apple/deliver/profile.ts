import type { Dict, Plist } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import * as certificates from '../../../areas/certificates/index.ts'
import * as devices from '../../../areas/devices/index.ts'
import * as identity from '../../../areas/identity/index.ts'
import * as policies from '../../../areas/policies/index.ts'
import type { Config } from '../../../base/config.ts'
import type { Ctx } from '../../../base/ctx.ts'
import type { Place } from '../../../base/secrets.ts'
import type { On } from '../ddm/outlook.ts'
import * as store from '../ddm/store.ts'
import { type Artifact, isRefused, profileOf, type Resources, uuidOf } from '../policies/artifact.ts'
import { compile } from '../policies/compile.ts'
import type { AppleTarget } from '../policies/target.ts'
import { deviceUrl } from '../profile.ts'
import type { ItemSpec } from './item.ts'
import { keepRenewing } from './renewing.ts'

const dayMs = 24 * 3_600_000
/** A device may fetch its profile weeks after it was told of it. */
const proofMs = 90 * dayMs

/** Where a device fetches the profile of an item. The address changes whenever the content does. */
export function profileUrl(
  config: Pick<Config, 'url'>,
  { enrollment, account }: store.Channel,
  { item, uuid, epoch }: { item: string; uuid: string; epoch: number },
): string {
  const name = Buffer.from(item).toString('base64url')
  return `${deviceUrl(config)}/profiles/${enrollment}/${account || 'device'}/${name}/${uuid}.${epoch}`
}

/** The PayloadUUID of what is delivered: the artifact's own, or one derived from it when the same version is delivered anew. */
export function deliveredUuid(artifact: Pick<Artifact, 'uuid'>, epoch: number): string {
  return epoch === 0 ? artifact.uuid : uuidOf([artifact.uuid, epoch])
}

/** By what the profile is found again on the device: its PayloadIdentifier and the PayloadUUID that was sent. */
export function handleOf(artifact: Pick<Artifact, 'identifier' | 'uuid'>, epoch: number): string {
  return `${artifact.identifier} ${deliveredUuid(artifact, epoch)}`
}

/** The parts of a handle. */
export function readHandle(handle: string): { identifier: string; uuid: string } {
  const [identifier = '', uuid = ''] = handle.split(' ')
  return { identifier, uuid }
}

/** The bytes of an item's profile for one channel: the same at every download. Opens its secrets, and makes the proof for its certificate when there is none yet. */
export async function profileBytes(ctx: Ctx, on: On, spec: ItemSpec, target: AppleTarget): Promise<Uint8Array> {
  const artifact = compile(spec, target, await resourcesOf(ctx, on, spec))
  if (isRefused(artifact)) throw new Error(`an item that was compiled before is refused: ${artifact.refused}`)
  const { name } = await identity.ownOrg(ctx)
  return profileOf(spec.epoch === 0 ? artifact : anew(artifact, spec.epoch), { organization: name })
}

/** What an item needs to be compiled for delivery, opened and proved. */
export async function resourcesOf(ctx: Ctx, on: On, spec: ItemSpec): Promise<Resources> {
  const secrets = new Map<string, { value: string; version: number }>()
  for (const [id, version] of Object.entries(spec.secrets))
    secrets.set(id, { value: await policies.openSecret(ctx, id), version })
  return {
    secrets,
    ...(spec.app === undefined ? {} : { app: spec.app }),
    ...(spec.recipient ? { recipient: spec.recipient } : {}),
    ...(spec.authority ? { identity: { ...spec.authority, challenge: await proofOf(ctx, on, spec) } } : {}),
  }
}

/** The one-time proof in the item's certificate payload. It is kept, so that the same profile is the same bytes again. */
async function proofOf(ctx: Ctx, on: On, { item, version, epoch }: ItemSpec): Promise<string> {
  const known = (await store.listItems(ctx, on)).find(row => row.item === item)
  if (known?.proof && known.version === version)
    return Buffer.from(await ctx.secrets.open(ctx, placeOf(on, item), known.proof)).toString('utf8')
  const { unitPath } = await devices.get(ctx, on.device)
  const proof = await certificates.challenge(ctx, {
    for: { kind: 'item', id: on.device, path: unitPath },
    ttlMs: proofMs,
  })
  const sealed = await ctx.secrets.seal(ctx, placeOf(on, item), proof)
  // Until the certificate is there, the proof's own end is what has to be watched.
  await store.putItem(ctx, on, { item, version, epoch, proof: sealed, renew_at: ctx.now + proofMs - dayMs })
  await keepRenewing(ctx)
  return proof
}

/** Where the proof of an item is sealed for. */
export function placeOf({ enrollment, account }: store.Channel, item: string): Place {
  return { table: 'apple_items', column: 'proof', row: `${enrollment}/${account}/${item}` }
}

/** The same content under other UUIDs, because a device takes what has the UUIDs it knows for what it has. */
function anew(artifact: Artifact, epoch: number): Artifact {
  const uuids = new Map(
    artifact.payloads.flatMap(p =>
      typeof p.PayloadUUID === 'string' ? [[p.PayloadUUID, uuidOf([p.PayloadUUID, epoch])]] : [],
    ),
  )
  const renamed = (value: Plist): Plist => {
    if (typeof value === 'string') return uuids.get(value) ?? value
    if (Array.isArray(value)) return value.map(renamed)
    if (!isDict(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one)]))
  }
  return { ...artifact, uuid: deliveredUuid(artifact, epoch), payloads: artifact.payloads.map(p => renamed(p) as Dict) }
}
