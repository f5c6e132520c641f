import type { Controls, Template } from '../../../areas/compliance/index.ts'

type Title = readonly [en: string, fr: string, sv: string, ja: string]
type Severity = Template['severity']
type Demand = Template['demand']

/** One template in a line: its id, its title in four languages, what it demands, how grave it is, whose controls it serves. */
export type Line = readonly [
  id: string,
  title: Title,
  demand: Demand,
  severity: Severity,
  controls: string,
  company?: true,
]

/** The templates of a system. Controls are written `cis 1.2 · iso 8.5 · nist AC-11 IA-5`. */
export function write(of: Template['of'], lines: readonly Line[]): readonly Template[] {
  return lines.map(([id, [en, fr, sv, ja], demand, severity, controls, company]) => ({
    id: `${of}-${id}`,
    of,
    title: { en, fr, sv, ja },
    demand,
    severity,
    controls: read(controls),
    ...(company ? { company } : {}),
  }))
}

function read(text: string): Controls {
  const of = (who: string): string[] => {
    const part = text.split('·').find(p => p.trim().startsWith(`${who} `))
    return part === undefined ? [] : part.trim().split(/\s+/).slice(1)
  }
  return { cis: of('cis'), iso: of('iso').map(id => `A.${id}`), nist: of('nist') }
}

type Test = Extract<Demand, { kind: 'setting' }>['params']['any'][number]

/** That a policy of this kind says so. */
export function says(policyKind: string, key: string, value: Test['value'], test: Test['test'] = 'is'): Test {
  return { policyKind, key, test, value }
}

/** That one of these is said by a policy and is on the device. */
export function set(...any: Test[]): Demand {
  return { kind: 'setting', params: { any } }
}

/** That a restriction of ours forbids something. */
export function forbids(key: string): Demand {
  return set(says('restrictions', key, false))
}

/** That what the device said meets a filter. */
export function said(filter: string): Demand {
  return { kind: 'facts', params: { filter } }
}

/** That no more than so many days pass without contact; that nothing is amiss for longer than so many hours; and the like, alike for every system. */
export const common = {
  silent: { kind: 'silent', params: { days: 14 } },
  drift: { kind: 'drift', params: { hours: 24, policies: [] } },
  behind: { kind: 'os-age', params: { minimum: {}, maxDaysBehind: 30 } },
  lapsing: { kind: 'certificate', params: { issuer: '', subject: '', present: false, expiresInDays: 14 } },
  supervised: { kind: 'supervision', params: {} },
  encrypted: { kind: 'encryption', params: {} },
} as const satisfies Record<string, Demand>
