import { createHash, type KeyObject, randomUUID } from 'node:crypto'
import { type AgentDocument, type DocumentItem, itemsAt, type SignedOrder } from '@muster/wire/agent/document.ts'
import type { AgentMode, AppWord, ItemWord, OrderResult } from '@muster/wire/agent/messages.ts'
import { bringApp, takeApp } from './apps.ts'

/** A virtual Android device as its agent sees it: what is installed, what is set, and what it was ordered to do. */
export interface Phone {
  readonly maker: string
  readonly model: string
  readonly serial: string
  osVersion: string
  apiLevel: number
  patch: string
  build: string
  boot: string
  apps: AppWord[]
  /** What the agent put in force, by item. */
  readonly inForce: Map<string, DocumentItem>
  /** Orders that took effect, oldest first. */
  readonly done: SignedOrder[]
  locked: boolean
  wiped: boolean
  battery: number
  /** It is in our lost mode. */
  lost: boolean
  /** Messages that it showed. */
  readonly shown: string[]
  /** Where it is; null: it cannot tell. */
  place: { latitude: number; longitude: number; accuracyM: number } | null
  /** Facts that it tells beside its own. */
  facts: Record<string, unknown>
  /** What its chip says of a key made for a challenge: the chain, the key's certificate first; null: it cannot attest. */
  attest: ((key: KeyObject, challenge: string) => Uint8Array[]) | null
}

/** A phone as it comes out of its box. */
export function newPhone(of: Partial<Phone> = {}): Phone {
  return {
    maker: 'Google',
    model: 'Pixel 9',
    serial: `AND${randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase()}`,
    osVersion: '16',
    apiLevel: 36,
    patch: '2026-11-05',
    build: 'BP4A.251105.001',
    boot: randomUUID(),
    apps: [appOf('com.android.settings', 'Settings', true), appOf('com.android.dialer', 'Phone', true)],
    inForce: new Map(),
    done: [],
    locked: false,
    wiped: false,
    battery: 0.8,
    lost: false,
    shown: [],
    place: { latitude: 59.3293, longitude: 18.0686, accuracyM: 12 },
    attest: null,
    facts: {},
    ...of,
  }
}

/** An app as it may stand in a list. */
export function appOf(name: string, title: string, system = false): AppWord {
  const signer = createHash('sha256').update(`signer ${name}`).digest('base64url')
  return {
    package: name,
    name: title,
    version: '1.0',
    code: 1,
    signer,
    installer: system ? null : 'com.android.vending',
    system,
  }
}

/** Puts a document in force as it is at an instant: what is new or was changed is applied, what is gone is taken back. Answers what became of each. */
export function applyDocument(phone: Phone, document: AgentDocument, at: number): ItemWord[] {
  const words: ItemWord[] = []
  const items = itemsAt(document, at)
  const wanted = new Map(items.map(i => [i.item, i]))
  for (const [item, { version, kind, value }] of phone.inForce)
    if (!wanted.has(item)) {
      if (kind === 'app') takeApp(phone, { value })
      phone.inForce.delete(item)
      words.push({ item, version, state: 'removed' })
    }
  for (const item of items) {
    phone.inForce.set(item.item, item)
    words.push(
      item.kind === 'app' ? bringApp(phone, item) : { item: item.item, version: item.version, state: 'applied' },
    )
  }
  return words
}

/** Carries an order out. */
export function carryOut(phone: Phone, order: SignedOrder): Omit<OrderResult, 'order'> {
  phone.done.push(order)
  switch (order.kind) {
    case 'lock':
      phone.locked = true
      return { status: 'done' }
    case 'restart':
      phone.boot = randomUUID()
      return { status: 'done' }
    case 'wipe':
      phone.wiped = true
      return { status: 'done' }
    case 'clear-passcode':
      phone.locked = false
      return { status: 'done' }
    case 'lost-mode.enable':
    case 'lost-mode.disable':
      phone.lost = order.kind === 'lost-mode.enable'
      return { status: 'done' }
    case 'lost-mode.sound':
      return phone.lost ? { status: 'done' } : { status: 'failed', code: 'not-lost' }
    case 'location.query':
      return phone.place === null
        ? { status: 'failed', code: 'no-location' }
        : { status: 'done', data: { ...phone.place, at: Date.now(), source: 'agent' } }
    case 'app.uninstall': {
      phone.apps = phone.apps.filter(app => app.package !== order.args['package'])
      return { status: 'done' }
    }
    case 'message.show':
      phone.shown.push(String(order.args['message']))
      return { status: 'done' }
    default:
      return { status: 'failed', code: 'order-unknown' }
  }
}

/** What the phone tells about itself. A work profile is told nobody's serial number by the system. */
export function factsOf(phone: Phone, mode: AgentMode): Record<string, unknown> {
  return {
    'os.version': phone.osVersion,
    'os.apiLevel': phone.apiLevel,
    'battery.level': phone.battery,
    ...(mode === 'work-profile' ? {} : { 'identity.serial': phone.serial }),
    'identity.model': phone.model,
    'security.encrypted': true,
    'security.resetToken': true,
    ...phone.facts,
  }
}
