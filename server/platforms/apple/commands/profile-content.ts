import { verify } from '@muster/wire/cms/signed.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Dict, decode, dict, list, str } from '@muster/wire/plist/plist.ts'
import { isDict } from '@muster/wire/plist/value.ts'
import { Problem } from '../../../base/problem.ts'

/** What a configuration profile says about itself. */
export interface ProfileContent {
  readonly identifier: string
  readonly uuid: string
  readonly name: string | null
  /** Types of its payloads; empty when they are encrypted. */
  readonly types: readonly string[]
}

/** Reads a profile, signed or not; refuses what no device would take, before a device has to. */
export function readProfile(base64: string): ProfileContent {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  try {
    const profile = dict(
      decode(bytes[0] === 0x30 ? verify(bytes, { legacySha1: true }).content : bytes, { maxDepth: 32 }),
    )
    if (str(profile, 'PayloadType') !== 'Configuration') throw new Malformed('profile.type')
    return {
      identifier: required(profile, 'PayloadIdentifier'),
      uuid: required(profile, 'PayloadUUID'),
      name: str(profile, 'PayloadDisplayName')?.slice(0, 200) ?? null,
      types: (list(profile, 'PayloadContent') ?? []).filter(isDict).flatMap(p => str(p, 'PayloadType') ?? []),
    }
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('command.profile-malformed', { reason: cause.code }, { cause })
  }
}

function required(profile: Dict, key: string): string {
  const value = str(profile, key)?.trim()
  if (!value || value.length > 255) throw new Malformed('profile.field', key)
  return value
}
