import type { Ctx } from '../../base/ctx.ts'
import * as devices from '../devices/index.ts'
import * as identity from '../identity/index.ts'
import type { Bindings, Json } from '../policies/index.ts'

/** Whose variables are filled in: a device, and the account on it where an item goes to that. */
export interface Bound {
  readonly device: string
  readonly shortName: string | null
}

/** The org, units and users that one page of devices has in common, each read once. */
export interface Surroundings {
  readonly org: string
  readonly units: ReadonlyMap<string, string>
  readonly users: ReadonlyMap<string, identity.User>
  readonly devices: ReadonlyMap<string, devices.Device>
}

/** Reads what variables of these devices can name. */
export async function surroundings(ctx: Ctx, ids: readonly string[]): Promise<Surroundings> {
  const found: devices.Device[] = []
  for (const id of ids) {
    const device = await devices.find(ctx, id)
    if (device) found.push(device)
  }
  const users = await identity.usersWith(ctx, [...new Set(found.flatMap(d => d.user ?? []))])
  const units = await identity.namesOf(ctx, [...new Set(found.map(d => d.unit))])
  const { name: org } = await identity.ownOrg(ctx)
  return { org, units, users, devices: new Map(found.map(d => [d.id, d])) }
}

/** What the variables of a device are bound to; absent ones have no value here. Pure. */
export function bind({ org, units, users, devices: all }: Surroundings, of: Bound): Bindings {
  const device = all.get(of.device)
  if (!device) return {}
  const user = device.user === null ? undefined : users.get(device.user)
  const known: Record<string, Json | null> = {
    'device.serial': device.serial,
    'device.udid': device.udid,
    'device.name': device.name,
    'device.model': device.model,
    'device.assetTag': device.assetTag,
    'device.imei': device.imei,
    'unit.name': units.get(device.unit) ?? null,
    'org.name': org,
    // A person who signs in to a device is named by its account there; elsewhere by what stands before the @.
    'user.shortName': of.shortName ?? user?.email?.split('@', 1)[0] ?? null,
  }
  if (user) {
    const { email, displayName, familyName, givenName, yomi, employeeNumber, language, attributes } = user
    const person = { email, displayName, familyName, givenName, yomi, employeeNumber, language }
    for (const [key, value] of Object.entries(person)) known[`user.${key}`] = value
    for (const [key, value] of Object.entries(attributes)) known[`user.attribute.${key}`] = value
  }
  return Object.fromEntries(Object.entries(known).filter(pair => pair[1] !== null && pair[1] !== ''))
}

/** What the variables of one device are bound to now: for platforms at the moment of delivery. */
export async function bindingsOf(ctx: Ctx, of: Bound): Promise<Bindings> {
  return bind(await surroundings(ctx, [of.device]), of)
}
