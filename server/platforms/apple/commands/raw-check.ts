import { isObject, type Json } from '@muster/wire/apple/catalog/catalog.ts'
import { faultsOf, refusalOf } from '@muster/wire/apple/catalog/order.ts'
import { fromPlist, toPlist } from '@muster/wire/apple/catalog/plist.ts'
import { commandFromJson, decodeCommand } from '@muster/wire/apple/command.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { type Dict, dict, str } from '@muster/wire/plist/plist.ts'
import type { Subject } from '../../../areas/commands/index.ts'
import { Problem } from '../../../base/problem.ts'
import { catalog } from '../catalog.ts'

/** A command as someone wrote it: JSON, or the text of a property list. */
export type Written = Json

/** The request type of a written command; refuses what has none. Of JSON nothing else is looked at. */
export function requestTypeOf(command: Written): string {
  const whole = isObject(command) ? bare(command) : undefined
  // Read alone, so that a fault elsewhere in a known command can be told by its place.
  const read = readRaw(whole ? { RequestType: whole.RequestType ?? '' } : command)
  return str(read, 'RequestType') ?? ''
}

/** The command as it is sent. One that the catalog knows must be right, and be there for this device; of any other only the form is asked. */
export function checked(subject: Subject, command: Written): Dict {
  const requestType = requestTypeOf(command)
  const artifact = catalog.find('command', requestType)
  if (!artifact) return readRaw(command)
  const refusal = refusalOf(artifact, {
    platform: subject.device.platform,
    osVersion: subject.device.osVersion,
    supervised: subject.device.supervised,
    enrollment: subject.enrollment.kind,
    shared: sharedOf(subject),
    rights: subject.enrollment.accessRights,
    account: subject.account !== '',
  })
  if (refusal)
    throw new Problem('command.raw-unavailable', { ...refusal.facts, command: requestType, reason: refusal.reason })
  return understood(() => {
    const keys = isObject(command) ? withoutType(bare(command)) : fromPlist(artifact, dictWithoutType(readRaw(command)))
    const errors = faultsOf(artifact, keys).filter(f => f.severity === 'error')
    if (errors.length > 0) {
      const fields = errors.map(({ path, code }) => ({ path, message: code }))
      throw new Problem('command.raw-invalid', { command: requestType }, { fields })
    }
    return { RequestType: requestType, ...dict(toPlist(artifact, keys)) }
  })
}

/** The written command as a property list, nothing being known of it. */
export function readRaw(command: Written): Dict {
  return understood(() =>
    typeof command === 'string' ? decodeCommand(Buffer.from(command)) : commandFromJson(command),
  )
}

function understood<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    throw new Problem('command.raw-malformed', { reason: cause.code }, { cause })
  }
}

type Keys = { readonly [key: string]: Json }

/** Without the wrapper that carries it to a device. */
function bare(command: Keys): Keys {
  if (!Object.hasOwn(command, 'Command')) return command
  return isObject(command.Command) ? command.Command : {}
}

const withoutType = (keys: Keys): Keys => Object.fromEntries(Object.entries(keys).filter(([k]) => k !== 'RequestType'))

const dictWithoutType = (keys: Dict): Dict =>
  Object.fromEntries(Object.entries(keys).filter(([k]) => k !== 'RequestType'))

function sharedOf({ facts }: Subject): boolean | undefined {
  const said = facts['identity.shared']
  return typeof said === 'boolean' ? said : undefined
}
