import type { Catalog } from './en.ts'
import { first } from './fr.first.ts'
import { rest } from './fr.rest.ts'

/** French, with its no-break spaces set. */
export const fr: Catalog = { ...first, ...rest }
