/** Shares of a bar as whole cells: at least one for anything that is not zero, and together exactly `cells`. */
export function wholeCells(counts: readonly number[], cells: number): number[] {
  const total = counts.reduce((sum, count) => sum + Math.max(0, count), 0)
  if (total === 0) return counts.map(() => 0)
  const exact = counts.map(count => (Math.max(0, count) / total) * cells)
  const given = exact.map(share => (share > 0 ? Math.max(1, Math.floor(share)) : 0))
  const order = exact
    .map((share, at) => ({ at, rest: share - Math.floor(share), share }))
    .sort((a, b) => b.rest - a.rest)
  let left = cells - given.reduce((sum, n) => sum + n, 0)
  for (const { at, share } of order) {
    if (left <= 0) break
    if (share >= 1) {
      given[at] = (given[at] ?? 0) + 1
      left -= 1
    }
  }
  while (left !== 0) {
    const largest = given.indexOf(Math.max(...given))
    const step = left > 0 ? left : -1
    if (step < 0 && (given[largest] ?? 0) <= 1) break
    given[largest] = (given[largest] ?? 0) + step
    left -= step
  }
  return given
}

/** A phone number with its middle covered: its country and its last four digits stay. */
export function masked(text: string): string {
  const digits = text.replace(/\D/g, '').length
  let at = 0
  return text.replace(/\d/g, digit => {
    at += 1
    return at <= (text.startsWith('+') ? 2 : 0) || at > digits - 4 ? digit : '•'
  })
}
