import type { Action, Answer } from '@muster/wire/agent/messages.ts'
import { Malformed } from '@muster/wire/malformed.ts'
import { Problem, Unavailable } from '../../base/problem.ts'
import type { Reply } from '../../base/route.ts'

/** Refusals after which an agent gets itself a new certificate. */
const renewable = new Set(['device.certificate-expired', 'device.certificate-retired'])

/**
 * Says an error to an agent. Whatever went wrong, the action is at most "try again" or "renew": only a signed order un-enrolls. A device that has lost its
 * enrollment for another one of itself (`certificate-unknown`) goes on trying, ever more rarely, and an admin sees it.
 */
export function agentProblem(error: unknown): Reply<string> {
  if (error instanceof Malformed)
    return said(400, 'retry', { code: error.code, message: 'The message cannot be read.' })
  if (error instanceof Unavailable)
    return said(503, 'retry', {
      code: 'server.unavailable',
      message: error.message,
      retryAfterMs: 5000 + Math.random() * 25_000,
    })
  if (!(error instanceof Problem))
    return said(500, 'retry', { code: 'server.fault', message: 'The server made a mistake.' })
  const { code, status, message, facts } = error
  const more = {
    code,
    message,
    ...(code === 'agent.clock' ? { serverTime: Number(facts.now) } : {}),
    ...(status === 429 || status === 503 ? { retryAfterMs: Number(facts.retryAfter ?? 30) * 1000 } : {}),
  }
  return said(status, renewable.has(code) ? 'reauth' : 'retry', more)
}

function said(status: number, action: Action, more: Omit<Answer, 'action'>): Reply<string> {
  return {
    status,
    type: 'application/json',
    body: JSON.stringify({ action, ...more }),
    headers: { 'cache-control': 'no-store' },
  }
}
