import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { againstApproval, nextApprovers } from '@muster/wire/agent/approval.ts'
import { hash64 } from '@muster/wire/agent/compact.ts'
import {
  type AgentDocument,
  type Refusal,
  type SignedOrder,
  takeDocument,
  takeOrders,
} from '@muster/wire/agent/document.ts'
import type {
  AgentEvent,
  AgentMode,
  Answer,
  Approvers,
  AppWord,
  Certified,
  Challenge,
  Contact,
  Contacted,
  Enrolled,
  ItemWord,
  OrderResult,
  Reach,
  ServerKey,
} from '@muster/wire/agent/messages.ts'
import { canonical } from '@muster/wire/canonical.ts'
import { ask, attestationOf, certify, type On, type Pair, renew, type Send, wait } from './asking.ts'
import { applyDocument, carryOut, factsOf, type Phone } from './phone.ts'
import { appsDelta, introduction } from './told.ts'

/** What an agent keeps across restarts. */
export interface AgentState {
  key: KeyObject
  publicKey: KeyObject
  readonly instance: string
  readonly mode: AgentMode
  count: number
  clockOffset: number
  /** What it asks to enroll with. */
  asked: object | null
  enrolled: { org: string; enrollment: string; device: string; certificate: string } | null
  keys: readonly ServerKey[]
  approvers: Approvers
  document: AgentDocument | null
  ordersSeen: number
  /** Orders that took effect, with their results until the server has seen them. */
  readonly journal: Map<string, OrderResult | null>
  items: ItemWord[]
  events: AgentEvent[]
  factsTold: string
  appsTold: { hash: string; apps: readonly AppWord[] } | null
  left: boolean
  /** By which ways it says that it can be woken. */
  reach: Reach
}

/** An agent on a virtual device: the same protocol as the real one, over whatever carries its requests. */
export interface VirtualAgent {
  readonly phone: Phone
  readonly state: AgentState
  /** Enrolls by the secret of an invitation. */
  enroll(token: string): Promise<Answer>
  /** Asks again what it asked to enroll with, with the same key: it was told to wait, or heard no answer. */
  again(): Promise<Answer>
  /** Calls home until there is nothing more to do; answers the last answer. */
  contact(woken?: Contact['woken']): Promise<Contacted>
  /** Does what its document says for this hour, without the server. */
  keepTime(): void
  /** Is handed orders, by whatever way; obeys what it may. */
  obey(orders: string): void
  /** Leaves a request open, by another way than its usual one if such is given; answers the nonce of the wake that ended it, or null. */
  wait(holdMs: number, by?: Send): Promise<string | null>
  /** Has a new key certified in the place of its own. */
  renew(): Promise<Answer>
  /** Has a key certified for an item of its document. */
  certify(item: { item: string; version: string }, key: Pair): Promise<Certified>
}

/** An agent that has not enrolled yet. */
export function newAgent(
  phone: Phone,
  send: Send,
  mode: AgentMode = 'fully-managed',
  now = () => Date.now(),
): VirtualAgent {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const state: AgentState = {
    key: privateKey,
    publicKey,
    instance: randomUUID(),
    mode,
    count: 0,
    clockOffset: 0,
    asked: null,
    enrolled: null,
    keys: [],
    approvers: { need: 0, rpId: '', origins: [], keys: [] },
    document: null,
    ordersSeen: 0,
    journal: new Map(),
    items: [],
    events: [],
    factsTold: '',
    appsTold: null,
    left: false,
    reach: { wait: true },
  }
  const on = { phone, state, send, now }
  return {
    phone,
    state,
    enroll: token => enroll(on, token),
    again: () => introduce(on),
    contact: woken => contact(on, woken ?? null),
    keepTime: () => keepTime(on),
    obey: orders => void obey(on, orders),
    wait: (ms, by = send) => wait({ ...on, send: by }, ms),
    renew: () => renew(on),
    certify: (item, key) => certify(on, item, key),
  }
}

async function enroll(on: On, token: string): Promise<Answer> {
  const { phone, state } = on
  const first = await ask<Challenge>(on, '/agent/v1/challenge', { token })
  if (first.action !== 'none') return first
  const { challenge } = first
  const attestation = attestationOf(phone, state.publicKey, challenge)
  const device = introduction(phone, state.mode)
  state.asked = { v: 1, token, challenge, instance: state.instance, attestation, device }
  return introduce(on)
}

async function introduce(on: On): Promise<Answer> {
  const { state } = on
  state.count += 1
  const answer = await ask<Enrolled>(on, '/agent/v1/enroll', state.asked ?? {})
  if (answer.action !== 'none') return answer
  state.enrolled = {
    org: answer.org,
    enrollment: answer.enrollment,
    device: answer.device,
    certificate: hash64(Buffer.from(answer.certificate, 'base64')),
  }
  state.keys = answer.keys
  state.approvers = answer.approvers
  return answer
}

const mostRounds = 50

