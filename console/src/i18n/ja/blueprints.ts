import type { Part } from '../en.ts'
import type { blueprints as english } from '../en/blueprints.ts'

export const blueprints: Part<typeof english> = {}
