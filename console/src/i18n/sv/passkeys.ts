import type { Part } from '../en.ts'
import type { passkeys as english } from '../en/passkeys.ts'

export const passkeys: Part<typeof english> = {}