async function contact(on: On, woken: Contact['woken']): Promise<Contacted> {
  let by = woken
  keepTime(on)
  for (let round = 0; ; round += 1) {
    const answer = await ask<Contacted>(on, '/agent/v1/contact', saying(on, by))
    by = null
    if (answer.code === 'agent.clock' && answer.serverTime !== undefined && round < mostRounds) {
      on.state.clockOffset = answer.serverTime - on.now()
      continue
    }
    const more = answer.seen === undefined ? false : take(on, answer)
    if (!more || round >= mostRounds) return answer
  }
}

function saying({ phone, state }: On, woken: Contact['woken']): Contact {
  state.count += 1
  const facts = factsOf(phone, state.mode)
  const factsHash = hash64(canonical(facts))
  const apps = state.document?.collect.apps === 'none' ? undefined : appsDelta(state, phone.apps)
  return {
    v: 1,
    n: state.count,
    instance: state.instance,
    boot: phone.boot,
    woken,
    have: {
      etag: state.document?.etag ?? null,
      generation: state.document?.generation ?? null,
      ordersSeen: state.ordersSeen,
    },
    items: state.items,
    results: [...state.journal.values()].flatMap(r => r ?? []),
    facts: factsHash === state.factsTold ? {} : facts,
    factsHash,
    lists: apps ? { apps } : {},
    events: state.events,
    channels: state.reach,
  }
}

/** Takes the answer in; true when there is something to report at once. */
function take(on: On, answer: Contacted): boolean {
  const { phone, state } = on
  const told = { facts: hash64(canonical(factsOf(phone, state.mode))), apps: [...phone.apps] }
  const seen = new Set([...answer.seen.results, ...answer.seen.events])
  for (const id of answer.seen.results) if (state.journal.has(id)) state.journal.set(id, null)
  state.events = state.events.filter(e => !seen.has(e.id))
  state.items = []
  state.factsTold = answer.need.includes('facts') ? '' : told.facts
  if (state.document?.collect.apps !== 'none')
    state.appsTold = answer.need.includes('apps') ? null : { hash: hash64(canonical(told.apps)), apps: told.apps }
  const tookDocument = answer.document === undefined ? false : takeNew(on, answer.document)
  const tookOrders = answer.orders === undefined ? false : obey(on, answer.orders)
  return tookDocument || tookOrders || answer.need.length > 0
}

function keepTime({ phone, state, now }: On): void {
  if (!state.document?.hours) return
  const before = new Set(phone.inForce.keys())
  const words = applyDocument(phone, state.document, now() + state.clockOffset)
  state.items.push(...words.filter(w => w.state === 'removed' || !before.has(w.item)))
}

function takeNew({ phone, state, now }: On, text: string): boolean {
  const { enrolled } = state
  if (!enrolled) return false
  const taken = takeDocument(text, {
    ...enrolled,
    keys: state.keys,
    generation: state.document?.generation ?? null,
    etag: state.document?.etag ?? null,
  })
  if (typeof taken === 'string') {
    refuse(state, taken)
    return false
  }
  const approvers = nextApprovers(state.approvers, taken, enrolled.org)
  // What else the document says holds all the same: approvers bind the agent, not the policies.
  if (approvers === null) state.events.push(refusal('approvers-unendorsed'))
  else state.approvers = approvers
  state.document = taken
  state.keys = taken.keys
  state.items = applyDocument(phone, taken, now() + state.clockOffset)
  return state.items.length > 0
}

const refusal = (code: string): AgentEvent => ({
  id: randomUUID(),
  at: Date.now(),
  type: 'document.refused',
  data: { code },
})

function refuse(state: AgentState, code: Refusal): void {
  state.events.push(refusal(code))
}

function obey(on: On, text: string): boolean {
  const { state } = on
  if (!state.enrolled) return false
  const taken = takeOrders(text, { ...state.enrolled, keys: state.keys })
  if (typeof taken === 'string') {
    refuse(state, taken)
    return false
  }
  const fresh = taken.orders.filter(o => !state.journal.has(o.id))
  for (const order of fresh) {
    // Only this order ends management; no answer and no silence does.
    if (order.kind === 'enrollment.leave') state.left = true
    else {
      state.ordersSeen = Math.max(state.ordersSeen, order.seq)
      state.journal.set(order.id, { order: order.id, ...resultOf(on, order) })
    }
  }
  return fresh.some(o => o.kind !== 'enrollment.leave')
}

function resultOf({ phone, state, now }: On, order: SignedOrder): Omit<OrderResult, 'order'> {
  const clock = now() + state.clockOffset
  if (order.notAfter !== null && order.notAfter < clock) return { status: 'expired' }
  if (order.kind === 'inventory.query') {
    Object.assign(state, { factsTold: '', appsTold: null })
    return { status: 'done' }
  }
  if (order.kind !== 'wipe') return carryOut(phone, order)
  if (state.mode === 'work-profile') return { status: 'refused', code: 'management-mode' }
  const { org = '', device = '' } = state.enrolled ?? {}
  const against = againstApproval(order, { org, device, now: clock, approvers: state.approvers })
  return against === null ? carryOut(phone, order) : { status: 'refused', code: against }
}
