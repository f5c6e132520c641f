import type { Part } from '../en.ts'
import type { compliance as english } from '../en/compliance.ts'

export const compliance: Part<typeof english> = {}
