import { Problem, Unavailable } from './problem.ts'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** A unique clash may be a race that a second run sees as an existing row; if it is not, it comes again at once. */
export function isClash(error: unknown): boolean {
  return codeOf(error) === '23505'
}

/** Serialization failure or deadlock. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

/** Connection, resource and shutdown classes become Unavailable; everything else stays what it is. */
export function translate(error: unknown): unknown {
  const code = codeOf(error)
  // PostgreSQL cannot hold a NUL in text; whoever sent one is refused.
  if (['22021', '22P05'].includes(code)) return new Problem('request.malformed', {}, { cause: error })
  const gone = /^(08|53|57|58)/.test(code) || /^E[A-Z]+$/.test(code) || isConflict(error)
  const ended =
    error instanceof Error &&
    /connection terminated|client has encountered a connection error|timeout exceeded/i.test(error.message)
  return gone || ended ? new Unavailable('database', error) : error
}
