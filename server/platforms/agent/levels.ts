/** Versions of Android whose level is not their number and 20 more. */
const levels: Readonly<Record<string, number>> = { 5: 21, 6: 23, 7: 24, 8: 26, 9: 28, 10: 29, 11: 30, 12: 31 }

/** The least API level a version of Android has; null where it is not known. */
export function levelOf(osVersion: string | null): number | null {
  const [major = ''] = (osVersion ?? '').split('.')
  const number = Number(major)
  return Number.isInteger(number) && number >= 13 ? number + 20 : (levels[major] ?? null)
}

const versions: Readonly<Record<number, string>> = {
  21: '5.0',
  22: '5.1',
  23: '6.0',
  24: '7.0',
  25: '7.1',
  26: '8.0',
  27: '8.1',
  28: '9',
  29: '10',
  30: '11',
  31: '12',
  32: '12.1',
}

/** The version of Android that people know a level by; null for levels before anybody was managed. */
export function versionAt(level: number): string | null {
  return versions[level] ?? (level >= 33 && level < 1000 ? String(level - 20) : null)
}
