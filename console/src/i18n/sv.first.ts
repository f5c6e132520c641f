import { shell } from './sv/shell.ts'
import { identity } from './sv/identity.ts'
import { home } from './sv/home.ts'
import { standing } from './sv/standing.ts'
import { problems } from './sv/problems.ts'
import { alerts } from './sv/alerts.ts'
import { firstPage } from './sv/firstPage.ts'

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
