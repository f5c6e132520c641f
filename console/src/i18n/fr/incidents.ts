import type { Part } from '../en.ts'
import type { incidents as english } from '../en/incidents.ts'

export const incidents: Part<typeof english> = {}
