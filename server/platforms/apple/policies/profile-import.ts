import { verify } from '@muster/wire/cms/signed.ts'
import { type Artifact, type Field, placeOf, rootOf, step } from '@muster/wire/apple/catalog/catalog.ts'
import { fromPlist, plainFromPlist } from '@muster/wire/apple/catalog/plist.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Dict, isDict, type Plist } from '@muster/wire/plist/value.ts'
import { decode } from '@muster/wire/plist/plist.ts'
import type { Json, Reader } from '../../../areas/policies/index.ts'
import { catalog } from '../catalog.ts'
import { isValues, type Values } from './pen.ts'
import { profileKind } from './vendor.ts'
import { bytesMark } from './vendor-write.ts'

/** Reads a configuration profile, signed or not, into a policy. Passwords in it become secrets when the policy is saved. Null for any other file. */
export const readProfile: Reader = bytes => {
  const outer = profileIn(bytes)
  if (!outer) return null
  const { PayloadContent: content, ...rest } = outer
  const about = plainFromPlist(rest)
  const payloads = Array.isArray(content) ? content.map(payloadOf) : null
  const value: Json = { ...(isValues(about) ? about : {}), ...(payloads ? { PayloadContent: payloads } : {}) }
  const name = value['PayloadDisplayName'] ?? value['PayloadIdentifier']
  return {
    kind: profileKind,
    name: typeof name === 'string' && name !== '' ? name.slice(0, 200) : 'Profile',
    value: tidy(value),
  }
}

/** What the server writes itself, and what says nothing. */
function tidy(value: Values): Values {
  const { PayloadVersion: _version, PayloadUUID: _uuid, PayloadType: _type, ...kept } = value
  return kept
}

function profileIn(bytes: Uint8Array): Dict | null {
  try {
    const plain = isSigned(bytes) ? verify(bytes, { legacySha1: true }).content : bytes
    const read = decode(plain, { exact: true })
    return isDict(read) && read['PayloadType'] === 'Configuration' ? read : null
  } catch (problem) {
    if (problem instanceof Malformed) return null
    throw problem
  }
}

/** DER and BER of a SignedData begin with a SEQUENCE. */
function isSigned(bytes: Uint8Array): boolean {
  return bytes[0] === 0x30
}

function payloadOf(payload: Plist): Json {
  if (!isDict(payload)) return plainFromPlist(payload)
  const type = payload['PayloadType']
  const artifact = typeof type === 'string' ? catalog.find('payload', type) : undefined
  const { PayloadVersion: _, ...rest } = payload
  if (!artifact) return plainFromPlist(rest)
  return hidden(artifact, fromPlist(artifact, rest))
}

/** The payload with everything secret in it on its way to be put away. */
function hidden(artifact: Artifact, value: Json): Json {
  const root = rootOf(artifact, value)
  const walk = (one: Json, at: string): Json => {
    const field = placeOf(artifact, root, at, value)?.field
    if (field?.secret && at !== '') return secretOf(one, field)
    if (Array.isArray(one)) return one.map((each: Json, n) => walk(each, `${at}/${n}`))
    if (!isValues(one) || Object.keys(one)[0]?.startsWith('$')) return one
    return Object.fromEntries(Object.entries(one).map(([key, each]) => [key, walk(each, step(at, key))]))
  }
  return walk(value, '')
}

function secretOf(value: Json, { name }: Field): Json {
  if (typeof value === 'string' && value !== '') return { $newSecret: value, name }
  const bytes = isValues(value) ? value['$data'] : undefined
  return typeof bytes === 'string' && bytes !== '' ? { $newSecret: `${bytesMark}${bytes}`, name } : value
}
