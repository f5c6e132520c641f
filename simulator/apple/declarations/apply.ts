import { createHash } from 'node:crypto'
import { take } from '../behavior.ts'
import { type Reply, Unreachable } from '../http.ts'
import { fetchAsDevice } from '../line.ts'
import { bring, drop, goOn } from '../managed.ts'
import { ProfileRefused, readProfile } from '../profile.ts'
import { shelve, unshelve } from '../shelf.ts'
import { at, type Held, object, texts } from './declared.ts'
import { knows, versionOf } from './known.ts'
import { BadPredicate, holds } from './predicate.ts'
import { type Channel, declaredOn, statusItems } from './status.ts'

/** Brings the device in step with what is declared: grades everything, puts in force what is active, undoes what is not any more. */
export async function apply(channel: Channel): Promise<void> {
  const declared = declaredOn(channel)
  for (const held of declared.held.values()) grade(channel, held)
  const wanted = new Set<string>()
  for (const held of declared.held.values()) if (held.section === 'Activations') activate(channel, held, wanted)
  for (const held of declared.held.values()) {
    if (held.section !== 'Configurations') continue
    if (held.valid === 'invalid') await undo(channel, held)
    else if (wanted.has(held.identifier)) await enforce(channel, held)
    else {
      await undo(channel, held)
      held.active = false
      held.reasons = [{ code: 'Info.NotReferencedByActivation', description: 'No active activation refers to it.' }]
    }
  }
  markAssets(channel)
  subscribe(channel)
}

/** Undoes what a configuration did. */
export async function undo({ device, account }: Channel, held: Held): Promise<void> {
  if (isApp(held))
    for (const one of [...device.interior.managed.values()])
      if (one.declaration === held.identifier) drop(device, one.identifier)
  if (held.profile === undefined) return
  unshelve(device, account, held.profile)
  delete held.profile
}

function grade({ device }: Channel, held: Held): void {
  const { family } = device.hardware
  held.valid = 'valid'
  held.reasons = []
  if (!knows(held.type, family, versionOf(device.interior.system.version))) {
    held.valid = 'invalid'
    held.active = false
    const code = held.section === 'Configurations' ? 'Error.ConfigurationNotSupported' : 'Error.UnknownDeclarationType'
    held.reasons = [{ code, description: `“${held.type}” is not known here.`, details: { Type: held.type } }]
    return
  }
  const planned = take(device.behavior, ['refuse-declaration'], [held.type])
  if (planned)
    refuse(held, planned.code ?? 'Error.ConfigurationCannotBeApplied', planned.text ?? 'It was told to fail.')
  if (held.section === 'Management') held.active = held.valid === 'valid'
}

function refuse(held: Held, code: string, description: string, details?: Record<string, unknown>): void {
  held.valid = 'invalid'
  held.active = false
  held.reasons = [{ code, description, ...(details ? { details } : {}) }]
}

function activate(channel: Channel, held: Held, wanted: Set<string>): void {
  if (held.valid !== 'valid') return
  const declared = declaredOn(channel)
  const names = texts(at(held.payload, 'StandardConfigurations'))
  const missing = names.filter(name => declared.held.get(`Configurations ${name}`) === undefined)
  if (missing.length > 0) {
    refuse(held, 'Error.MissingConfigurations', 'It refers to what is not there.', { Identifiers: missing })
    return
  }
  const predicate = at(held.payload, 'Predicate')
  try {
    held.active = predicate === undefined || holds(String(predicate), valuesOf(channel))
    if (!held.active) held.reasons = [{ code: 'Info.Predicate', description: 'Its predicate does not hold.' }]
  } catch (error) {
    if (!(error instanceof BadPredicate)) throw error
    refuse(held, 'Error.UnableToParsePredicate', error.message, { Predicate: predicate })
  }
  if (held.active) for (const name of names) wanted.add(name)
}

function valuesOf(channel: Channel): Parameters<typeof holds>[1] {
  const items = statusItems(channel)
  const properties = [...declaredOn(channel).held.values()].filter(h => h.type === 'com.apple.management.properties')
  return {
    status: name => items[name],
    property: name => properties.map(held => at(held.payload, name)).find(value => value !== undefined),
  }
}

async function enforce(channel: Channel, held: Held): Promise<void> {
  const asset = await missingAsset(channel, held)
  if (asset !== null) {
    refuse(held, asset.code, asset.description, { Identifier: asset.identifier })
    return
  }
  if (held.type.startsWith('com.apple.configuration.legacy')) return legacy(channel, held)
  if (isApp(held)) await app(channel, held)
  held.active = true
}

const isApp = ({ type }: Held): boolean =>
  type === 'com.apple.configuration.app.managed' || type === 'com.apple.configuration.package'

