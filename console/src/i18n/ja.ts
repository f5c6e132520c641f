import type { Catalog } from './en.ts'
import { first } from './ja.first.ts'
import { rest } from './ja.rest.ts'

/** Japanese: polite, no italics, one plural form. */
export const ja: Catalog = { ...first, ...rest }
