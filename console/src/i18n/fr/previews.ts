import type { Part } from '../en.ts'
import type { previews as english } from '../en/previews.ts'

export const previews: Part<typeof english> = {}
