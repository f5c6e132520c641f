import type { Dict } from '@muster/wire/plist/plist.ts'
import type { Json } from '../../../areas/policies/index.ts'
import type { AppSpec } from '../apps/spec.ts'
import type { AppOrder, DeclarationSet, LeftOut, Resources } from './artifact.ts'
import { uuidOf } from './artifact.ts'
import type { AppleTarget } from './target.ts'

/** A JSON object. */
export type Values = { readonly [key: string]: Json }

/** What a kind writes with. */
export interface Pen {
  readonly on: AppleTarget
  /** Adds a payload under a name that is its own within the profile; answers its UUID, for others to refer to. */
  add(type: string, name: string, content: Dict, displayName?: string): string
  /** Adds a payload that has its own identifier and UUID, because others refer to it by them. */
  addWhole(payload: Dict): void
  /** The text of a secret, or of a variable that stands in its place. */
  secret(value: Json | undefined): string | undefined
  /** Where the device gets its certificate from, if that was prepared. */
  identity(): NonNullable<Resources['identity']>
  /** DER of the certificate that recovery keys are encrypted for; empty while nothing is prepared. */
  recipient(): Uint8Array
  /** What is known of the app that the item is about: null when it is not to be had, undefined when nobody has looked. */
  app(): AppSpec | null | undefined
  leaveOut(key: string, reason: string): void
  /** Whether any payload was added. */
  wrote(): boolean
}

/** What a kind answers beside the payloads it added. */
export interface Draft {
  readonly channel?: 'device' | 'user'
  readonly displayName: string
  readonly native?: DeclarationSet | undefined
  readonly beside?: DeclarationSet | undefined
  /** The profile's own identifier, where it came with one. */
  readonly identifier?: string | undefined
  /** Of an app: the command that brings or takes it. */
  readonly order?: AppOrder
  readonly needsSupervision?: boolean
}

/** How one kind is said to a device of this maker. Pure. */
export type Writer = (value: Values, pen: Pen, instance: string | null) => Draft | { readonly refused: string }

/** A secret was not prepared: the delivering part left out what `needsOf` asked for. */
export class Unprepared extends Error {}

/** Everything a pen has written. */
export interface Sheet {
  readonly payloads: Dict[]
  readonly uuids: string[]
  readonly leftOut: LeftOut[]
}

/** A pen that writes what does not change from one delivery to the next: secrets by their version, challenges not at all. */
export function sketching(on: AppleTarget, identifier: string, resources: Resources | null): [Pen, Sheet] {
  const sheet: Sheet = { payloads: [], uuids: [], leftOut: [] }
  const pen: Pen = {
    ...common(on, sheet),
    app: () => resources?.app,
    add(type, name, content, displayName) {
      const uuid = uuidOf([identifier, type, name, content])
      return put(sheet, { type, identifier: `${identifier}.${name}`, uuid, content, displayName })
    },
    secret: value => {
      const id = secretIn(value)
      return id === null ? textOf(value) : `${id}@${resources?.secrets.get(id)?.version ?? 0}`
    },
    identity: () => ({ ...(resources?.identity ?? unprepared), challenge: '' }),
    recipient: () => resources?.recipient ?? new Uint8Array(),
  }
  return [pen, sheet]
}

/** A pen that writes what is delivered, under the UUIDs of the sketch. */
export function writing(on: AppleTarget, identifier: string, resources: Resources, sketch: Sheet): [Pen, Sheet] {
  const sheet: Sheet = { payloads: [], uuids: [], leftOut: [] }
  const pen: Pen = {
    ...common(on, sheet),
    app: () => resources.app,
    add(type, name, content, displayName) {
      const uuid = sketch.uuids[sheet.uuids.length]
      if (uuid === undefined) throw new Error(`a payload that was not sketched: ${type}`)
      return put(sheet, { type, identifier: `${identifier}.${name}`, uuid, content, displayName })
    },
    secret: value => {
      const id = secretIn(value)
      if (id === null) return textOf(value)
      const opened = resources.secrets.get(id)
      if (!opened) throw new Unprepared(id)
      return opened.value
    },
    identity: () => {
      if (!resources.identity) throw new Unprepared('identity')
      return resources.identity
    },
    recipient: () => {
      if (!resources.recipient) throw new Unprepared('recipient')
      return resources.recipient
    },
  }
  return [pen, sheet]
}

const unprepared = { scepUrl: 'https://unprepared.invalid/scep', authorityName: 'CA', subject: 'device' }

function common(on: AppleTarget, sheet: Sheet): Pick<Pen, 'on' | 'leaveOut' | 'wrote' | 'addWhole'> {
  return {
    on,
    addWhole(payload) {
      sheet.uuids.push(uuidOf(payload))
      sheet.payloads.push(payload)
    },
    leaveOut: (key, reason) => void sheet.leftOut.push({ key, reason }),
    wrote: () => sheet.payloads.length > 0,
  }
}

interface Written {
  type: string
  identifier: string
  uuid: string
  content: Dict
  displayName: string | undefined
}

function put(sheet: Sheet, { type, identifier, uuid, content, displayName }: Written): string {
  sheet.uuids.push(uuid)
  sheet.payloads.push({
    PayloadType: type,
    PayloadVersion: 1,
    PayloadIdentifier: identifier,
    PayloadUUID: uuid,
    ...(displayName ? { PayloadDisplayName: displayName } : {}),
    ...content,
  })
  return uuid
}

/** The id of a secret, where the value is one. */
export function secretIn(value: Json | undefined): string | null {
  const id = isValues(value) ? value['$secret'] : undefined
  return typeof id === 'string' ? id : null
}

/** Whether a value is an object with keys. */
export function isValues(value: Json | undefined): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text: numbers and truths that a variable brought are taken as their text. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A whole number, also where a variable brought it as text. */
export function wholeOf(value: Json | undefined): number | undefined {
  const is = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
  return typeof is === 'number' && Number.isSafeInteger(is) ? is : undefined
}

/** Yes or no, also where a variable brought it as text. */
export function flagOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : undefined
}

/** The items of a list; none where it is no list. */
export function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** The texts of a list. */
export function textsOf(value: Json | undefined): string[] {
  return itemsOf(value).flatMap(v => textOf(v) ?? [])
}

/** A dictionary without what is undefined. */
export function given(entries: Readonly<Record<string, Dict[string] | undefined>>): Dict {
  const out: Dict = {}
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) out[key] = value
  return out
}
