/** Versions of Android whose level is not their number and 20 more. */
const levels: Readonly<Record<string, number>> = { 5: 21, 6: 23, 7: 24, 8: 26, 9: 28, 10: 29, 11: 30, 12: 31 }

/** The least API level a version of Android has; null where it is not known. */
export function levelOf(osVersion: string | null): number | null {
  const [major = ''] = (osVersion ?? '').split('.')
  const number = Number(major)
  return Number.isInteger(number) && number >= 13 ? number + 20 : (levels[major] ?? null)
}
