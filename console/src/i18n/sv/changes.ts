import type { Part } from '../en.ts'
import type { changes as english } from '../en/changes.ts'

export const changes: Part<typeof english> = {}
