import type { Honor } from '../kind.ts'

/*
 * What platforms make of keys is written as one line per key:
 *   'i7S! m10.13 a~work-profile w-edition l'
 * Letters are platforms: i iOS and iPadOS, p iPadOS alone, m macOS, t tvOS, a Android, w Windows, l Linux. Then come, in this order,
 * the version since which; `S` for only under supervision; `!` for not where a person enrolled for themselves (user enrollment);
 * `#` for not on a device that many sign in to (shared iPad); `~reason` for partly; `-reason` for not at all. A platform that is not named has no such setting.
 */
const platforms: Readonly<Record<string, readonly string[]>> = {
  i: ['ios', 'ipados'],
  p: ['ipados'],
  m: ['macos'],
  t: ['tvos'],
  a: ['android'],
  w: ['windows'],
  l: ['linux'],
}
const word = /^([ipmtawl])([\d.]*)(S?)(!?)(#?)(?:([~-])([a-z-]+))?$/

/** Ways to be enrolled: as the org's own, by a person for themselves, as a device that many sign in to. */
const enrollments = ['device', 'user-enrollment', 'shared-ipad'] as const

/** Every platform that kinds of ours speak about. */
export const spoken = ['ios', 'ipados', 'macos', 'tvos', 'android', 'windows', 'linux'] as const

const absent: Honor = { how: 'no', reason: 'no-such-setting' }

/** Reads one line; throws on one that is not written as above. */
export function readHonors(line: string): ReadonlyMap<string, Honor> {
  const found = new Map<string, Honor>()
  for (const part of line.split(' ').filter(p => p !== '')) {
    const [, letter, from, supervised, personal, shared, sign, reason] = word.exec(part) ?? []
    const names = platforms[letter ?? '']
    if (!names) throw new Error(`not a line of honors: ${line}`)
    const not = (e: (typeof enrollments)[number]): boolean =>
      (e === 'user-enrollment' && personal === '!') || (e === 'shared-ipad' && shared === '#')
    const honor: Honor = {
      how: sign === '-' ? 'no' : sign === '~' ? 'partly' : 'full',
      ...(reason ? { reason } : {}),
      ...(from ? { from } : {}),
      ...(supervised ? { supervised: true } : {}),
      ...(personal || shared ? { enrollments: enrollments.filter(e => !not(e)) } : {}),
    }
    for (const name of names) found.set(name, honor)
  }
  return found
}

/** Answers what platforms make of a kind, from its lines by key; a key without a line is as its kind is (`''`), or as its longest named ancestor. */
export function honorsOf(lines: Readonly<Record<string, string>>): (platform: string, key: string) => Honor | null {
  const table = new Map(Object.entries(lines).map(([key, line]) => [key, readHonors(line)]))
  const own = table.get('')
  return (platform, key) => {
    if (!spoken.some(p => p === platform)) return null
    if (key === '' && !own) return together([...table.values()].map(line => line.get(platform) ?? absent))
    for (let at = key; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const line = table.get(at)
      if (line) return line.get(platform) ?? absent
      if (at === '') return own ? absent : null
    }
  }
}

/** A kind as a whole, where only its keys are spoken about: full where all are, partly where some are. */
function together(keys: readonly Honor[]): Honor {
  const some = keys.filter(k => k.how !== 'no')
  if (some.length === 0) return absent
  if (some.length === keys.length && keys.every(k => k.how === 'full')) return { how: 'full' }
  return { how: 'partly', reason: 'some-settings' }
}
