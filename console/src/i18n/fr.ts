import type { Catalog } from './en.ts'
import { audit } from './fr/audit.ts'
import { certificates } from './fr/certificates.ts'
import { commands } from './fr/commands.ts'
import { devices } from './fr/devices.ts'
import { enrollment } from './fr/enrollment.ts'
import { explained } from './fr/explained.ts'
import { facts } from './fr/facts.ts'
import { home } from './fr/home.ts'
import { identity } from './fr/identity.ts'
import { problems } from './fr/problems.ts'
import { shell } from './fr/shell.ts'
import { standing } from './fr/standing.ts'
import { french } from './messages.ts'

/** French, with its no-break spaces set. */
export const fr: Catalog = french({
  ...shell,
  ...identity,
  ...home,
  ...standing,
  ...devices,
  ...commands,
  ...enrollment,
  ...certificates,
  ...audit,
  ...facts,
  ...explained,
  ...problems,
})
