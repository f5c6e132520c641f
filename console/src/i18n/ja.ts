import type { Catalog } from './en.ts'
import { audit } from './ja/audit.ts'
import { certificates } from './ja/certificates.ts'
import { commands } from './ja/commands.ts'
import { devices } from './ja/devices.ts'
import { enrollment } from './ja/enrollment.ts'
import { explained } from './ja/explained.ts'
import { facts } from './ja/facts.ts'
import { home } from './ja/home.ts'
import { identity } from './ja/identity.ts'
import { problems } from './ja/problems.ts'
import { shell } from './ja/shell.ts'
import { standing } from './ja/standing.ts'

/** Japanese: polite, no italics, one plural form. */
export const ja: Catalog = {
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
}
