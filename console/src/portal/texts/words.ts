import type { en } from './en.ts'

/** The name of a message of the portal. */
export type Word = keyof typeof en

/** A whole catalog of the portal: every key, nothing else. */
export type Words = Readonly<Record<Word, string>>
