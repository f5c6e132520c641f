/**
 * How much time of a processor some work takes, in milliseconds: the least of so many tries. Time on the wall says how busy the machine is, and one try
 * how much was compiled and swept up meanwhile.
 */
export function cpuMs(work: () => unknown, tries = 9): number {
  const times = Array.from({ length: tries }, () => {
    const before = process.threadCpuUsage()
    work()
    // Of this thread: those that sweep up and compile beside it have their time from what ran before.
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
}
