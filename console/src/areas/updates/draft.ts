import type { Release } from '../../contract/updates.ts'

const dayMs = 86_400_000

/** How the waves of a campaign may go out. */
export const plans = { careful: [5, 25, 100], quick: [10, 100], once: [100] } as const
export type Plan = keyof typeof plans
export const planNames: readonly Plan[] = ['careful', 'quick', 'once']

/** What a person has chosen of a new campaign so far; null: what is suggested. */
export interface Draft {
  name: string | null
  kind: 'version' | 'latest'
  platforms: readonly string[] | null
  versions: Readonly<Record<string, string>>
  due: string
  behindDays: number
  dueDays: number
  unit: string
  filter: string
  plan: Plan
  watchHours: number
  halts: boolean
  notices: boolean
  note: string
}

/** In two days at eight in the evening, carefully. */
export function firstDraft(now: number): Draft {
  const day = new Date(now + 2 * dayMs - new Date(now).getTimezoneOffset() * 60_000)
  return {
    name: null,
    kind: 'version',
    platforms: null,
    versions: {},
    due: `${day.toISOString().slice(0, 10)}T20:00`,
    behindDays: 7,
    dueDays: 7,
    unit: '',
    filter: '',
    plan: 'careful',
    watchHours: 4,
    halts: true,
    notices: true,
    note: '',
  }
}

/** The draft with what is suggested in place of what nobody chose. */
export interface Chosen {
  readonly platforms: readonly string[]
  readonly known: readonly string[]
  readonly offered: readonly Release[]
  versionOf(platform: string): string
}

/** What there is to choose from, and what is chosen. */
export function chosenOf(draft: Draft, releases: readonly Release[], now: number): Chosen {
  const offered = releases.filter(r => r.goneAt === null && !r.background && (r.expiresAt ?? now + 1) > now)
  const known = [...new Set(offered.map(r => r.platform))]
  const phones = known.filter(p => p === 'ios' || p === 'ipados')
  return {
    offered,
    known,
    platforms: draft.platforms ?? (phones.length > 0 ? phones : known.slice(0, 1)),
    versionOf: platform =>
      draft.versions[platform] ?? offered.find(r => r.platform === platform && r.open)?.version ?? '',
  }
}

/** The draft as the API takes it. */
export function bodyOf(
  draft: Draft,
  { platforms, versionOf }: Chosen,
  { unit, name }: { unit: string; name: string },
): object {
  return {
    name: name.slice(0, 100),
    unit,
    filter: draft.filter,
    platforms,
    note: draft.note,
    notices: draft.notices,
    target:
      draft.kind === 'version'
        ? {
            kind: 'version',
            versions: Object.fromEntries(platforms.map(p => [p, versionOf(p)])),
            due: draft.due.slice(0, 16),
          }
        : { kind: 'latest', behindDays: draft.behindDays, dueDays: draft.dueDays },
    terms: { waves: plans[draft.plan], watchMinutes: draft.watchHours * 60, halts: draft.halts },
  }
}
