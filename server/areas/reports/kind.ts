import type { Scope } from '../../base/ctx.ts'
import type { Language } from '../../base/say.ts'
import type { Base } from '../../base/transact.ts'
import type { Line } from './column.ts'

/** What a run of a report follows from: nothing else, so that the same wish gives the same file. */
export interface Asked {
  filter: string
  /** The instant the report is true at. */
  at: number
  /** The period it looks over, where its kind has one: up to `at`. */
  from: number
  zone: string
  language: Language
}

/** A kind of report of the library. */
export interface Kind {
  readonly id: string
  /** What its reader needs beside `reports:read`. */
  readonly permission: string
  readonly columns: readonly string[]
  /** The columns it has when none are chosen. */
  readonly usual: readonly string[]
  /** `then`: true as of any day that is kept. `now`: of what is known now. `period`: what happened up to then. */
  readonly time: 'then' | 'now' | 'period'
  /** Whether a filter of devices narrows it. */
  readonly filtered: boolean
  /** Whether `fact.<key>` is a column too. */
  readonly facts?: true
  /** The lines, in pages, each read in a transaction of its own as far as the scope's authority reaches. */
  lines(base: Base, scope: Scope, asked: Asked, columns: readonly string[]): AsyncGenerator<readonly Line[]>
  /** How many lines there will be, where that can be known beforehand. */
  total?(base: Base, scope: Scope, asked: Asked): Promise<number>
}
