import { bodyOf } from './body.ts'
import { durationOf, timeOf } from './clock.ts'
import { notify } from './enterprises.ts'
import { leave, log, planContact } from './phones.ts'
import { badRequest, Refusal, rpcStatus, type Table, tableIn } from './refusal.ts'
import type { Operation, Phone, World } from './world.ts'

const commandType = 'type.googleapis.com/google.android.devicemanagement.v1.Command'
const defaultMs = 600_000
/** A lost phone tells where it is as often as this. */
const placeMs = 300_000

/** An operation as it is answered and told. */
export function operationTold({ name, command, done, error }: Operation): Table {
  return {
    name,
    metadata: { '@type': commandType, ...command },
    ...(done ? { done: true } : {}),
    ...(done && error === null ? { response: { '@type': commandType, ...command } } : {}),
    ...(error === null ? {} : { error }),
  }
}

/** Gives a phone a command; whether it obeys is told later. */
export function issue(world: World, phone: Phone, bytes: Uint8Array): Operation {
  const wish = bodyOf('Command', bytes)
  const type = wish['type'] ?? (wish['wipeParams'] ? 'WIPE' : undefined)
  check(type, wish)
  const ms = wish['duration'] === undefined ? defaultMs : durationOf(wish['duration'])
  if (ms === null) throw badRequest('The duration is invalid.', [{ field: 'duration', description: 'Invalid.' }])
  const now = world.clock.now()
  world.count += 1
  const name = `${phone.name}/operations/${now}${world.count}`
  const command: Table = { ...wish, type, createTime: timeOf(now), duration: `${ms / 1000}s` }
  // What was asked to be set is not told again.
  delete command['newPassword']
  const operation: Operation = { name, until: now + ms, command, done: false, error: null }
  phone.operations.set(name, operation)
  world.clock.at(operation.until, () => finish(world, phone, { operation, error: expired() }))
  planContact(world, phone)
  return operation
}

function expired(): Table {
  return rpcStatus('DEADLINE_EXCEEDED', 'The command expired before the device executed it.')
}

function check(type: unknown, wish: Table): void {
  const needs: Readonly<Record<string, string>> = {
    WIPE: 'wipeParams',
    START_LOST_MODE: 'startLostModeParams',
    STOP_LOST_MODE: 'stopLostModeParams',
    CLEAR_APP_DATA: 'clearAppsDataParams',
    ADD_ESIM: 'addEsimParams',
    REMOVE_ESIM: 'removeEsimParams',
    REQUEST_DEVICE_INFO: 'requestDeviceInfoParams',
  }
  if (typeof type !== 'string' || type === 'COMMAND_TYPE_UNSPECIFIED')
    throw badRequest('The command type is required.', [{ field: 'type', description: 'Required.' }])
  const param = needs[type]
  if (param !== undefined && !tableIn(wish[param]))
    throw badRequest(`${param} must be set for ${type}.`, [{ field: param, description: 'Required.' }])
  const lost = tableIn(wish['startLostModeParams'])
  const said = ['lostMessage', 'lostPhoneNumber', 'lostEmailAddress', 'lostStreetAddress']
  if (lost && !said.some(key => lost[key] !== undefined))
    throw badRequest('At least one of message, phone number, email address and street address is needed.', [])
}

/** Takes a command back, if it was not obeyed yet. */
export function cancel(world: World, phone: Phone, operation: Operation): Table {
  if (operation.done) throw new Refusal('FAILED_PRECONDITION', 'The operation is done.')
  finish(world, phone, { operation, error: rpcStatus('CANCELLED', 'The command was cancelled.') })
  return {}
}

/** Obeys everything that waits, in order. */
export function runCommands(world: World, phone: Phone): void {
  for (const operation of phone.operations.values()) {
    if (operation.done || phone.gone) continue
    if (world.clock.now() >= operation.until) finish(world, phone, { operation, error: expired() })
    else obey(world, phone, operation)
  }
}

