/** What the simulated Apple Push Notification service does wrong, once or often, on request. */
export type Fault =
  /** Waits before doing the normal thing. */
  | { kind: 'delay'; ms: number }
  /** Answers with this status and reason and delivers nothing. */
  | { kind: 'answer'; status: number; reason: string; retryAfterSeconds?: number; timestamp?: number }
  /** Like `answer`, but the body dribbles out byte by byte. */
  | { kind: 'trickle'; status: number; reason: string; msPerByte: number }
  /** Refuses the stream before looking at it (REFUSED_STREAM): the client may retry safely. */
  | { kind: 'refuse' }
  /** Resets the stream after having read the request; `deliver` says whether the device was woken all the same. */
  | { kind: 'reset'; deliver?: boolean }
  /** Cuts the whole connection without a word. */
  | { kind: 'cut'; deliver?: boolean }
  /** Answers normally, then sends GOAWAY and lets the connection drain. */
  | { kind: 'goaway' }
  /** Reads the request and never answers. */
  | { kind: 'stall' }
  /** Answers 200 and never delivers. */
  | { kind: 'swallow' }
  /** Answers 200 and wakes the device several times. */
  | { kind: 'duplicate'; wakes: number }

/** When a fault applies: to which token (hex), after how many untouched pushes, and how often. */
export interface Moment {
  token?: string
  /** Pushes that pass before the first one is hit; 0 when absent. */
  after?: number
  /** Pushes that are hit; 1 when absent, Infinity for always. */
  times?: number
}

/** The list of planned faults; the first line that applies to a push is used and used up. */
export interface Script {
  plan(fault: Fault, moment?: Moment): void
  /** Drops all planned faults and lets stalled requests go unanswered for ever. */
  clear(): void
  /** While true, new connections are destroyed before the TLS handshake and open ones are cut. */
  down(down: boolean): void
}

interface Line {
  fault: Fault
  token: string | undefined
  after: number
  times: number
}

/** Keeps the planned faults; `take` answers what to do wrong with the push at hand. */
export class Plan {
  #lines: Line[] = []

  plan(fault: Fault, moment: Moment = {}): void {
    const { token, after = 0, times = 1 } = moment
    this.#lines.push({ fault, token: token?.toLowerCase(), after, times })
  }

  clear(): void {
    this.#lines = []
  }

  take(token: string): Fault | undefined {
    const applicable = this.#lines.filter(line => line.token === undefined || line.token === token)
    const ripe = applicable.find(line => line.after <= 0)
    for (const line of applicable) if (line.after > 0) line.after -= 1
    if (ripe === undefined) return undefined
    ripe.times -= 1
    if (ripe.times <= 0) this.#lines = this.#lines.filter(line => line !== ripe)
    return ripe.fault
  }
}
