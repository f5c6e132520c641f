import type { Answer, Channels } from '@muster/wire/agent/messages.ts'
import { newAgent, type VirtualAgent } from './agent.ts'
import type { Send } from './asking.ts'
import { wireTo } from './http.ts'
import { openListener } from './mqtt.ts'
import { newPhone, type Phone } from './phone.ts'

/** By which way the crowd listens for wakes. */
export type Way = 'mqtt' | 'wait'

/** One of the crowd. */
export interface Member {
  readonly agent: VirtualAgent
  /** Where it listens, as its last contact said. */
  channels: Channels
  /** The last wake it heard of. */
  heard: string | null
  woken: number
  doubled: number
  calling: Promise<void>
  line: { ping(): void; close(): void } | null
}

/** How a crowd is made. */
export interface CrowdOptions {
  readonly url: string
  /** How many contacts may be under way at once. */
  readonly width?: number
  readonly phone?: (index: number) => Partial<Phone>
  /** Told when the server has the results of orders. */
  readonly settled?: (member: Member, orders: readonly string[]) => void
  /** How long a request for a wake is held open. */
  readonly holdMs?: number
}

/** Very many agents in one process, over the wire only: each has its key and its sockets, and all share one clock. */
export interface Crowd {
  readonly members: readonly Member[]
  /** Enrolls so many more by the secret of an invitation, and lets each call. */
  enroll(token: string, many: number): Promise<void>
  /** Lets the first so many listen; settles once all do. */
  listen(way: Way, many?: number): Promise<void>
  /** Nobody listens any more. */
  hush(): Promise<void>
  /** Everyone calls home in turns for so long; answers how often that was. */
  callFor(ms: number): Promise<number>
  /** From now on they call somewhere else. */
  point(url: string): void
  close(): Promise<void>
}

const tickMs = 1000
/** Each line says so often that it is still there, well before a broker would miss it. */
const pingEveryTicks = 240
const restMs = 1000
/** Those who wait come so many at a time, or the system would turn some away. */
const arriving = 100
const arrivingMs = 20

/** A crowd that has nobody yet. */
export function newCrowd(options: CrowdOptions): Crowd {
  const width = options.width ?? 32
  let wire = wireTo(options.url, width)
  const send: Send = request => wire.send(request)
  const members: Member[] = []
  let round: { way: Way; close(): void } | null = null
  const clock = setInterval(() => pingSome(members), tickMs)
  const hush = async (): Promise<void> => {
    round?.close()
    round = null
    for (const member of members) {
      member.line?.close()
      member.line = null
    }
    await Promise.all(members.map(m => m.calling))
  }
  return {
    members,
    enroll: (token, many) =>
      inTurns(Array.from({ length: many }).keys(), width, async () => {
        const member = newMember(options, send, members.length)
        members.push(member)
        demandFine(await member.agent.enroll(token))
        const answer = await member.agent.contact()
        demandFine(answer)
        member.channels = answer.channels
      }),
    listen: async (way, many = members.length) => {
      await hush()
      const some = members.slice(0, many)
      if (way === 'mqtt') return inTurns(some.values(), width, member => openLine(member))
      const held = wireTo(options.url)
      const going = { way, over: false, close: () => held.close() }
      round = { way, close: () => Object.assign(going, { over: true }).close() }
      for (const [index, member] of some.entries()) {
        void keepWaiting(member, { send: held.send, going, holdMs: options.holdMs })
        if (index % arriving === arriving - 1) await new Promise(resolve => setTimeout(resolve, arrivingMs))
      }
    },
    hush,
    callFor: async ms => {
      const until = performance.now() + ms
      let calls = 0
      await inTurns(endless(members), width, async member => {
        // One call of an agent at a time.
        const call = member.calling.then(() => member.agent.contact())
        member.calling = call.then(
          () => undefined,
          () => undefined,
        )
        demandFine(await call)
        calls += 1
        return performance.now() < until
      })
      return calls
    },
    point: url => {
      wire.close()
      wire = wireTo(url, width)
    },
    close: async () => {
      clearInterval(clock)
      await hush()
      wire.close()
    },
  }
}

function newMember({ phone, settled }: CrowdOptions, send: Send, index: number): Member {
  const seeing: Send = async request => {
    const answer = await send(request)
    const seen = (answer.body as { seen?: { results?: string[] } } | null)?.seen?.results ?? []
    if (seen.length > 0) settled?.(member, seen)
    return answer
  }
  const agent = newAgent(newPhone(phone?.(index)), seeing)
  agent.state.reach = { mqtt: true, wait: true }
  const member: Member = {
    agent,
    channels: { order: [] },
    heard: null,
    woken: 0,
    doubled: 0,
    calling: Promise.resolve(),
    line: null,
  }
  return member
}

function demandFine(answer: Answer): void {
  if (answer.action !== 'none') throw new Error(`an agent was told ${answer.action}: ${answer.code}`)
}

/** Calls home because of a wake; one that was heard of already is counted and nothing else. */
function wakened(member: Member, channel: Way, nonce: string): Promise<void> {
  if (member.heard === nonce) member.doubled += 1
  else {
    member.heard = nonce
    member.woken += 1
    member.calling = member.calling
      .then(() => member.agent.contact({ channel, nonce }))
      .then(
        answer => void (answer.action === 'none' || forget(member, nonce)),
        () => forget(member, nonce),
      )
  }
  return member.calling
}

/** The line was cut: the server calls again. */
function forget(member: Member, nonce: string): void {
  if (member.heard === nonce) member.heard = null
}

async function openLine(member: Member): Promise<void> {
  const at = member.channels.mqtt
  if (!at) throw new Error('the server offers no line')
  member.line = await openListener(at, payload => {
    const { n } = JSON.parse(payload.toString('utf8')) as { n: string }
    void wakened(member, 'mqtt', n)
  })
}

async function keepWaiting(
  member: Member,
  { send, going, holdMs = 240_000 }: { send: Send; going: { over: boolean }; holdMs: number | undefined },
): Promise<void> {
  while (!going.over) {
    const nonce = await member.agent.wait(holdMs, send).catch(() => undefined)
    if (typeof nonce === 'string') await wakened(member, 'wait', nonce)
    // It went wrong, or the same wake comes again: it rests before it asks anew.
    if (nonce === undefined || (typeof nonce === 'string' && member.heard === null))
      await new Promise(resolve => setTimeout(resolve, restMs).unref())
  }
}

let tick = 0

function pingSome(members: readonly Member[]): void {
  tick += 1
  for (let i = tick % pingEveryTicks; i < members.length; i += pingEveryTicks) members[i]?.line?.ping()
}

function* endless<T>(all: readonly T[]): Generator<T> {
  for (;;) yield* all
}

/** Works through all of them, at most so many at once; whoever answers false is the last of its lane. */
async function inTurns<T>(
  all: Iterator<T> & Iterable<T>,
  width: number,
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let next = all.next(); !next.done; next = all.next()) if ((await work(next.value)) === false) return
  }
  await Promise.all(Array.from({ length: width }, lane))
}
