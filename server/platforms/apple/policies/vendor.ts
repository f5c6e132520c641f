import {
  type Artifact,
  type Field,
  placeOf,
  rootOf,
  type Shape,
  step,
  type SystemFacts,
} from '@muster/wire/apple/catalog/catalog.ts'
import { factsOn } from '@muster/wire/apple/catalog/available.ts'
import type { Honor, Json, KeyRule, KindSource, PolicyKind } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import { checkDeclaration, checkPayload, checkProfile } from './vendor-check.ts'

const payloadPrefix = 'apple.payload:'
const declarationPrefix = 'apple.declaration:'

/** The kind that holds a whole uploaded profile. */
export const profileKind = 'apple.profile'

/** The enrollment's own payload, which no policy may bring. */
const enrollment = 'com.apple.mdm'

/** The artifact that a vendor kind speaks of. */
export function artifactOf(
  kind: string,
): { family: 'payload' | 'declaration'; id: string; artifact: Artifact | undefined } | null {
  if (kind.startsWith(payloadPrefix)) {
    const id = kind.slice(payloadPrefix.length)
    return { family: 'payload', id, artifact: catalog.find('payload', id) }
  }
  if (!kind.startsWith(declarationPrefix)) return null
  const id = kind.slice(declarationPrefix.length)
  return { family: 'declaration', id, artifact: catalog.find('declaration', id) }
}

const made = new Map<string, PolicyKind>()

/** Every payload type and declaration of the vendor as a kind of policy, and profiles as they come from elsewhere. */
export const vendor: KindSource = {
  find(kind) {
    const known = made.get(kind)
    if (known) return known
    const of = artifactOf(kind)
    if (kind === profileKind) return kept(uploaded)
    if (!of || of.id === enrollment) return undefined
    if (of.artifact) return kept(kindOf(kind, of.artifact))
    // Preference domains beyond the vendor's own list are payload types too; their keys are nobody's to check. They are not kept: names are endless.
    return of.family === 'payload' && /^[A-Za-z0-9._-]{3,150}$/.test(of.id) ? unknownPayload(kind, of.id) : undefined
  },
  list() {
    const payloads = [...catalog.family('payload').keys()].filter(id => id !== enrollment).map(id => payloadPrefix + id)
    const declarations = [...catalog.family('declaration').keys()].map(id => declarationPrefix + id)
    return [...payloads, ...declarations, profileKind].flatMap(kind => vendor.find(kind) ?? [])
  },
}

function kept(kind: PolicyKind): PolicyKind {
  made.set(kind.kind, kind)
  return kind
}

function kindOf(kind: string, artifact: Artifact): PolicyKind {
  const payload = artifact.family === 'payload'
  const rules = payload ? undefined : rulesOf(artifact)
  const keys: { list?: readonly string[] } = {}
  return {
    kind,
    family: 'apple',
    merge: alone(artifact) ? 'settings' : 'instances',
    ...(payload || alone(artifact) ? {} : { identity: () => null }),
    ...(rules ? { rules } : {}),
    check: value => (payload ? checkPayload(artifact, value) : checkDeclaration(artifact, value)),
    schema: null,
    catalog: { family: artifact.family, id: artifact.id },
    settings: () => (keys.list ??= keysOf(artifact)),
    honors: (platform, key) => honorOf(artifact, platform, key),
  }
}

/** Whether a device has one of it at most, so that policies come together key by key. */
function alone(artifact: Artifact): boolean {
  if (artifact.family === 'declaration')
    return (
      artifact.apply === 'single' || artifact.apply === 'combined' || artifact.id.startsWith('com.apple.management.')
    )
  const facts = Object.values(artifact.os).filter(f => f !== null && f !== undefined)
  return facts.length > 0 && facts.every(f => f.multiple === false)
}

/** How the device would combine several declarations, said of one made of several policies. */
function rulesOf(artifact: Artifact): Record<string, KeyRule> | undefined {
  const rules = (artifact.fields ?? []).flatMap((field): [string, KeyRule][] => {
    const rule = ruleOf(field)
    return rule ? [[field.name, rule]] : []
  })
  return rules.length > 0 ? Object.fromEntries(rules) : undefined
}

