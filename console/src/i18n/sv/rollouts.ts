import type { Part } from '../en.ts'
import type { rollouts as english } from '../en/rollouts.ts'

export const rollouts: Part<typeof english> = {}
