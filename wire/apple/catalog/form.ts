import {
  type Artifact,
  type Case,
  type Field,
  type Json,
  rootOf,
  type Shape,
  shapeOf,
  type SystemTable,
  type Type,
} from './catalog.ts'
import { labelOf } from './label.ts'

/** What a person fills a value in with. */
export type Widget =
  | 'switch'
  | 'number'
  | 'text'
  | 'long'
  | 'code'
  | 'select'
  | 'data'
  | 'date'
  | 'list'
  | 'group'
  | 'union'
  | 'any'

/** One line of a form. What it holds is made when it is asked for, so that types may hold themselves. */
export interface FormField {
  /** The key; '' for items of lists and values of open dictionaries. */
  readonly name: string
  readonly label: string
  /** A sentence below the label, where there is one of ours. */
  readonly note?: string
  readonly type: Type
  readonly widget: Widget
  readonly required: boolean
  readonly secret: boolean
  /** How a switch is read: allowed or not, required or not, on or off. */
  readonly words: 'allow' | 'force' | 'plain'
  /** A code for the heading it stands below; '' for none. */
  readonly group: string
  readonly default?: Json
  readonly options?: readonly { readonly value: string | number; readonly label: string }[]
  /** Other values than the options may be typed. */
  readonly free?: boolean
  readonly min?: number
  readonly max?: number
  readonly count?: { readonly min?: number; readonly max?: number }
  readonly format?: string
  readonly form?: string
  readonly assets?: readonly string[]
  readonly combine?: string
  /** Variables may stand in it. */
  readonly variables: boolean
  /** What its number counts. */
  readonly unit?: string
  /** Shown only while other keys of the same dictionary have one of these values. */
  readonly when?: Readonly<Record<string, readonly Json[]>>
  /** What is known of systems, outermost first; for badges and availability. */
  readonly os: readonly SystemTable[]
  /** The keys of a group. */
  fields(): readonly FormField[]
  /** The value of any further key of a group; undefined when it is closed. */
  rest(): FormField | undefined
  /** The item of a list. */
  item(): FormField | undefined
  /** The key that tells the cases of a union apart, and the cases. */
  readonly by?: string
  cases(): readonly FormCase[]
}

/** One case of a union. */
export interface FormCase {
  readonly name: string
  readonly label: string
  readonly os: readonly SystemTable[]
  fields(): readonly FormField[]
  rest(): FormField | undefined
}

/** The form of an artifact. The value at hand decides which of several variants is drawn. */
export function formFor(artifact: Artifact, value?: Json): FormField {
  return drawn(artifact, rootOf(artifact, value), [artifact.os])
}

/** The form of a device's answer, for showing one. */
export function formForField(artifact: Artifact, field: Field): FormField {
  return drawn(artifact, field, [artifact.os])
}

function drawn(artifact: Artifact, field: Field, outer: readonly SystemTable[]): FormField {
  const os = field.os ? [...outer, field.os] : outer
  const once = (make: (shape: Shape) => readonly FormField[]): (() => readonly FormField[]) => {
    let made: readonly FormField[] | undefined
    return () => (made ??= make(shapeOf(artifact, field)))
  }
  const draw = (one: Field | undefined): FormField | undefined => one && drawn(artifact, one, os)
  const options = optionsOf(field)
  return {
    name: field.name,
    label: labelOf(field.name),
    type: field.type,
    widget: widgetOf(field),
    required: field.required === true,
    secret: field.secret === true,
    variables: field.type === 'string' && !field.allowed && !field.choices,
    words: wordsOf(field.name),
    group: groupOf(artifact, field),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(options ? { options, free: field.allowed === undefined || field.max !== undefined } : {}),
    ...copied(field),
    os,
    fields: once(shape => (shape.fields ?? []).map(f => drawn(artifact, f, os))),
    rest: () => draw(shapeOf(artifact, field).rest),
    item: () => draw(shapeOf(artifact, field).item),
    cases: () => (field.cases ?? []).map(c => caseOf(artifact, c, os)),
  }
}

