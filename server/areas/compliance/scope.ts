import { fold } from '../../base/text.ts'
import type { Subject } from './judge.ts'
import type { Rule } from './rule.ts'

const standing = new Set(['active', 'silent', 'lost'])

/** Whether a rule speaks about a device at all: one in use, below its unit, of its ownerships, platforms and tags. */
export function may({ scope, unitPath }: Pick<Rule, 'scope' | 'unitPath'>, { device, tags }: Subject): boolean {
  const among = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value)
  return (
    standing.has(device.state) &&
    device.unitPath.startsWith(unitPath) &&
    among(scope.ownerships, device.ownership) &&
    among(scope.platforms, device.platform) &&
    (scope.tags.length === 0 || scope.tags.some(t => tags.includes(fold(t))))
  )
}
