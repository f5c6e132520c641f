import { first } from './en.first.ts'
import { rest } from './en.rest.ts'

/** English, the source of every key. A new part goes into `first` or `rest` of each language. */
export const en = { ...first, ...rest } as const

/** The name of a message. */
export type Key = keyof typeof en

/** A whole catalog: every key, nothing else. */
export type Catalog = Readonly<Record<Key, string>>

/** One part of a catalog in another language: the same keys as the English part. */
export type Part<T> = Readonly<Record<keyof T, string>>
