import type { Catalog } from './en.ts'
import { first } from './sv.first.ts'
import { rest } from './sv.rest.ts'

/** Swedish. */
export const sv: Catalog = { ...first, ...rest }
