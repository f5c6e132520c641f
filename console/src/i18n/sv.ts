import type { Catalog } from './en.ts'
import { audit } from './sv/audit.ts'
import { certificates } from './sv/certificates.ts'
import { commands } from './sv/commands.ts'
import { devices } from './sv/devices.ts'
import { enrollment } from './sv/enrollment.ts'
import { explained } from './sv/explained.ts'
import { facts } from './sv/facts.ts'
import { home } from './sv/home.ts'
import { identity } from './sv/identity.ts'
import { problems } from './sv/problems.ts'
import { shell } from './sv/shell.ts'
import { standing } from './sv/standing.ts'

/** Swedish. */
export const sv: Catalog = {
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
