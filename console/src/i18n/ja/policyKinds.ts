import type { Part } from '../en.ts'
import type { policyKinds as english } from '../en/policyKinds.ts'

export const policyKinds: Part<typeof english> = {}
