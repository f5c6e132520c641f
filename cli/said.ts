import type { paths } from '@muster/api/client.ts'

type Answer<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends {
  responses: { 200: { content: { 'application/json': infer R } } }
}
  ? R
  : never

/** What a run of policy tests answers. */
export type Run = Answer<'/api/v1/policy-tests/run', 'post'>
/** Why a device has a value. */
export type Why = Answer<'/api/v1/devices/{id}/policy/why', 'get'>
/** Why it has not. */
export type WhyNot = Answer<'/api/v1/devices/{id}/policy/why-not', 'get'>

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
const json = (value: unknown): string => JSON.stringify(value)
const indented = (lines: readonly string[]): string[] => lines.map(line => `  ${line}`)

/** A run of tests as lines: each test, and of failing ones which devices and what they are instead. */
export function tested({ tests }: Run): string {
  const lines = tests.flatMap(t => [
    `${t.passed ? 'ok  ' : 'FAIL'}  ${t.name}  (${t.failing > 0 ? `${t.failing} of ` : ''}${many(t.devices, 'device')})`,
    ...indented(t.failures.map(f => `      ${f.device.name || f.device.id}: ${failure(f)}`)),
    ...(t.failing > t.failures.length && t.failures.length > 0
      ? [`        and ${t.failing - t.failures.length} more`]
      : []),
  ])
  const failed = tests.filter(t => !t.passed).length
  const sum =
    failed === 0 ? `${many(tests.length, 'test')} passed.` : `${failed} of ${many(tests.length, 'test')} failed.`
  return [...lines, '', sum].join('\n')
}

function failure({ why, item, key, is }: Run['tests'][number]['failures'][number]): string {
  const what = key === undefined ? item : `${item} ${key}`
  switch (why) {
    case 'item-missing':
      return `${item} is missing`
    case 'item-present':
      return `has ${item}`
    case 'key-missing':
      return `${what} is not set`
    case 'key-present':
      return `${what} is ${json(is)}`
    default:
      return `${what} is ${json(is)}`
  }
}

const decisions = {
  only: 'it is the only one that says so',
  nearest: 'the nearest wins',
  same: 'all say the same',
  strictest: 'the strictest wins',
  union: 'all are united',
} as const

/** Why a device has a value, as lines: the value, the rule, everything that was said, nearest first, and who was not heard. */
export function explained(device: string, why: Why): string {
  const what = why.key === null ? why.item : `${why.item} ${why.key}`
  const head =
    why.decided === null
      ? `${device} has no ${what}: nothing that reaches it says so.`
      : `${device} has ${what} = ${json(why.value)}, because ${decisions[why.decided]}.`
  const chain = why.chain.map(
    link =>
      `${marks[link.became]} ${link.policy.name} (version ${link.version}) says ${link.value === undefined ? 'nothing' : json(link.value)}; it comes ${reached(link)}`,
  )
  const unheard = why.unheard.map(
    u =>
      `${u.policy.name} would say ${json(u.value)}, but its blueprint ${u.blueprint.name} does not reach it: ${missed(u)}`,
  )
  return [head, ...indented(chain), ...indented(unheard)].join('\n')
}

const marks = { won: '=', united: '+', lost: '-', silent: ' ' } as const

function reached({ blueprint, reach, anchor }: Pick<Why['chain'][number], 'blueprint' | 'reach' | 'anchor'>): string {
  const by = reach.name ?? `another ${reach.level}`
  return `with ${blueprint.name}, assigned on ${anchor?.name ?? 'another unit'}, by ${reach.level} ${by}`
}

const misses: Readonly<Record<string, (asked: string, is: string) => string>> = {
  disabled: () => 'the assignment is switched off',
  'not-yet': asked => `it begins ${new Date(Number(asked)).toISOString()}`,
  over: asked => `it ended ${new Date(Number(asked)).toISOString()}`,
  'outside-anchor': asked => `the device is not below ${asked || 'its unit'}`,
  'not-included': () => 'the scope does not include the device',
  excluded: asked => `${asked || 'something'} is excluded`,
  ownership: (asked, is) => `it is for ${asked} devices, and this one is ${is}`,
  platform: (asked, is) => `it is for ${asked}, and this is ${is}`,
  'os-too-old': (asked, is) => `it needs version ${asked}, and this is ${is}`,
  'os-too-new': (asked, is) => `it is for versions below ${asked}, and this is ${is}`,
  'os-unknown': () => 'the version of the device is not known',
  'not-supervised': () => 'it is for supervised devices',
  supervised: () => 'it is for devices that are not supervised',
  'supervision-unknown': () => 'it is not known whether the device is supervised',
  'tag-missing': asked => `the device does not bear the tag ${asked}`,
}

function missed({ miss }: { miss: WhyNot['misses'][number]['miss'] }): string {
  const say = Object.hasOwn(misses, miss.why) ? misses[miss.why] : undefined
  return say ? say(miss.asked ?? '', miss.is ?? '') : miss.why
}

/** Why a policy is not on a device, as lines. */
export function notExplained(device: string, why: WhyNot): string {
  const policy = why.policy?.name ?? 'The policy'
  switch (why.why) {
    case 'unknown':
      return 'There is no such policy, or you may not see it.'
    case 'in-no-blueprint':
      return `${policy} is in no blueprint.`
    case 'not-assigned':
      return `${policy} is in ${why.blueprints.map(b => b.name).join(', ')}, which is not assigned.`
    case 'not-reached': {
      const lines = why.misses.map(m => `${m.blueprint.name} on ${m.anchor?.name ?? 'another unit'}: ${missed(m)}`)
      return [`${policy} does not reach ${device}:`, ...indented(lines)].join('\n')
    }
    case 'reached': {
      const lines = why.overridden.map(
        o =>
          `${o.key || why.item}: says ${json(o.value)}, but ${o.by.map(b => b.name).join(', ')} wins with ${json(o.instead)}`,
      )
      return why.overridden.length === 0
        ? `${policy} is on ${device}, and all it says counts.`
        : [`${policy} is on ${device}, but not all of it counts:`, ...indented(lines)].join('\n')
    }
  }
}
