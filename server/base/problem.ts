import { problems } from './problems.ts'

export type ProblemCode = keyof typeof problems

/** Facts that a refusal may tell the caller; never a secret. */
export type Facts = Record<string, string | number | boolean | null | readonly string[]>

/** A refusal: the caller asked for something that cannot be. The code is the contract; the sentence may be reworded and translated. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly facts: Facts
  readonly fields: readonly { path: string; message: string }[]
  constructor(
    code: ProblemCode,
    facts: Facts = {},
    options: { cause?: unknown; fields?: readonly { path: string; message: string }[] } = {},
  ) {
    super(problems[code].title, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.facts = facts
    this.fields = options.fields ?? []
  }
  get status(): number {
    return problems[this.code].status
  }
}

/** The outside (a network, a database, a disk) did not do its part; the same call may succeed later. */
export class Unavailable extends Error {
  readonly who: string
  constructor(who: string, cause?: unknown) {
    super(`${who} is unavailable`, { cause })
    this.who = who
  }
}

/** The end of a total switch: the compiler proves it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
