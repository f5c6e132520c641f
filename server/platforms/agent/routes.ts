import { z } from 'zod'
import type { Answer } from '@muster/wire/agent/messages.ts'
import { readJson } from '../../base/guard.ts'
import { Problem } from '../../base/problem.ts'
import { rawRoute, type Reply, type Route } from '../../base/route.ts'
import type { Call } from '../../base/route.ts'
import type { Base } from '../../base/transact.ts'
import { certify } from './certify.ts'
import { contact } from './contact.ts'
import { challenge, enroll } from './enroll.ts'
import { renew } from './renew.ts'
import { certifyShape, challengeShape, contactShape, enrollShape, renewShape } from './shapes.ts'
import { longestHoldMs, wait } from './wait.ts'

/** What our own agents speak to. Every answer is JSON and says an action; see `wire/agent`. */
export const agentRoutes: readonly Route[] = [
  said({
    path: '/agent/v1/challenge',
    summary:
      'A fresh challenge for the attestation of an agent’s key, by an invitation or by the proof of an enrolled agent.',
    bodyLimit: 4096,
    shape: challengeShape,
    serve: (base, read, call) => challenge(base, read().token ?? null, call),
  }),
  said({
    path: '/agent/v1/enroll',
    summary: 'Enrolls a device by our own agent: an invitation, a key that proves itself, and what the device is.',
    bodyLimit: 128 * 1024,
    shape: enrollShape,
    status: 201,
    serve: (base, read, call) => enroll(base, read(), call),
  }),
  said({
    path: '/agent/v1/contact',
    summary: 'One contact of an agent: reports up, document and orders down.',
    bodyLimit: 1024 * 1024,
    shape: contactShape,
    serve: contact,
  }),
  said({
    path: '/agent/v1/renew',
    summary: 'Certifies a new key of an agent in the place of the one that asks; both prove themselves.',
    bodyLimit: 128 * 1024,
    shape: renewShape,
    serve: renew,
  }),
  said({
    path: '/agent/v1/certify',
    summary:
      'Certifies a key of a device for an item of its document that wants a certificate of its own; the agent and that key prove themselves.',
    bodyLimit: 16 * 1024,
    shape: certifyShape,
    serve: certify,
  }),
  rawRoute({
    method: 'GET',
    path: '/agent/v1/wait',
    plane: 'device',
    auth: 'device',
    permission: null,
    summary: 'Held open until somebody wants the agent to call, or for as long as it asked.',
    bodyLimit: 0,
    accepts: [],
    query: z.object({ hold: z.coerce.number().int().min(0).max(longestHoldMs).default(longestHoldMs) }),
    reply: ['application/json'],
    serve: (base, { query }, call) => wait(base, query.hold, call),
  }),
]

interface Spoken<S extends z.ZodType> {
  path: string
  summary: string
  bodyLimit: number
  shape: S
  status?: number
  /** `read` throws when the body is not what it should be. What is large is read once its sender is known: a stranger would have us check a million wrong entries. */
  serve(base: Base, read: () => z.output<S>, call: Call): Promise<Answer>
}

/** A route of the agent's language: the body's bytes are proved before they are read, so they come as they are. */
function said<S extends z.ZodType>({ path, summary, bodyLimit, shape, status = 200, serve }: Spoken<S>): Route {
  return rawRoute({
    method: 'POST',
    path,
    plane: 'device',
    auth: 'device',
    permission: null,
    summary,
    bodyLimit,
    accepts: ['application/json'],
    reply: ['application/json'],
    status,
    serve: async (base, _input, call): Promise<Reply<string>> => {
      const answer = await serve(base, () => read(shape, call.bytes), call)
      return {
        // It is heard, and not done: it waits for a person.
        status: answer.code === 'waiting-approval' ? 202 : status,
        type: 'application/json',
        body: JSON.stringify(answer),
        headers: { 'cache-control': 'no-store' },
      }
    },
  })
}

function read<S extends z.ZodType>(shape: S, bytes: Uint8Array): z.output<S> {
  let value: unknown
  try {
    value = readJson(bytes)
  } catch (cause) {
    throw new Problem('agent.message', { reason: 'json' }, { cause })
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.slice(0, 10).map(i => ({ path: i.path.map(String).join('.'), message: i.message }))
  throw new Problem('agent.message', { reason: 'shape' }, { fields })
}
