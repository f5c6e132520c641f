import type { FastifyReply, FastifyRequest } from 'fastify'
import { secured } from './guard.ts'
import { Problem, Unavailable } from './problem.ts'
import { problems } from './problems.ts'

/** What an error of the framework comes to as a refusal; others stay what they are. */
export function translate(error: unknown): unknown {
  if (error instanceof Problem || error instanceof Unavailable) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('request.too-large', {}, { cause: error })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('request.content-type', {}, { cause: error })
  if (code.startsWith('FST_ERR_CTP') || code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH_EXCEEDED')
    return new Problem('request.malformed', {}, { cause: error })
  return error
}

/** RFC 9457. A fault or the outside failing tells no detail. */
export function answerProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const problem =
    error instanceof Problem ? error : new Problem(error instanceof Unavailable ? 'server.unavailable' : 'server.fault')
  const { status, title, next } = problems[problem.code]
  const { retryAfter, ...facts } = problem.facts
  if (status === 503 || retryAfter !== undefined)
    reply.header('retry-after', String(retryAfter ?? 2 + Math.floor(Math.random() * 8)))
  secured(reply)
  reply.code(status).header('content-type', 'application/problem+json')
  const body = {
    type: `urn:muster:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    ...facts,
    fields: problem.fields.length > 0 ? problem.fields : undefined,
    next,
    request: request.id,
  }
  return reply.send(JSON.stringify(body))
}
