import {
  type Action,
  actions,
  type Collect,
  collectFloor,
  type Commanding,
  forbiddenOrder,
  type Rules,
  stricterOf,
} from './charter.ts'
import { type DataType, dataTypes, type Owned, owned } from './type.ts'

/** Charters to begin with, the strictest first. */
export const presetNames = ['strict', 'balanced', 'dedicated'] as const
export type PresetName = (typeof presetNames)[number]

type Column = Readonly<Record<DataType, Collect>>
type Orders = Readonly<Record<Action, Commanding>>

const companyBalanced: Column = {
  location: 'sealed',
  'phone-number': 'hidden',
  apps: 'hidden',
  'managed-apps': 'shown',
  network: 'hidden',
  identifiers: 'shown',
  cellular: 'shown',
  accounts: 'hidden',
  certificates: 'shown',
  profiles: 'shown',
  secrets: 'sealed',
  contact: 'shown',
  hardware: 'shown',
  system: 'shown',
  security: 'shown',
  usage: 'shown',
}
const personal: Column = {
  location: 'never',
  'phone-number': 'never',
  apps: 'never',
  'managed-apps': 'shown',
  network: 'never',
  identifiers: 'shown',
  cellular: 'never',
  accounts: 'never',
  certificates: 'shown',
  profiles: 'shown',
  secrets: 'sealed',
  contact: 'shown',
  hardware: 'shown',
  system: 'shown',
  security: 'shown',
  usage: 'never',
}
const companyStrict: Column = {
  ...companyBalanced,
  'phone-number': 'never',
  network: 'never',
  cellular: 'hidden',
  usage: 'never',
}
const personalStrict: Column = { ...personal, identifiers: 'never', certificates: 'never' }
const companyDedicated: Column = {
  ...companyBalanced,
  location: 'shown',
  'phone-number': 'shown',
  apps: 'shown',
  network: 'shown',
  accounts: 'shown',
}

const free: Orders = {
  wipe: 'allow',
  'enrollment.end': 'allow',
  lock: 'allow',
  'clear-passcode': 'allow',
  'lost-mode.enable': 'allow',
  'location.query': 'allow',
  restart: 'allow',
  shutdown: 'allow',
  raw: 'allow',
  '*': 'allow',
}
const personalOrders: Orders = {
  ...free,
  wipe: 'never',
  'clear-passcode': 'never',
  'lost-mode.enable': 'never',
  'location.query': 'never',
}
const strictOrders: Orders = { ...free, wipe: 'two-persons', 'clear-passcode': 'two-persons', raw: 'two-persons' }

const columns: Readonly<Record<PresetName, Readonly<Record<Owned, Column>>>> = {
  strict: { company: companyStrict, personal: personalStrict, unknown: personalStrict },
  balanced: { company: companyBalanced, personal, unknown: companyBalanced },
  dedicated: { company: companyDedicated, personal, unknown: companyBalanced },
}
const orders: Readonly<Record<PresetName, Readonly<Record<Owned, Orders>>>> = {
  strict: { company: strictOrders, personal: { ...personalOrders, raw: 'never' }, unknown: strictOrders },
  balanced: { company: free, personal: personalOrders, unknown: free },
  dedicated: { company: free, personal: personalOrders, unknown: free },
}

type Days = Readonly<Record<DataType, number | null>>
const balancedDays: Days = {
  location: 30,
  'phone-number': 180,
  apps: 180,
  'managed-apps': 400,
  network: 90,
  identifiers: null,
  cellular: 180,
  accounts: 180,
  certificates: 400,
  profiles: 400,
  secrets: 400,
  contact: 400,
  hardware: 400,
  system: 400,
  security: 400,
  usage: 90,
}
const strictDays: Days = {
  ...balancedDays,
  location: 3,
  'phone-number': 60,
  apps: 60,
  network: 30,
  cellular: 60,
  accounts: 60,
  contact: 60,
  usage: 30,
}

/** The rules of a preset. */
export function preset(name: PresetName): Rules {
  const anywhere = { mode: null, unit: null }
  return {
    collect: owned.flatMap(ownership =>
      dataTypes.map(type => {
        const collect = stricterOf(columns[name][ownership][type], collectFloor(type, ownership))
        return { type, ownership, ...anywhere, collect }
      }),
    ),
    command: owned.flatMap(ownership =>
      actions.map(action => {
        const commanding = forbiddenOrder(action, ownership) ? 'never' : orders[name][ownership][action]
        return { action, ownership, ...anywhere, commanding }
      }),
    ),
    retention: name === 'strict' ? strictDays : balancedDays,
    apps: [],
  }
}
