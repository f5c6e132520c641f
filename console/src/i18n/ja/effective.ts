import type { Part } from '../en.ts'
import type { effective as english } from '../en/effective.ts'

export const effective: Part<typeof english> = {}