function ruleOf({ combine, allowed = [] }: Field): KeyRule | null {
  switch (combine) {
    case 'boolean-or':
      return { rule: 'strictest', by: 'true' }
    case 'boolean-and':
      return { rule: 'strictest', by: 'false' }
    case 'number-max':
      return { rule: 'strictest', by: 'most' }
    case 'number-min':
      return { rule: 'strictest', by: 'least' }
    case 'enum-first':
      return { rule: 'strictest', by: allowed }
    case 'enum-last':
      return { rule: 'strictest', by: allowed.toReversed() }
    case 'set-union':
    case 'array-append':
      return { rule: 'union' }
    default:
      return null
  }
}

const deepest = 6

/** Paths of all keys, `*` standing for items; a type that holds itself is walked once. */
function keysOf(artifact: Artifact): string[] {
  const found = new Set<string>()
  const walk = (shape: Shape, at: string, depth: number, inside: readonly string[]): void => {
    if (depth > deepest) return
    const below = (field: Field, path: string): void => {
      if (field.name !== '') found.add(path.slice(1))
      if (field.of === undefined) walk(field, path, depth + 1, inside)
      else if (!inside.includes(field.of))
        walk(artifact.types?.[field.of] ?? {}, path, depth + 1, [...inside, field.of])
    }
    for (const field of shape.fields ?? []) below(field, step(at, field.name))
    for (const one of shape.cases ?? []) for (const field of one.fields) below(field, step(at, field.name))
    if (shape.item) below(shape.item, `${at}/*`)
    if (shape.rest) below(shape.rest, `${at}/*`)
  }
  for (const shape of artifact.variants ?? [artifact]) walk(shape, '', 0, [])
  return [...found]
}

const systems: Readonly<Record<string, 'ios' | 'macos' | 'tvos'>> = {
  ios: 'ios',
  ipados: 'ios',
  macos: 'macos',
  tvos: 'tvos',
}

function honorOf(artifact: Artifact, platform: string, key: string): Honor | null {
  const system = systems[platform]
  if (!system) return null
  const place = placeOf(artifact, rootOf(artifact), key === '' ? '' : `/${key}`)
  const facts = factsOn(place?.os ?? [artifact.os], system)
  if (facts === null) return { how: 'no', reason: 'no-such-setting' }
  // Which systems of a release have it is not published; the device says.
  return facts ? told(facts) : { how: 'partly', reason: 'not-published' }
}

function told({ introduced, removed, supervised, userEnrollment, enrollments }: SystemFacts): Honor {
  const personal =
    userEnrollment === 'forbidden' || userEnrollment === 'ignored' || enrollments?.includes('user') === false
  const only = enrollments !== undefined && !enrollments.includes('device') && !enrollments.includes('user')
  return {
    how: 'full',
    ...(introduced !== undefined && introduced !== '0' ? { from: introduced } : {}),
    ...(removed === undefined ? {} : { until: removed }),
    ...(supervised || only ? { supervised: true } : {}),
    ...(personal ? { enrollments: ['device', 'shared-ipad'] } : {}),
  }
}

function unknownPayload(kind: string, id: string): PolicyKind {
  return {
    kind,
    family: 'apple',
    merge: 'settings',
    check: value => checkPayload(null, value, id),
    schema: null,
    honors: platform => (systems[platform] ? { how: 'partly', reason: 'not-in-catalog' } : null),
  }
}

/** A whole profile made elsewhere; told from others by its own identifier. */
const uploaded: PolicyKind = {
  kind: profileKind,
  family: 'apple',
  merge: 'instances',
  identity: (value: Json) => {
    const id =
      typeof value === 'object' && value !== null && 'PayloadIdentifier' in value ? value['PayloadIdentifier'] : null
    return typeof id === 'string' ? id : null
  },
  check: checkProfile,
  schema: null,
  catalog: { family: 'document', id: 'TopLevel' },
  honors: platform => (systems[platform] ? { how: 'partly', reason: 'as-the-profile' } : null),
}
