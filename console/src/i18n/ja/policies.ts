import type { Part } from '../en.ts'
import type { policies as english } from '../en/policies.ts'

export const policies: Part<typeof english> = {}
