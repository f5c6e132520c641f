/** One request a device sent, and what became of it. */
export interface Sent {
  at: number
  /** `profile`, `scep:PKIOperation`, a MessageType, or the Status of a command's answer. */
  message: string
  account: string | undefined
  /** The command this request answers. */
  commandUuid: string | undefined
  /** HTTP status, or 0 when no reply reached the device. */
  status: number
  /** Why no reply reached the device. */
  trouble: string | undefined
}

/** One command a device carried out: at-least-once delivery makes the count exceed one. */
export interface Executed {
  commandUuid: string
  requestType: string
  account: string | undefined
  firstAt: number
  /** How often the command reached the device. */
  received: number
  /** How often it changed or reported something, that is, was acknowledged. */
  effects: number
  /** Every answer given, in order. */
  answers: string[]
}

/** What a device itself witnessed: the oracle of the fault tests. */
export interface Ledger {
  sent: Sent[]
  /** By CommandUUID, then by account for the user channel. */
  executed: Map<string, Executed>
  /** Wakes that arrived, and whether their PushMagic was the right one. */
  wakes: { at: number; account: string | undefined; valid: boolean }[]
  /** Things that should not happen to a device: undecodable replies, wrong magics, refusals. */
  troubles: { at: number; what: string }[]
  /** Files of apps that were fetched. */
  downloads: { url: string; bytes: number }[]
}

/** An empty ledger. */
export function ledger(): Ledger {
  return { sent: [], executed: new Map(), wakes: [], troubles: [], downloads: [] }
}

/** Every request the server answered with 2xx: what it may never forget. */
export function promised(from: Ledger): readonly Sent[] {
  return from.sent.filter(({ status }) => status >= 200 && status < 300)
}

/** Notes that a command arrived and how it was answered. */
export function noteExecuted(
  into: Ledger,
  command: { commandUuid: string; requestType: string; account: string | undefined },
  answer: string,
): void {
  const key = command.account === undefined ? command.commandUuid : `${command.commandUuid} ${command.account}`
  const before = into.executed.get(key) ?? { ...command, firstAt: Date.now(), received: 0, effects: 0, answers: [] }
  before.received += 1
  if (answer === 'Acknowledged') before.effects += 1
  before.answers.push(answer)
  into.executed.set(key, before)
}

/** Notes something that should not happen to a device. */
export function noteTrouble(into: Ledger, what: string): void {
  into.troubles.push({ at: Date.now(), what })
}
