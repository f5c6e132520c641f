import { versionNumber } from '../devices/index.ts'

/** A version of a system in parts that compare: the number, then the letter of a supplement. */
export interface Parts {
  readonly key: number
  /** `a` in `26.0.1 (a)`, else nothing. */
  readonly supplement: string
  readonly major: number
}

const form = /^(\d{1,5}(?:\.\d{1,6}){0,3})(?: ?\(([a-z])\))?$/

/** Reads `26.1` and `26.0.1 (a)`; undefined for what is no version. */
export function partsOf(text: string): Parts | undefined {
  const found = form.exec(text.trim())
  if (!found?.[1]) return undefined
  return {
    key: versionNumber(found[1]),
    supplement: found[2] ?? '',
    major: Number(found[1].split('.', 1)[0]),
  }
}

/** Below zero when one is older than the other, above when newer. What is no version is older than all. Pure. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)]
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined)
  return a.key - b.key || (a.supplement < b.supplement ? -1 : a.supplement > b.supplement ? 1 : 0)
}
