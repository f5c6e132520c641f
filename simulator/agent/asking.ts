import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { hash64, jwkOf } from '@muster/wire/agent/compact.ts'
import type { Answer, Certified, Challenge, Renewed } from '@muster/wire/agent/messages.ts'
import { newProofHeader, proofHeader, proofOf } from '@muster/wire/agent/proof.ts'
import type { AgentState } from './agent.ts'
import type { Phone } from './phone.ts'

/** How the agent's requests travel; answers with any status, or throws when nothing came back. */
export type Send = (request: {
  method: 'POST' | 'GET'
  path: string
  body: Uint8Array
  headers: Record<string, string>
}) => Promise<{ status: number; body: unknown }>

/** What an agent works on. */
export interface On {
  phone: Phone
  state: AgentState
  send: Send
  now: () => number
}

/** Asks the server; whatever is no answer of the protocol (a proxy's page, an error of the line) means: later. */
export async function ask<A extends Answer>(on: On, path: string, message: object): Promise<A> {
  const body = Buffer.from(JSON.stringify(message))
  const headers = { 'content-type': 'application/json', [proofHeader]: provedBy(on, { method: 'POST', path, body }) }
  const { body: answer } = await on.send({ method: 'POST', path, body, headers })
  if (typeof answer !== 'object' || answer === null || !('action' in answer)) return { action: 'retry' } as A
  return answer as A
}

/** Asks by an open request whether somebody wants the agent to call: the nonce of the wake, or null when nobody did. */
export async function wait(on: On, holdMs: number): Promise<string | null> {
  const path = '/agent/v1/wait'
  const body = new Uint8Array()
  const headers = { [proofHeader]: provedBy(on, { method: 'GET', path, body }) }
  const { body: answer } = await on.send({ method: 'GET', path: `${path}?hold=${holdMs}`, body, headers })
  const said = answer as { wake?: { nonce?: unknown } } | null
  return typeof said?.wake?.nonce === 'string' ? said.wake.nonce : null
}

/** Has a new key certified: the old one signs which it is, the new one proves itself beside it. */
export async function renew(on: On): Promise<Answer> {
  const { state } = on
  const next = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const attested = on.phone.attest === null ? {} : await attestedBy(on, next.publicKey)
  const message = { v: 1, jwk: jwkOf(next.publicKey), ...attested }
  const said = await askForBoth<Renewed>(on, '/agent/v1/renew', message, next)
  if (said.action !== 'none' || !state.enrolled) return said
  state.key = next.privateKey
  state.publicKey = next.publicKey
  state.enrolled = { ...state.enrolled, certificate: hash64(Buffer.from(said.certificate, 'base64')) }
  return said
}

/** A key, both halves of it. */
export interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** Has a key of the device certified for an item of its document. */
export function certify(on: On, { item, version }: { item: string; version: string }, of: Pair): Promise<Certified> {
  return askForBoth(on, '/agent/v1/certify', { v: 1, item, version, jwk: jwkOf(of.publicKey) }, of)
}

/** Asks by the agent's own key, and proves that another one is there too. */
async function askForBoth<A extends Answer>(on: On, path: string, message: object, other: Pair): Promise<A> {
  const body = Buffer.from(JSON.stringify(message))
  const by = { key: other.privateKey, public: other.publicKey }
  const headers = {
    'content-type': 'application/json',
    [proofHeader]: provedBy(on, { method: 'POST', path, body }),
    [newProofHeader]: proofOf({ method: 'POST', path, body, ...nowOf(on) }, by),
  }
  const { body: answer } = await on.send({ method: 'POST', path, body, headers })
  return answer as A
}

/** What the phone's chip says of a key, as it is sent. */
export function attestationOf({ attest }: Phone, key: KeyObject, challenge: string): string[] {
  return (attest?.(key, challenge) ?? []).map(der => Buffer.from(der).toString('base64'))
}

async function attestedBy(on: On, key: KeyObject): Promise<object> {
  const { challenge } = await ask<Challenge>(on, '/agent/v1/challenge', {})
  return challenge === undefined ? {} : { challenge, attestation: attestationOf(on.phone, key, challenge) }
}

function nowOf({ state, now }: On): { at: number; nonce: string; count: number } {
  const at = Math.floor((now() + state.clockOffset) / 1000)
  return { at, nonce: randomBytes(16).toString('base64url'), count: state.count }
}

function provedBy(on: On, request: { method: string; path: string; body: Uint8Array }): string {
  const { state } = on
  const who = state.enrolled ? { certificate: state.enrolled.certificate } : { public: state.publicKey }
  return proofOf({ ...request, ...nowOf(on) }, { key: state.key, ...who })
}
