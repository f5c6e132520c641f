import type { Part } from '../en.ts'
import type { reports as english } from '../en/reports.ts'

export const reports: Part<typeof english> = {}
