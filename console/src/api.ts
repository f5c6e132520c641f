/** A refusal of the server in the words of `application/problem+json`, or the lack of any answer. */
export interface Problem {
  status: number
  code: string
  title: string
  detail: string | null
  next: string | null
  fields: { path: string; message: string }[]
  request: string | null
  /** Facts some codes carry beside the words, such as `retryAfterMs` or the two topics of a push certificate. */
  facts: Record<string, unknown>
}

/** Thrown by every call that the server refuses or that never reached it. */
export class Refusal extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'Refusal'
    this.problem = problem
  }
}

/** What may go with a call. */
export interface CallOptions {
  query?: Record<string, string | number | boolean | null | undefined>
  /** JSON; a Blob goes as the bytes it is. */
  body?: unknown
  signal?: AbortSignal
  /** Reuse it to repeat a write safely; without it each write makes its own. */
  idempotencyKey?: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const listeners = new Set<() => void>()

/** Calls back when the server says that the session is gone; returns the way to stop. */
export function onSessionEnded(callback: () => void): () => void {
  listeners.add(callback)
  return () => listeners.delete(callback)
}

/** Tells everyone who asked that the session is gone. */
export function endSession(): void {
  for (const tell of listeners) tell()
}

/** Path and query under the API's base, without empty values. */
export function address(path: string, query: CallOptions['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`
}

let prover: (() => Promise<boolean>) | null = null // the one screen that can ask the person
let proving: Promise<boolean> | null = null // several calls at once ask once

/** Lets a screen ask the person who they are when the server wants to know it again; returns the way to stop. */
export function proveBy(ask: () => Promise<boolean>): () => void {
  prover = ask
  return () => {
    if (prover === ask) prover = null
  }
}

/**
 * One call to the API. Resolves with the answer's JSON (undefined for 204), rejects with a Refusal. What takes a fresh proof of
 * who is there (`step-up.needed`) is asked once more after it was given; a write keeps its key, so that it happens once.
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const kept = method === 'GET' ? options : { idempotencyKey: crypto.randomUUID(), ...options }
  try {
    return await ask<T>(method, path, kept)
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.code !== 'step-up.needed' || !prover) throw error
    proving ??= prover().finally(() => {
      proving = null
    })
    if (!(await proving)) throw error
    return ask<T>(method, path, kept)
  }
}

async function ask<T>(method: Method, path: string, options: CallOptions): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const bytes = options.body instanceof Blob ? options.body : null
  if (options.body !== undefined) headers['content-type'] = bytes ? bytes.type : 'application/json'
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (options.body !== undefined) init.body = bytes ?? JSON.stringify(options.body)
  if (options.signal) init.signal = options.signal
  const response = await fetch(address(path, options.query), init).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause
    throw new Refusal({ ...nothing, code: 'network.unreachable', title: 'The server does not answer.' })
  })
  if (response.status === 204) return undefined as T
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok) return answer as T
  throw refused(response, answer, path)
}

/** Reads a list, or one page of it. */
export const get = <T>(path: string, query?: CallOptions['query'], signal?: AbortSignal): Promise<T> =>
  call<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })

const nothing: Problem = {
  status: 0,
  code: 'unknown',
  title: '',
  detail: null,
  next: null,
  fields: [],
  request: null,
  facts: {},
}

function refused(response: Response, answer: unknown, path: string): Refusal {
  const problem = readProblem(response.status, answer)
  const wait = Number(response.headers.get('retry-after'))
  if (wait > 0) problem.facts['retryAfterMs'] = wait * 1000
  const ended = response.status === 401 && problem.code.startsWith('session.')
  if (ended && path !== '/session') endSession()
  return new Refusal(problem)
}

/** Reads a problem document leniently: whatever is missing gets a plain default. */
export function readProblem(status: number, answer: unknown): Problem {
  const given = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}
  const text = (name: string) => (typeof given[name] === 'string' ? (given[name] as string) : null)
  const known = new Set(['type', 'title', 'status', 'code', 'detail', 'fields', 'next', 'request'])
  const facts: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) if (!known.has(name)) facts[name] = value
  if (typeof given['facts'] === 'object' && given['facts'] !== null) Object.assign(facts, given['facts'])
  return {
    status,
    code: text('code') ?? `http.${status}`,
    title: text('title') ?? '',
    detail: text('detail'),
    next: text('next'),
    fields: Array.isArray(given['fields']) ? (given['fields'] as Problem['fields']) : [],
    request: text('request'),
    facts,
  }
}
