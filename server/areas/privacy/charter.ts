import { z } from 'zod'
import { type DataType, dataTypes, type Owned, owned } from './type.ts'

/** What becomes of a kind of datum: never stored; stored so that only an incident or a look opens it; stored and shown after a look; stored and shown. */
export const collects = ['never', 'sealed', 'hidden', 'shown'] as const
export type Collect = (typeof collects)[number]

/** What becomes of an order: it goes, the person is asked each time, a second admin must agree, it cannot be given. */
export const commandings = ['allow', 'consent', 'two-persons', 'never'] as const
export type Commanding = (typeof commandings)[number]

/** Orders that charters speak of one by one; `*` is every other. */
export const actions = [
  'wipe',
  'enrollment.end',
  'lock',
  'clear-passcode',
  'lost-mode.enable',
  'location.query',
  'restart',
  'shutdown',
  'raw',
  '*',
] as const
export type Action = (typeof actions)[number]

const where = {
  ownership: z.enum(owned),
  /** How the device is managed; null: however it is. */
  mode: z.string().min(1).max(40).nullable(),
  /** Id of the unit from which on it holds; null: the whole org. */
  unit: z.string().min(1).max(60).nullable(),
}
const collectRule = z.strictObject({ type: z.enum(dataTypes), ...where, collect: z.enum(collects) })
const commandRule = z.strictObject({ action: z.enum(actions), ...where, commanding: z.enum(commandings) })
/** Days after which a kind of datum that was not told anew is deleted; null: as long as the device is known. */
const retention = z.strictObject(
  Object.fromEntries(dataTypes.map(t => [t, z.number().int().min(1).max(3650).nullable()])) as Record<
    DataType,
    z.ZodNullable<z.ZodNumber>
  >,
)

/** What a charter can say of each kind. What nobody may do without, or what is kept in one way only, leaves no choice. */
export const choices: Readonly<Record<DataType, readonly Collect[]>> = {
  location: collects,
  'phone-number': ['never', 'hidden', 'shown'],
  apps: ['never', 'hidden', 'shown'],
  'managed-apps': ['never', 'hidden', 'shown'],
  network: ['never', 'hidden', 'shown'],
  identifiers: ['never', 'shown'],
  cellular: ['never', 'hidden', 'shown'],
  accounts: ['never', 'hidden', 'shown'],
  certificates: ['never', 'shown'],
  profiles: ['never', 'shown'],
  secrets: ['sealed'],
  contact: ['shown'],
  hardware: ['never', 'shown'],
  system: ['never', 'shown'],
  security: ['never', 'shown'],
  usage: ['never', 'hidden', 'shown'],
}

/** What an org has agreed to collect and to order, on whose devices. */
export const rulesShape = z.strictObject({
  collect: z.array(collectRule).max(2000),
  command: z.array(commandRule).max(2000),
  retention,
  /** Identifiers of the apps that the org puts on devices. Of a device of somebody only these are known to be there. */
  apps: z.array(z.string().min(1).max(200)).max(1000),
})

export type CollectRule = z.infer<typeof collectRule>
export type CommandRule = z.infer<typeof commandRule>
export type Rules = z.infer<typeof rulesShape>

/** A device as charters tell devices apart. */
export interface Place {
  readonly ownership: string
  /** How it is managed; null when it is not. */
  readonly mode: string | null
  readonly unitPath: string
}

/** The ways to be managed in which only work data is: whoever enrolled so did it on a device of their own. */
export const personalModes: readonly string[] = ['user-enrollment', 'work-profile']

/** Whose the device counts as. Where only work data is managed the device is somebody's own, whatever the row says. */
export function ownedAs({ ownership, mode }: Pick<Place, 'ownership' | 'mode'>): Owned {
  if (mode !== null && personalModes.includes(mode)) return 'personal'
  return owned.find(o => o === ownership) ?? 'unknown'
}

/** What no charter can loosen on a device that is somebody's own. */
const personalFloors: Readonly<Partial<Record<DataType, Collect>>> = {
  location: 'never',
  apps: 'never',
  'phone-number': 'never',
  network: 'never',
  accounts: 'never',
  usage: 'never',
  secrets: 'sealed',
}
const floors: Readonly<Partial<Record<DataType, Collect>>> = { secrets: 'sealed' }
const personalOrders: ReadonlySet<string> = new Set(['wipe', 'clear-passcode', 'lost-mode.enable', 'location.query'])

/** The most that any charter may collect of this. */
export function collectFloor(type: DataType, as: Owned): Collect {
  return (as === 'personal' ? personalFloors : floors)[type] ?? 'shown'
}

/** Whether no charter may give this order to devices of this ownership. */
export function forbiddenOrder(action: string, as: Owned): boolean {
  return as === 'personal' && personalOrders.has(action)
}

/** What is collected of a device, by kind. What no rule speaks of is never collected. Pure. */
export function collectingBy(rules: Rules, place: Place): (type: DataType) => Collect {
  const as = ownedAs(place)
  const of = nearest(rules.collect, place, as)
  const answers = new Map<DataType, Collect>()
  return type => {
    const known = answers.get(type)
    if (known) return known
    const told = of(r => r.type === type)?.collect ?? 'never'
    const answer = stricterOf(told, collectFloor(type, as))
    answers.set(type, answer)
    return answer
  }
}

/** What may be ordered of a device, by order. What no rule speaks of goes. Pure. */
export function commandingBy(rules: Rules, place: Place): (action: string) => Commanding {
  const as = ownedAs(place)
  const of = nearest(rules.command, place, as)
  return action => {
    if (forbiddenOrder(action, as)) return 'never'
    return (of(r => r.action === action) ?? of(r => r.action === '*'))?.commanding ?? 'allow'
  }
}

/** The rule that holds: of the nearest unit, there the one that names how the device is managed. */
function nearest<R extends CollectRule | CommandRule>(
  rules: readonly R[],
  { mode, unitPath }: Place,
  as: Owned,
): (about: (rule: R) => boolean) => R | undefined {
  const depth = (unit: string | null): number => (unit === null ? 0 : unitPath.indexOf(`/${unit}/`) + 1)
  const held = rules
    .filter(r => r.ownership === as && (r.mode === null || r.mode === mode))
    .filter(r => r.unit === null || depth(r.unit) > 0)
    .sort((a, b) => depth(b.unit) - depth(a.unit) || Number(b.mode !== null) - Number(a.mode !== null))
  return about => held.find(about)
}

/** The stricter of two. */
export function stricterOf(one: Collect, other: Collect): Collect {
  return collects.indexOf(one) < collects.indexOf(other) ? one : other
}
