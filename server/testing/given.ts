import type { House } from './house.ts'

/** Arranges the nouns that a test begins with; each area adds its own in `given-<area>.ts`. */
// biome-ignore lint/suspicious/noEmptyInterface: areas extend it
export interface Given {}

/** The givens of a house. */
export function given(_house: House): Given {
  return {}
}
