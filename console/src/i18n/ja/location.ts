import type { Part } from '../en.ts'
import type { location as english } from '../en/location.ts'

export const location: Part<typeof english> = {}
