import { pino, type Logger } from 'pino'

export type Log = Logger

/** The operators' log: JSON lines on standard error. Names that carry secrets are cut at this boundary whatever the caller passes. */
export function openLog(level: string): Log {
  const secret = [
    'password',
    'token',
    'key',
    'secret',
    'authorization',
    'cookie',
    'pin',
    'challenge',
    'unlockToken',
    'bootstrapToken',
  ]
  const paths = secret.flatMap(name => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[withheld]' } },
    pino.destination({ fd: 2, sync: false }),
  )
}

/** A log that says nothing. */
export const silentLog: Log = pino({ level: 'silent' })
