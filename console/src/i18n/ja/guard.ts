import type { Part } from '../en.ts'
import type { guard as english } from '../en/guard.ts'

export const guard: Part<typeof english> = {}
