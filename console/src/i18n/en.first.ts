import { shell } from './en/shell.ts'
import { identity } from './en/identity.ts'
import { home } from './en/home.ts'
import { standing } from './en/standing.ts'
import { problems } from './en/problems.ts'
import { alerts } from './en/alerts.ts'
import { firstPage } from './en/firstPage.ts'

/** What the first page says: sign-in, the house around every page, Home, refusals and alerts. */
export const first = {
  ...shell,
  ...identity,
  ...home,
  ...standing,
  ...problems,
  ...alerts,
  ...firstPage,
} as const