function copied({ min, max, count, format, form, assets, combine, by }: Field): Partial<FormField> {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(count ? { count } : {}),
    ...(format === undefined ? {} : { format }),
    ...(form === undefined ? {} : { form }),
    ...(assets ? { assets } : {}),
    ...(combine === undefined ? {} : { combine }),
    ...(by === undefined ? {} : { by }),
  }
}

function caseOf(artifact: Artifact, one: Case, outer: readonly SystemTable[]): FormCase {
  const os = one.os ? [...outer, one.os] : outer
  return {
    name: one.name,
    label: labelOf(one.name),
    os,
    fields: () => one.fields.map(f => drawn(artifact, f, os)),
    rest: () => one.rest && drawn(artifact, one.rest, os),
  }
}

function optionsOf(field: Field): FormField['options'] {
  const values = field.allowed ?? field.choices?.map(c => c.name)
  return values?.map(value => ({ value, label: typeof value === 'number' ? String(value) : labelled(value) }))
}

/** Values that are identifiers or addresses keep their spelling; words are made readable. */
function labelled(value: string): string {
  return /^[A-Za-z][A-Za-z]+$/.test(value) && !/^[A-Z]+$/.test(value) ? labelOf(value) : value
}

const plain: Readonly<Record<Type, Widget>> = {
  string: 'text',
  integer: 'number',
  real: 'number',
  boolean: 'switch',
  date: 'date',
  data: 'data',
  array: 'list',
  dictionary: 'group',
  any: 'any',
  union: 'union',
}

function widgetOf(field: Field): Widget {
  // Named values beside a range are hints for a number.
  if ((field.allowed && field.max === undefined) || field.choices) return 'select'
  if (field.widget === 'long' || field.widget === 'code') return field.widget
  return plain[field.type]
}

function wordsOf(name: string): FormField['words'] {
  if (/^(?:allow|safariAllow)/i.test(name)) return 'allow'
  return /^(?:force|require)/i.test(name) ? 'force' : 'plain'
}

/** Headings for artifacts of a hundred keys and more, in the order they are tried. */
const headings: readonly (readonly [string, RegExp])[] = [
  ['updates', /SoftwareUpdate|RapidSecurity|OTAPKI/],
  [
    'intelligence',
    /Assistant|Siri|Genmoji|Image(?:Playground|Wand)|WritingTools|Summary|Handwriting|OnDeviceOnly|Dictation/,
  ],
  ['screen', /Camera|Screen|Video|FaceTime|Mirroring|Wallpaper/],
  ['cloud', /Cloud|PhotoStream|SharedStream|Freeform|Backup|Activity|Handoff|TimeMachine/],
  ['web', /safari|Safari|Spotlight|WebDistribution/],
  ['managed', /Managed|Enterprise|Unmanaged|Pasteboard/],
  [
    'sharing',
    /AirDrop|AirPlay|AirPrint|Sharing|USB|HostPairing|Proximity|UniversalControl|PairedWatch|Bluetooth|NFC|FilesNetwork/,
  ],
  ['network', /WiFi|Cellular|ESIM|Hotspot|VPN|Roaming|RCS|Internet/],
  [
    'security',
    /Passcode|Fingerprint|Password|Unlock|TLS|Encrypt|Profile|Erase|Recovery|FindMy|WatchWrist|Tracking|AutoFill/,
  ],
  ['keyboard', /Keyboard|AutoCorrection|SpellCheck|Definition|Predictive/],
  [
    'apps',
    /App|iTunes|Music|News|Podcast|Bookstore|Chat|Messages?|Game|Multiplayer|Marketplace|rating|Explicit|Radio|Store/,
  ],
  ['classroom', /Classroom|RemoteScreen/],
]

function groupOf(artifact: Artifact, field: Field): string {
  if (artifact.id !== 'com.apple.applicationaccess' || artifact.family !== 'payload') return ''
  return headings.find(([, names]) => names.test(field.name))?.[0] ?? 'device'
}

/** The codes of headings, for their texts. */
export const headingCodes: readonly string[] = [...headings.map(([code]) => code), 'device']
