import { randomUUID } from 'node:crypto'
import {
  type Asset,
  type Assignment,
  assetKey,
  assignedOf,
  assignmentKey,
  beginEvent,
  type Event,
  type Failure,
  type Location,
} from './location.ts'

/** A refusal of a whole request: comes with status 200. */
export class Refused extends Error {
  readonly number: number
  constructor(number: number, text: string) {
    super(text)
    this.number = number
  }
}

/** What one request may carry. */
export interface Limits {
  maxAssets: number
  maxUsers: number
  maxClientUserIds: number
  maxSerialNumbers: number
}

interface Manage {
  assets?: { adamId: string; pricingParam?: string }[]
  serialNumbers?: string[]
  clientUserIds?: string[]
}

/** Associates or disassociates each of some items with each of some holders. */
export function manageAssets(
  location: Location,
  limits: Limits,
  how: 'associate' | 'disassociate',
  body: Manage,
): Event {
  const { assets: wanted = [], serialNumbers = [], clientUserIds = [] } = body
  if (wanted.length === 0) throw new Refused(9718, 'no asset')
  if (serialNumbers.length + clientUserIds.length === 0) throw new Refused(9719, 'nobody to assign to')
  if (wanted.length > limits.maxAssets) throw new Refused(9700, 'too many assets')
  if (clientUserIds.length > limits.maxClientUserIds) throw new Refused(9701, 'too many clientUserIds')
  if (serialNumbers.length > limits.maxSerialNumbers) throw new Refused(9702, 'too many serialNumbers')
  if (new Set(serialNumbers).size < serialNumbers.length) throw new Refused(9705, 'duplicate serialNumbers')
  if (new Set(clientUserIds).size < clientUserIds.length) throw new Refused(9704, 'duplicate clientUserIds')
  const assets = wanted.map(w => {
    const found = location.assets.get(`${w.adamId} ${w.pricingParam ?? 'STDQ'}`)
    if (!found) throw new Refused(9602, 'unknown asset')
    if (how === 'disassociate' && !found.revocable) throw new Refused(9706, 'not revocable')
    if (how === 'associate' && serialNumbers.length > 0 && !found.deviceAssignable)
      throw new Refused(9707, 'not device assignable')
    return found
  })
  const pairs = assets.flatMap(asset => [
    ...serialNumbers.map(serialNumber => ({ asset, by: { serialNumber } })),
    ...clientUserIds.map(clientUserId => ({ asset, by: { clientUserId } })),
  ])
  if (how === 'associate') demandEnough(location, pairs)
  return beginEvent(location, {
    eventType: how.toUpperCase(),
    requested: pairs.length,
    apply: () => pairs.flatMap(pair => applyOne(location, how, pair)),
  })
}

interface Pair {
  asset: Asset
  by: { serialNumber: string } | { clientUserId: string }
}

const assignmentOf = ({ asset, by }: Pair): Assignment => ({
  adamId: asset.adamId,
  pricingParam: asset.pricingParam,
  ...by,
})

function demandEnough(location: Location, pairs: readonly Pair[]): void {
  for (const [asset, own] of Map.groupBy(pairs, p => p.asset)) {
    const fresh = own.filter(p => !location.assignments.has(assignmentKey(assignmentOf(p)))).length
    const free = asset.totalCount - asset.retiredCount - assignedOf(location, asset)
    if (fresh > free) throw new Refused(9709, 'not enough licenses')
  }
}

function applyOne(location: Location, how: 'associate' | 'disassociate', pair: Pair): Failure[] {
  const holder = 'serialNumber' in pair.by ? pair.by.serialNumber : pair.by.clientUserId
  const errorInfo = {
    assets: [{ adamId: pair.asset.adamId }],
    ...('serialNumber' in pair.by ? { serialNumbers: [holder] } : { clientUserIds: [holder] }),
  }
  const fail = (errorNumber: number, errorMessage: string): Failure[] => [{ errorNumber, errorMessage, errorInfo }]
  const failing = location.failing.get(holder) ?? location.failing.get(pair.asset.adamId)
  if (failing !== undefined) return fail(failing, 'refused')
  const assignment = assignmentOf(pair)
  const key = assignmentKey(assignment)
  if (how === 'disassociate') {
    if (!location.assignments.delete(key)) return fail(9619, 'not associated')
    return []
  }
  if ('clientUserId' in pair.by) {
    const person = location.people.get(holder)
    if (!person || person.status === 'Retired') return fail(9609, 'Registered user not found')
  }
  if (!location.assignments.has(key)) {
    const free = pair.asset.totalCount - pair.asset.retiredCount - assignedOf(location, pair.asset)
    if (free <= 0) return fail(9709, 'not enough licenses')
  }
  location.assignments.set(key, assignment)
  return []
}

interface Users {
  users?: { clientUserId: string; email?: string; managedAppleId?: string }[]
}

/** Makes or retires people. */
export function manageUsers(
  location: Location,
  limits: Limits,
  how: 'create' | 'retire',
  { users = [] }: Users,
): Event {
  if (users.length === 0) throw new Refused(9720, 'no user')
  if (users.length > limits.maxUsers) throw new Refused(9714, 'too many users')
  const known = (u: { clientUserId: string }): boolean => {
    const person = location.people.get(u.clientUserId)
    return person !== undefined && person.status !== 'Retired'
  }
  if (how === 'create' && users.some(known)) throw new Refused(9716, 'already registered')
  return beginEvent(location, {
    eventType: how.toUpperCase(),
    requested: users.length,
    apply: () =>
      users.flatMap(user => {
        if (how === 'create') {
          const joined = user.managedAppleId !== undefined
          location.people.set(user.clientUserId, {
            clientUserId: user.clientUserId,
            email: user.email ?? '',
            status: joined ? 'Associated' : 'Registered',
            inviteCode: joined ? null : randomUUID().replaceAll('-', ''),
          })
          return []
        }
        const person = location.people.get(user.clientUserId)
        if (!person)
          return [{ errorNumber: 9609, errorMessage: 'not found', errorInfo: { clientUserIds: [user.clientUserId] } }]
        person.status = 'Retired'
        // Apple: retiring a user takes back what is revocable.
        for (const [key, a] of location.assignments) {
          const revocable = location.assets.get(assetKey(a))?.revocable ?? true
          if (a.clientUserId === user.clientUserId && revocable) location.assignments.delete(key)
        }
        return []
      }),
  })
}
