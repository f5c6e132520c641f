import type { Part } from '../en.ts'
import type { declarations as english } from '../en/declarations.ts'

export const declarations: Part<typeof english> = {}
