import { formatFilter } from '@muster/api/filter.ts'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { get } from './api.ts'
import type { Page, Unit, UnitRef } from './contract.ts'

/** The part of the org the console looks at: one unit with everything below it, or null for all of it. */
export interface Scope {
  unit: UnitRef | null
  /** The scope as a term of a filter; empty for the whole org. */
  filter: string
  choose(unit: UnitRef | null): void
}

const ScopeContext = createContext<Scope>({ unit: null, filter: '', choose: () => undefined })
const kept = 'muster-scope'

/** The current scope. */
export const useScope = (): Scope => useContext(ScopeContext)

/** All units this admin can see, as a flat list in order of their paths. */
export function useUnits() {
  return useQuery({
    queryKey: ['units'],
    queryFn: async ({ signal }) => {
      const page = await get<Pick<Page<Unit>, 'items'>>('/units', {}, signal)
      return page.items.toSorted((a, b) => a.path.localeCompare(b.path))
    },
  })
}

/** How many devices or people a unit has with everything below it; the server counts each unit alone. */
export const withBelow = (units: readonly Unit[], top: Unit, what: 'devices' | 'users'): number =>
  units.reduce(
    (sum, unit) => (unit.id === top.id || unit.path.startsWith(`${top.path} / `) ? sum + unit[what] : sum),
    0,
  )

/** The filter that means a unit and everything below it. */
export const unitFilter = (unit: UnitRef): string =>
  formatFilter([{ field: 'unit', op: ':', values: [unit.path.replaceAll(' / ', '/')], negated: false }])

/** A unit's path without the org's own name in front, which everyone knows. */
export const shortPath = (path: string): string => path.split(' / ').slice(1).join(' / ') || path

/** Keeps the chosen scope for this tab. */
export function ScopeProvider({ children }: { children: ReactNode }) {
  const [unit, setUnit] = useState<UnitRef | null>(() => {
    try {
      return JSON.parse(sessionStorage.getItem(kept) ?? 'null')
    } catch {
      return null
    }
  })
  const scope = useMemo<Scope>(
    () => ({
      unit,
      filter: unit ? unitFilter(unit) : '',
      choose: next => {
        setUnit(next)
        sessionStorage.setItem(kept, JSON.stringify(next))
      },
    }),
    [unit],
  )
  return <ScopeContext value={scope}>{children}</ScopeContext>
}
