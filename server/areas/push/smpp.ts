import { z } from 'zod'
import { type Address, type ShortMessage, statuses, toPort } from '@muster/wire/smpp/pdu.ts'
import type { Scope } from '../../base/ctx.ts'
import type { Base } from '../../base/transact.ts'
import { type Breaker, openBreaker } from './breaker.ts'
import { type Handed, not, type Outgoing, type Sender, sent } from './outcome.ts'
import { noteReceipt } from './receipt.ts'
import { e164, isToken, limits } from './sms.ts'
import { openSmpp, type SmppSession, Unbound } from './smpp-session.ts'

/** How a short message center is reached, and what is sent by it. */
export const smppShape = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(253)
    .regex(/^[\w.:-]+$/),
  port: z.int().min(1).max(65_535).default(2775),
  tls: z.boolean().default(false),
  systemId: z.string().min(1).max(15),
  systemType: z.string().max(12).default(''),
  sender: z
    .string()
    .max(20)
    .regex(/^(\+?\d+|[\w .-]{1,11})?$/)
    .default('')
    .describe('Whom messages come from: a number or a short name.'),
  form: z
    .enum(['text', 'data'])
    .default('text')
    .describe(
      'text: with the token of the device’s system. data: bytes to a port, for agents that may receive text messages.',
    ),
  dataPort: z.int().min(1).max(65_535).default(16_000),
  alphabet: z.enum(['latin1', 'gsm']).default('latin1').describe('How texts are coded: data_coding 3 or 0.'),
  ...limits,
})
export type SmppSettings = z.output<typeof smppShape>

/** The secret of a center. */
export const smppSecretShape = z.object({ password: z.string().max(64) })

const addressShape = z.object({ number: z.string().nullable(), token: z.string().nullable() })

interface Line {
  /** Which center and account it is for: another one begins anew. */
  readonly mark: string
  readonly breaker: Breaker
  session: Promise<SmppSession> | null
  /** Messages whose receipt is waited for, by the id that the center gave. */
  readonly under: Map<string, Pick<Outgoing, 'enrollment' | 'nonce'>>
  idle: ReturnType<typeof setTimeout> | null
}

const lines = new WeakMap<object, Map<string, Line>>()
/** Receipts come within minutes; a line without work is closed after this. */
const idleMs = 5 * 60_000
const mostUnder = 1000
const answerMs = 20_000

function lineOf(base: Base, scope: Scope, mark: string): Line {
  const known = lines.get(base.secrets) ?? new Map<string, Line>()
  lines.set(base.secrets, known)
  const held = known.get(scope.org)
  if (held?.mark === mark) return held
  if (held) end(held)
  const fresh: Line = { mark, breaker: openBreaker(), session: null, under: new Map(), idle: null }
  known.set(scope.org, fresh)
  return fresh
}

/** Ends every line of this process to short message centers. */
export function closeSmpp(secrets: object): void {
  for (const line of lines.get(secrets)?.values() ?? []) end(line)
  lines.delete(secrets)
}

function end(line: Line): void {
  if (line.idle) clearTimeout(line.idle)
  line.session?.then(
    s => s.close(),
    () => undefined,
  )
  line.session = null
}

/** Wakes an agent by a short message of a center, by the rules of `sendSms`. */
export const sendSmpp: Sender = async (base, scope, wake) => {
  const { number, token } = addressShape.parse(JSON.parse(wake.address))
  const center = smppShape.parse(JSON.parse(wake.settings))
  if (center.form === 'text' && token === null) return not('skipped', 'no-token')
  if (token !== null && !isToken(token)) return not('dead', 'token')
  if (number === null) return not('skipped', 'no-number')
  if (!e164.test(number)) return not('dead', 'number')
  const line = lineOf(base, scope, `${wake.settings}\n${wake.secret}`)
  if (!line.breaker.admits(base.clock.monotonic())) return not('later', line.breaker.reason ?? 'held', true)
  try {
    const session = await sessionOf(base, { scope, line, wake }, center)
    const { status, id } = await session.submit(messageOf(center, { number, token, nonce: wake.nonce }))
    if (status === statuses.ok) await remember(line, id, wake)
    return judge(base, line, outcomeOf(status, center.form))
  } catch (error) {
    line.session = null
    if (error instanceof Unbound) return judge(base, line, not('rejected', error.message, true))
    return judge(base, line, not('later', error instanceof Error ? error.message : String(error), true))
  }
}

