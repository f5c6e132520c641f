import type { Part } from '../en.ts'
import type { hours as english } from '../en/hours.ts'

export const hours: Part<typeof english> = {}
