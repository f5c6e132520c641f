import type { Part } from '../en.ts'
import type { policyEditor as english } from '../en/policyEditor.ts'

export const policyEditor: Part<typeof english> = {}
