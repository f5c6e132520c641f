import type { Part } from '../en.ts'
import type { alerts as english } from '../en/alerts.ts'

export const alerts: Part<typeof english> = {}
