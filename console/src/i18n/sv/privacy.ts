import type { Part } from '../en.ts'
import type { privacy as english } from '../en/privacy.ts'

export const privacy: Part<typeof english> = {}
