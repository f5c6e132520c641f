import { Malformed } from '../malformed.ts'
import { type Dict, decode, dict, encode, type Plist, Real, str } from '../plist/plist.ts'

const bounds = { maxBytes: 1024 * 1024, maxDepth: 16, maxNodes: 20_000 }

/** The reply that carries one command to a device (Apple: Command). */
export function encodeCommand(uuid: string, command: Dict): Uint8Array {
  if (str(command, 'RequestType') === undefined) throw new Malformed('command.request-type')
  return encode({ CommandUUID: uuid, Command: command })
}

/** Reads such a reply, or the bare `Command` part of one; an id of its own is left out, and reals stay reals. */
export function decodeCommand(body: Uint8Array): Dict {
  const whole = dict(decode(body, { ...bounds, exact: true }))
  const command = Object.hasOwn(whole, 'Command') ? dict(whole.Command) : whole
  return checked(command)
}

/**
 * A command written as JSON. What JSON cannot say has a form of its own: `{ "$data": "base64" }`, `{ "$date": "2026-11-20T10:00:00Z" }`,
 * `{ "$integer": "18446744073709551615" }`, `{ "$real": 1 }`.
 */
export function commandFromJson(json: unknown): Dict {
  const whole = dict(fromJson(json, 0))
  return checked(Object.hasOwn(whole, 'Command') ? dict(whole.Command) : whole)
}

function checked(command: Dict): Dict {
  const type = command.RequestType
  if (typeof type !== 'string' || !/^[A-Za-z][A-Za-z0-9]{1,63}$/.test(type)) throw new Malformed('command.request-type')
  return command
}

function fromJson(json: unknown, depth: number): Plist {
  if (depth > bounds.maxDepth) throw new Malformed('command.depth')
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (typeof json === 'number' && Number.isFinite(json)) return json
  if (Array.isArray(json)) return json.map(item => fromJson(item, depth + 1))
  if (typeof json !== 'object' || json === null)
    throw new Malformed('command.value', 'null has no form in a property list')
  const entries = Object.entries(json as Record<string, unknown>)
  const [only, ...others] = entries
  if (only !== undefined && others.length === 0 && only[0].startsWith('$')) return special(only[0], only[1])
  const out: Dict = {}
  for (const [key, value] of entries) {
    if (key === '__proto__') throw new Malformed('command.value', key)
    out[key] = fromJson(value, depth + 1)
  }
  return out
}

function special(form: string, value: unknown): Plist {
  if (form === '$real' && typeof value === 'number' && Number.isFinite(value)) return new Real(value)
  if (typeof value !== 'string') throw new Malformed('command.value', form)
  switch (form) {
    case '$data': {
      if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) throw new Malformed('command.value', form)
      return new Uint8Array(Buffer.from(value, 'base64'))
    }
    case '$date': {
      const at = new Date(value)
      if (Number.isNaN(at.getTime())) throw new Malformed('command.value', form)
      return at
    }
    case '$integer':
      if (!/^-?\d{1,20}$/.test(value)) throw new Malformed('command.value', form)
      return BigInt(value)
    default:
      throw new Malformed('command.value', form)
  }
}
