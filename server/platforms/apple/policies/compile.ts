import { findPolicyKind, type Json } from '../../../areas/policies/index.ts'
import {
  type Artifact,
  type Item,
  identifierOf,
  type LeftOut,
  type Refused,
  type Resources,
  uuidOf,
} from './artifact.ts'
import { app } from './app.ts'
import { certificates, identity } from './certificates.ts'
import { email } from './email.ts'
import { passcode } from './passcode.ts'
import { type Draft, isValues, secretIn, sketching, type Sheet, type Writer, writing } from './pen.ts'
import { managedOpenIn, restrictions } from './restrictions.ts'
import { homeScreen, singleApp } from './screens.ts'
import { encryption, lockScreen, managedDomains, webFilter } from './system.ts'
import { type AppleTarget, unmet } from './target.ts'
import { osUpdate } from './update.ts'
import { vendorWriter } from './vendor-write.ts'
import { vpn } from './vpn.ts'
import { wifi } from './wifi.ts'
import { workTime } from './work-time.ts'

/** What these systems have no words for at all. */
const elsewhere: Writer = () => ({ refused: 'no-such-setting' })

const writers: Readonly<Record<string, Writer>> = {
  passcode,
  restrictions,
  wifi,
  vpn,
  email,
  certificates,
  identity,
  encryption,
  'os-update': osUpdate,
  'web-filter': webFilter,
  'lock-screen': lockScreen,
  'home-screen': homeScreen,
  'single-app': singleApp,
  'managed-domains': managedDomains,
  'managed-open-in': managedOpenIn,
  'work-time': workTime,
  app,
  kiosk: elsewhere,
  'private-dns': elsewhere,
  'app-permissions': elsewhere,
}

/** What must be prepared before an item can be compiled for delivery. */
export interface Needs {
  /** A challenge for a certificate of this server's authority, good for one. */
  readonly identity: boolean
  /** Ids of secrets to open. */
  readonly secrets: readonly string[]
  /** The certificate that recovery keys are encrypted for. */
  readonly recipient: boolean
}

/** What an item asks to be prepared. */
export function needsOf(item: Pick<Item, 'value'> & { readonly kind?: string }): Needs {
  return {
    identity: asksIdentity(item.value),
    secrets: [...secretsIn(item.value)],
    recipient: item.kind === 'encryption',
  }
}

function secretsIn(value: Json, into = new Set<string>()): Set<string> {
  const id = secretIn(value)
  if (id !== null) into.add(id)
  else if (Array.isArray(value)) for (const one of value) secretsIn(one, into)
  else if (isValues(value)) for (const one of Object.values(value)) secretsIn(one, into)
  return into
}

/** Whether there is a source of certificates in the value that is this server. */
function asksIdentity(value: Json): boolean {
  if (Array.isArray(value)) return value.some(asksIdentity)
  if (!isValues(value)) return false
  return value['source'] === 'built-in' || Object.values(value).some(asksIdentity)
}

/**
 * What an item becomes on a device of this maker. Pure. Without resources the artifact is a sketch for looking at, with secrets
 * left out; with resources, all that `needsOf` names must be among them.
 */
export function compile(item: Item, on: AppleTarget, resources: Resources | null = null): Artifact | Refused {
  const writer = writers[item.kind] ?? vendorWriter(item.kind)
  if (!writer || !isValues(item.value)) return { refused: 'platform-not-built' }
  const identifier = identifierOf(item.item)
  const [sketchPen, sketch] = sketching(on, identifier, resources)
  const draft = writer(item.value, sketchPen, item.instance)
  if ('refused' in draft) return draft
  // What is ordered is content too.
  if (draft.order) sketch.uuids.push(uuidOf(draft.order.command))
  if (resources === null) return artifactOf({ item, on, identifier }, draft, sketch, sketch)
  const [pen, sheet] = writing(on, identifier, resources, sketch)
  const final = writer(item.value, pen, item.instance)
  return 'refused' in final ? final : artifactOf({ item, on, identifier }, final, sheet, sketch)
}

interface Compiling {
  item: Item
  on: AppleTarget
  identifier: string
}

function artifactOf({ item, on, identifier }: Compiling, draft: Draft, sheet: Sheet, sketch: Sheet): Artifact {
  const channel = draft.channel ?? 'device'
  const displayName = item.name ?? draft.displayName
  const { native, beside } = declared(draft, sheet)
  return {
    form: 'profile',
    item: item.item,
    channel,
    identifier: draft.identifier ?? identifier,
    uuid: uuidOf([identifier, channel, displayName, sketch.uuids]),
    displayName,
    payloads: sheet.payloads,
    ...(native ? { native } : {}),
    ...(beside ? { beside } : {}),
    ...(draft.order ? { order: draft.order } : {}),
    needsSupervision: draft.needsSupervision ?? false,
    leftOut: [...sheet.leftOut, ...unhonored(item, on, sheet)],
  }
}

/** Where everything can be declared, it is declared together; only beside a profile the rest stands alone. */
function declared({ native, beside }: Draft, { payloads }: Sheet): Pick<Draft, 'native' | 'beside'> {
  if (!beside || (!native && payloads.length > 0)) return { native, beside }
  const configuration = [...(native?.configuration ?? []), ...beside.configuration]
  return { native: { configuration, assets: [...(native?.assets ?? []), ...beside.assets] } }
}

/** Keys of the value that the device does not honor and of which the writer has not said so itself. */
function unhonored({ kind, value }: Item, on: AppleTarget, { leftOut }: Sheet): LeftOut[] {
  const known = findPolicyKind(kind)
  if (known?.family !== 'ours' || !isValues(value)) return []
  const told = new Set(leftOut.map(l => l.key))
  return Object.keys(value).flatMap(key => {
    const reason = told.has(key) ? null : unmet(known.honors(on.platform, key), on)
    return reason === null ? [] : [{ key, reason }]
  })
}