/** A declared app is begun once; what came by command before passes into the care of the declaration. */
async function app({ device, enrollment }: Channel, held: Held): Promise<void> {
  const known = [...device.interior.managed.values()].find(a => a.declaration === held.identifier)
  if (known && known.state !== 'Failed' && known.state !== 'ManagedButUninstalled' && held.token === held.done) return
  const storeId = at(held.payload, 'AppStoreID')
  const manifest = at(held.payload, 'ManifestURL')
  try {
    await bring(device, enrollment, {
      declaration: held.identifier,
      flags: 1,
      ...(typeof storeId === 'string' ? { storeId: Number(storeId) } : {}),
      ...(typeof manifest === 'string' ? { manifest } : {}),
    })
    if (device.options.prompts !== 'wait') goOn(device)
    held.done = held.token
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
  }
}

/** A profile inside a declaration. (Apple: LegacyProfile.) */
async function legacy(channel: Channel, held: Held): Promise<void> {
  const { device, enrollment, account } = channel
  const url = at(held.payload, 'ProfileURL')
  // Apple: https only. Loopback is where tests speak without TLS.
  if (typeof url !== 'string' || !/^https:|^http:\/\/127\.0\.0\.1[:/]/.test(url)) {
    refuse(held, 'Error.ConfigurationIsInvalid', 'ProfileURL is not an https address.')
    return
  }
  let reply: Reply
  try {
    reply = await fetchAsDevice(device, enrollment, url)
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    held.active = false
    held.valid = 'unknown'
    return
  }
  if (reply.status !== 200) {
    refuse(held, 'Error.ConfigurationCannotBeApplied', `The profile answered ${reply.status}.`)
    return
  }
  try {
    const profile = readProfile(reply.body)
    if (held.profile !== undefined && held.profile !== profile.identifier) await undo(channel, held)
    await shelve(device, account, profile, 'declarations')
    held.profile = profile.identifier
    held.active = true
  } catch (error) {
    if (!(error instanceof ProfileRefused)) throw error
    refuse(held, 'Error.ConfigurationCannotBeApplied', error.message, {
      Error: { Domain: 'MCInstallationErrorDomain', Code: error.code },
    })
  }
}

async function missingAsset(
  channel: Channel,
  held: Held,
): Promise<{ code: string; description: string; identifier: string } | null> {
  for (const [key, value] of Object.entries(held.payload)) {
    if (!key.endsWith('AssetReference') || typeof value !== 'string') continue
    const asset = declaredOn(channel).held.get(`Assets ${value}`)
    if (!asset) return { code: 'Error.MissingAssets', description: 'An asset is not there.', identifier: value }
    const fault = await fetchAsset(channel, asset)
    if (fault !== null) return { ...fault, identifier: value }
  }
  return null
}

async function fetchAsset(
  { device, enrollment }: Channel,
  asset: Held,
): Promise<{ code: string; description: string } | null> {
  const reference = object(at(asset.payload, 'Reference'))
  if (typeof reference.DataURL !== 'string') return null
  const reply = await fetchAsDevice(device, enrollment, reference.DataURL).catch(() => null)
  if (reply === null || reply.status !== 200)
    return { code: 'Error.AssetCannotBeDownloaded', description: `It answered ${reply?.status ?? 'nothing'}.` }
  const wanted = reference['Hash-SHA-256']
  const hash = createHash('sha256').update(reply.body).digest('hex')
  if (typeof wanted === 'string' && wanted.toLowerCase() !== hash)
    return { code: 'Error.AssetCannotBeVerified', description: 'Its hash differs.' }
  return null
}

function markAssets(channel: Channel): void {
  const declared = declaredOn(channel)
  const used = new Set(
    [...declared.held.values()]
      .filter(held => held.section === 'Configurations' && held.active)
      .flatMap(held => Object.entries(held.payload))
      .flatMap(([key, value]) => (key.endsWith('AssetReference') ? [String(value)] : [])),
  )
  for (const held of declared.held.values()) {
    if (held.section !== 'Assets' || held.valid === 'invalid') continue
    held.active = used.has(held.identifier)
    if (!held.active)
      held.reasons = [{ code: 'Info.NotReferencedByConfiguration', description: 'No configuration refers to it.' }]
  }
}

function subscribe(channel: Channel): void {
  const declared = declaredOn(channel)
  declared.subscribed = new Set(
    [...declared.held.values()]
      .filter(held => held.active && held.type === 'com.apple.configuration.management.status-subscriptions')
      .flatMap(held => {
        const items = at(held.payload, 'StatusItems')
        return Array.isArray(items) ? items.map(item => String(at(item, 'Name'))) : []
      }),
  )
}
