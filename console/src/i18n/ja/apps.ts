import type { apps as source } from '../en/apps.ts'

/** Texts of this part of the console. */
export const apps = {} as const satisfies Record<keyof typeof source, string>
