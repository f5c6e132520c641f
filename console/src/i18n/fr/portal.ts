import type { Part } from '../en.ts'
import type { portal as english } from '../en/portal.ts'

export const portal: Part<typeof english> = {}