async function sessionOf(
  base: Base,
  { scope, line, wake }: { scope: Scope; line: Line; wake: Outgoing },
  center: SmppSettings,
): Promise<SmppSession> {
  if (line.idle) clearTimeout(line.idle)
  line.idle = setTimeout(() => end(line), idleMs)
  line.idle.unref()
  const open = await line.session
  if (open?.alive()) return open
  const { password } = smppSecretShape.parse(JSON.parse(wake.secret))
  const { host, port, tls, systemId, systemType } = center
  const to = { host, port, tls, systemId, systemType, password, ca: base.config.outsideCa, timeoutMs: answerMs }
  line.session = openSmpp(to, receipt => {
    const of = line.under.get(receipt.id)
    if (!of || receipt.state === 'ACCEPTD' || receipt.state === 'ENROUTE') return
    line.under.delete(receipt.id)
    // A server that is stopping has no use for it.
    noteReceipt(base, scope, { ...of, state: receipt.state }).catch(() => undefined)
  })
  return line.session
}

function remember(line: Line, id: string, { enrollment, nonce }: Outgoing): void {
  if (id !== '') line.under.set(id, { enrollment, nonce })
  const [oldest] = line.under.keys()
  if (line.under.size > mostUnder && oldest !== undefined) line.under.delete(oldest)
}

function messageOf(center: SmppSettings, of: { number: string; token: string | null; nonce: string }): ShortMessage {
  const to = {
    source: senderOf(center.sender),
    destination: { ton: 1, npi: 1, address: of.number.slice(1) },
    registered: 1,
  }
  if (center.form === 'data') {
    const bytes = Buffer.from(`W1:${of.nonce}`, 'latin1')
    const message = toPort(center.dataPort, center.dataPort, bytes)
    return { ...to, esmClass: 0x40, dataCoding: 4, message }
  }
  const text = Buffer.from(`${of.token} W1:${of.nonce}`, 'latin1')
  if (center.alphabet === 'latin1') return { ...to, esmClass: 0, dataCoding: 3, message: text }
  // Of the signs in tokens and nonces only _ has another place in the alphabet of GSM (3GPP TS 23.038 §6.2.1).
  return { ...to, esmClass: 0, dataCoding: 0, message: text.map(b => (b === 0x5f ? 0x11 : b)) }
}

/** The type of the number and its plan: international, alphanumeric, or the center’s own choice. */
function senderOf(sender: string): Address {
  if (sender === '') return { ton: 0, npi: 0, address: '' }
  if (sender.startsWith('+')) return { ton: 1, npi: 1, address: sender.slice(1) }
  return /^\d+$/.test(sender) ? { ton: 0, npi: 1, address: sender } : { ton: 5, npi: 0, address: sender }
}

function outcomeOf(status: number, form: SmppSettings['form']): Handed {
  if (status === statuses.ok) return form === 'text' ? { ...sent, kind: 'spent' } : sent
  const reason = `0x${status.toString(16).padStart(2, '0')}`
  if (status === statuses.invalidDestination) return not('dead', reason)
  const passes: number[] = [statuses.throttled, statuses.queueFull, statuses.systemError]
  return not(passes.includes(status) ? 'later' : 'rejected', reason, true)
}

const throttledMs = 30_000
const rejectedMs = 10 * 60_000

function judge(base: Base, { breaker }: Line, handed: Handed): Handed {
  const now = base.clock.monotonic()
  if (!handed.provider) breaker.succeeded()
  else if (handed.kind === 'rejected') breaker.hold(now + rejectedMs, handed.reason)
  else if (handed.reason === '0x58' || handed.reason === '0x14') breaker.hold(now + throttledMs, handed.reason)
  else breaker.failed(now, handed.reason)
  return handed
}
