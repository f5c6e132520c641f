// The load generator: a process of its own that sends prepared requests over raw keep-alive sockets and checks every answer.
// A library client would cost more than the servers under test.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { deserialize } from 'node:v8'

/** One conversation: requests sent one after the other on one connection, and what each answer must hold. */
export interface Task {
  requests: Uint8Array[]
  /** Text that the body must hold, `''` when it must be empty, null when any body will do. */
  expect: (string | null)[]
}

export interface Plan {
  port: number
  connections: number
  tasks: Task[]
  /** Keep the bodies of the last answer of each task. */
  keep?: boolean
}

/** What a run was like. */
export interface Outcome {
  wallMs: number
  /** Of each task, in ms. */
  latencies: number[]
  failures: string[]
  bodies?: Uint8Array[]
}

interface Answer {
  status: number
  body: Buffer
}

const endOfHead = Buffer.from('\r\n\r\n')

/** A connection on which one request is under way at a time. */
class Line {
  readonly #socket: Socket
  #parts: Buffer = Buffer.alloc(0)
  #done: ((answer: Answer) => void) | null = null
  #fail: ((error: Error) => void) | null = null

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.setTimeout(30_000, () => socket.destroy(new Error('no answer in 30 s')))
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', error => this.#fail?.(error))
    socket.on('close', () => this.#fail?.(new Error('the connection was closed')))
  }

  ask(request: Uint8Array): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve
      this.#fail = reject
      this.#socket.write(request)
    })
  }

  close(): void {
    this.#fail = null
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#parts = this.#parts.length === 0 ? chunk : Buffer.concat([this.#parts, chunk])
    const at = this.#parts.indexOf(endOfHead)
    if (at < 0) return
    const head = this.#parts.toString('latin1', 0, at)
    const body = bodyOf(head, this.#parts.subarray(at + 4))
    if (body === null) return
    this.#parts = Buffer.alloc(0)
    const done = this.#done
    this.#done = null
    done?.({ status: Number(head.slice(9, 12)), body })
  }
}

/** The whole body, or null while parts of it are missing. */
function bodyOf(head: string, rest: Buffer): Buffer | null {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return rest.length < Number(length) ? null : Buffer.from(rest.subarray(0, Number(length)))
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return Buffer.alloc(0)
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = rest.indexOf('\r\n', at)
    if (end < 0) return null
    const size = Number.parseInt(rest.toString('latin1', at, end), 16)
    if (rest.length < end + 2 + size + 2) return null
    if (size === 0) return Buffer.concat(parts)
    parts.push(rest.subarray(end + 2, end + 2 + size))
    at = end + 2 + size + 2
  }
}

function open(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(new Line(socket)))
    socket.once('error', reject)
  })
}

function fault(task: Task, step: number, { status, body }: Answer): string | null {
  const expected = task.expect[step]
  if (status !== 200) return `step ${step}: status ${status} ${body.toString('latin1', 0, 200)}`
  if (expected === null || expected === undefined) return null
  if (expected === '' ? body.length === 0 : body.includes(expected)) return null
  return `step ${step}: expected ${expected === '' ? 'nothing' : expected}, got ${body.toString('latin1', 0, 400)}`
}

async function run(plan: Plan, lines: readonly Line[]): Promise<Outcome> {
  const outcome: Outcome = { wallMs: 0, latencies: [], failures: [], ...(plan.keep ? { bodies: [] } : {}) }
  const tasks = plan.tasks.entries()
  const work = async (line: Line): Promise<void> => {
    for (const [index, task] of tasks) {
      const began = performance.now()
      for (const [step, request] of task.requests.entries()) {
        const answer = await line.ask(request)
        const wrong = fault(task, step, answer)
        if (wrong !== null) {
          outcome.failures.push(wrong)
          if (outcome.failures.length > 5) return
        }
        if (outcome.bodies && step === task.requests.length - 1) outcome.bodies[index] = answer.body
      }
      outcome.latencies.push(performance.now() - began)
    }
  }
  const began = performance.now()
  await Promise.all(lines.map(line => work(line).catch(error => outcome.failures.push(String(error)))))
  outcome.wallMs = performance.now() - began
  for (const line of lines) line.close()
  return outcome
}

if (import.meta.main) {
  const plan = deserialize(readFileSync(process.argv[2] ?? '')) as Plan
  const lines = await Promise.all(Array.from({ length: plan.connections }, () => open(plan.port)))
  process.once('message', () => {
    void run(plan, lines).then(outcome => process.send?.(outcome, () => process.disconnect?.()))
  })
  process.send?.('ready')
}
