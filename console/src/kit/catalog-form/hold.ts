import type { CatalogTarget } from '@muster/wire/apple/catalog/available.ts'
import type { Json } from '@muster/wire/apple/catalog/catalog.ts'
import type { FormField } from '@muster/wire/apple/catalog/form.ts'
import { createContext, type ReactNode, useContext } from 'react'
import type { Remark } from './words.ts'

/** A secret that is kept already. */
export interface KeptSecret {
  readonly id: string
  readonly name: string
}

/** Words of whoever uses the form, where it has better ones than those made from names; undefined where it has none. */
export interface Wording {
  label?(field: FormField, pointer: string): string | undefined
  note?(field: FormField, pointer: string): string | undefined
  option?(field: FormField, pointer: string, value: Json): string | undefined
  group?(code: string): string | undefined
  /** What a list is chosen with where that is better than writing its items; undefined where it is not. */
  list?(props: ControlProps): ReactNode | undefined
  /** Marks in place of those of the catalog. */
  badges?(pointer: string): ReactNode
}

/** What every control of a form knows. */
export interface Hold {
  readonly readOnly: boolean
  readonly remarks: readonly Remark[]
  readonly target: CatalogTarget | undefined
  readonly wording: Wording
  readonly secrets: readonly KeptSecret[]
  /** The names are the vendor's, which are English in every language. */
  readonly vendor: boolean
}

export const HoldContext = createContext<Hold>({
  readOnly: false,
  remarks: [],
  target: undefined,
  wording: {},
  secrets: [],
  vendor: false,
})

/** What the form around a control knows. */
export const useHold = (): Hold => useContext(HoldContext)

/** The language of a name that was made from the vendor's; nothing for words of our own. */
export const langOf = (hold: Hold, own: string | undefined): { lang?: 'en' } =>
  hold.vendor && own === undefined ? { lang: 'en' } : {}

/** What every control takes. `value` is undefined where nothing is set; to set undefined is to take it out. */
export interface ControlProps {
  readonly field: FormField
  readonly value: Json | undefined
  readonly pointer: string
  /** The accessible name. */
  readonly name: string
  onChange(value: Json | undefined): void
}
