/** The zone that days mean here: the one of this machine. */
export const hereZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** A day as fields of dates write it, some days from an instant. */
export function dayText(at: number, days = 0): string {
  const date = new Date(at)
  date.setDate(date.getDate() + days)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
