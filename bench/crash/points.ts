import { dice } from '../devices/fleet.ts'
import { type Point, straceThere } from './siege.ts'

/** The requests of one strike, in order: profile, GetCACaps, GetCACert, PKIOperation, Authenticate, TokenUpdate, then the command channel, with two older devices beside. */
const requests = 24

/**
 * Kill points: every request of a strike by turns, at a random moment while it is under way or the instant it was answered, and, where
 * strace is, as the process enters a system call that makes a transaction durable or sends it.
 */
export function plan(kind: 'sqlite' | 'postgres' | 'control', count: number, seed: number): Point[] {
  const roll = dice(seed)
  const calls = kind === 'sqlite' ? ['fdatasync,fsync', 'pwrite64'] : ['write,writev']
  return Array.from({ length: count }, (_, i): Point => {
    const request = 1 + (i % requests)
    if (kind === 'control') return { at: 'answered', request: 4 + (i % 3) }
    if (i % 4 === 3 && straceThere)
      return { at: 'syscall', calls: calls[roll(calls.length)] ?? '', nth: 1 + roll(kind === 'sqlite' ? 60 : 200) }
    return i % 4 === 1 ? { at: 'answered', request } : { at: 'sent', request, ms: roll(14) }
  })
}
