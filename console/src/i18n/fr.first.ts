import { shell } from './fr/shell.ts'
import { identity } from './fr/identity.ts'
import { home } from './fr/home.ts'
import { standing } from './fr/standing.ts'
import { problems } from './fr/problems.ts'
import { alerts } from './fr/alerts.ts'
import { firstPage } from './fr/firstPage.ts'
import { french } from './messages.ts'

/** What the first page says: sign-in, the house around every page, Home, refusals and alerts. */
export const first = french({
  ...shell,
  ...identity,
  ...home,
  ...standing,
  ...problems,
  ...alerts,
  ...firstPage,
})
