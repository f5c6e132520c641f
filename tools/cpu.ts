/**
 * How much time of a processor some work takes, in milliseconds: the least of so many tries. Time on the wall says how busy the machine is, and one try
 * how much was compiled and swept up meanwhile.
 */
export function cpuMs(work: () => unknown, tries = 9): number {
  const times = Array.from({ length: tries }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}
