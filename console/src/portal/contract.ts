import type { Locale } from '../contract.ts'

/*
 * What a person's own page reads from `/api/v1/my`; the whole contract is api/openapi.json.
 */

/** A device as its person sees it in a list. */
export interface MyDevice {
  id: string
  name: string
  model: string | null
  platform: string
  formFactor: string
  ownership: string
  mode: string | null
  osVersion: string | null
  serial: string | null
  state: string
  lastSeenAt: number | null
  missing: { number: number; openedAt: number } | null
  /** The version of its system that it is to have by a local time. */
  update: { version: string; due: string; details: string } | null
}

/** Something a person asked for. */
export interface Ask {
  id: string
  state: string
  device: string | null
  reason: string
  note: string
  until: number
}

/** The own page. */
export interface MyPage {
  person: { name: string; email: string | null; language: Locale }
  org: { name: string }
  devices: MyDevice[]
  asks: Ask[]
  provenUntil: number | null
  trusted: boolean
  codes: boolean
}

/** One kind of datum and what is kept of it. */
export interface Collected {
  type: string
  how: 'never' | 'sealed' | 'hidden' | 'shown'
  facts: { key: string; value: unknown; at: number }[]
  list: { names: string[]; count: number; at: number } | null
  masked: boolean
  keptDays: number | null
}

/** What can be ordered, and by whom. */
export interface OrderStanding {
  order: string
  rule: 'allow' | 'consent' | 'two-persons' | 'never'
  able: boolean
  roles: { role: string; people: number }[]
}

/** What a person can read of one of their devices. */
export interface MyDevicePage {
  device: MyDevice
  collected: Collected[]
  never: string[]
  orders: OrderStanding[]
  looks: { at: number; name: string | null; byKind: string; what: string; purpose: string }[]
  violations: {
    rule: string
    name: string
    verdict: 'violating' | 'grace' | 'excepted'
    since: number
    graceUntil: number | null
    fix: string
    code: string | null
    found: string[]
  }[]
  consents: { id: string; order: string; reason: string; name: string | null; at: number; until: number }[]
  hours: { phase: string; since: number } | null
  charter: {
    version: number
    since: number | null
    cosigners: string[]
    checked: { at: number; holds: boolean } | null
  }
  readAt: number
}
