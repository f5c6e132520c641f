/** Compares versions part by part as numbers: 18.10 is after 18.2. Negative when the first is older. A supplement in brackets, `26.0.1 (a)`, comes after none. */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a)
  const right = partsOf(b)
  for (let i = 0; i < Math.max(left.numbers.length, right.numbers.length); i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0)
    if (difference !== 0) return difference
  }
  return left.extra === right.extra ? 0 : left.extra < right.extra ? -1 : 1
}

function partsOf(version: string): { numbers: number[]; extra: string } {
  const [, digits = '', extra = ''] = /^\s*(\d+(?:\.\d+)*)\s*(?:\(([a-z])\))?/i.exec(version) ?? []
  return { numbers: digits.split('.').map(Number), extra: extra.toLowerCase() }
}

/** Whether a text says a version at all. */
export function isVersion(text: string): boolean {
  return /^\s*\d+(?:\.\d+)*/.test(text)
}