function finish(world: World, phone: Phone, { operation, error }: { operation: Operation; error: Table | null }): void {
  if (operation.done) return
  operation.done = true
  operation.error = error
  notify(world, phone.enterprise, 'COMMAND', operationTold(operation))
}

function obey(world: World, phone: Phone, operation: Operation): void {
  const { command } = operation
  const failure = phone.failing ?? unable(phone, String(command['type']))
  if (failure !== null) {
    command['errorCode'] = failure
    finish(world, phone, { operation, error: rpcStatus('FAILED_PRECONDITION', `The command failed: ${failure}`) })
    return
  }
  const refusal = act(world, phone, command)
  const error = refusal === null ? null : rpcStatus('FAILED_PRECONDITION', `The command failed: ${refusal}`)
  finish(world, phone, { operation, error })
  if (command['type'] === 'WIPE' || command['type'] === 'RELINQUISH_OWNERSHIP') leave(world, phone)
}

/** Why a phone cannot obey by its nature. */
function unable(phone: Phone, type: string): string | null {
  const profile = phone.mode === 'PROFILE_OWNER'
  const own = phone.ownership === 'COMPANY_OWNED'
  if (type === 'REBOOT' && profile) return 'MANAGEMENT_MODE'
  if (type === 'RELINQUISH_OWNERSHIP' && !(profile && own)) return 'MANAGEMENT_MODE'
  if (type === 'START_LOST_MODE' && !own) return 'MANAGEMENT_MODE'
  if (type === 'START_LOST_MODE' && phone.apiLevel < (profile ? 33 : 30)) return 'API_LEVEL'
  if (type === 'CLEAR_APP_DATA' && phone.apiLevel < 28) return 'API_LEVEL'
  if (type.endsWith('_ESIM') && phone.apiLevel < 35) return 'API_LEVEL'
  return null
}

/** Does it, and says in the command how it went; answers why not where the phone had a say. */
function act(world: World, phone: Phone, command: Table): string | null {
  switch (command['type']) {
    case 'START_LOST_MODE': {
      const status = phone.lost ? 'ALREADY_IN_LOST_MODE' : (phone.lostRefusal ?? 'SUCCESS')
      command['startLostModeStatus'] = { status }
      if (status !== 'SUCCESS') return status
      phone.lost = true
      phone.appliedState = 'LOST'
      sayPlace(world, phone)
      return null
    }
    case 'STOP_LOST_MODE': {
      const status = phone.lost ? 'SUCCESS' : 'NOT_IN_LOST_MODE'
      command['stopLostModeStatus'] = { status }
      phone.lost = false
      phone.appliedState = phone.state
      return status === 'SUCCESS' ? null : status
    }
    case 'CLEAR_APP_DATA': {
      const names = (tableIn(command['clearAppsDataParams'])?.['packageNames'] ?? []) as readonly string[]
      const result = (name: string): string => (phone.apps.has(name) ? 'SUCCESS' : 'APP_NOT_FOUND')
      const results = Object.fromEntries(names.map(name => [name, { clearingResult: result(name) }]))
      command['clearAppsDataStatus'] = { results }
      return null
    }
    case 'RESET_PASSWORD':
      phone.password = 'medium'
      return null
    case 'REQUEST_DEVICE_INFO':
      command['requestDeviceInfoStatus'] = { status: 'SUCCEEDED' }
      return null
    default:
      return null
  }
}

/** A lost phone says where it is, again and again until it is found. */
function sayPlace(world: World, phone: Phone): void {
  if (!phone.lost || phone.gone) return
  if (phone.online)
    log(world, phone, {
      eventType: 'LOST_MODE_LOCATION',
      lostModeLocationEvent: { location: phone.place, batteryLevel: phone.battery },
    })
  world.clock.at(world.clock.now() + placeMs, () => sayPlace(world, phone))
}
