import { shell } from './ja/shell.ts'
import { identity } from './ja/identity.ts'
import { home } from './ja/home.ts'
import { standing } from './ja/standing.ts'
import { problems } from './ja/problems.ts'
import { alerts } from './ja/alerts.ts'
import { firstPage } from './ja/firstPage.ts'

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
