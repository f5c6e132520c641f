import type { Part } from '../en.ts'
import type { reconcile as english } from '../en/reconcile.ts'

export const reconcile: Part<typeof english> = {}
