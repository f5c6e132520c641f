import type { Priority } from './kind.ts'

/** Priorities as they are stored: the lower the sooner. */
export const ranks: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 }

/** Stored priorities by their place. */
export const priorities = ['high', 'normal', 'low'] as const
