import type { Campaign, CampaignState, FleetStanding, Standing } from '../../contract/updates.ts'
import type { Voice } from '../../i18n/index.tsx'
import { platformNames } from '../../kit/platforms.ts'
import type { Share } from '../../kit/Roll.tsx'
import type { ToneName } from '../../kit/State.tsx'

export const fleetStandings: readonly FleetStanding[] = ['latest', 'previous', 'behind', 'unsupported', 'unknown']
export const standings: readonly Standing[] = ['eligible', 'blocked', 'done', 'unknown', 'excepted']

/** A standing inside a sentence, where languages write it small. */
export const standingInside = ({ t, locale }: Voice, standing: Standing): string =>
  t(`campaign.standing.${standing}`).toLocaleLowerCase(locale)

export const fleetTones: Record<FleetStanding, Share['tone']> = {
  latest: 'ok',
  previous: 'acc',
  behind: 'att',
  unsupported: 'bad',
  unknown: 'pend',
}
export const shareTones: Record<Standing, Share['tone']> = {
  done: 'ok',
  eligible: 'acc',
  blocked: 'bad',
  unknown: 'pend',
  excepted: 'off',
}
export const standingTones: Record<Standing, ToneName> = {
  done: 'ok',
  eligible: 'info',
  blocked: 'attention',
  unknown: 'pending',
  excepted: 'none',
}
export const stateTones: Record<CampaignState, ToneName> = {
  draft: 'pending',
  running: 'info',
  paused: 'attention',
  halted: 'danger',
  done: 'ok',
  stopped: 'none',
}

/** The platform by its own name. */
export const platformWord = (platform: string): string =>
  Object.entries(platformNames).find(([key]) => key === platform)?.[1] ?? platform

/** `iOS 26.1, iPadOS 26.1` */
export function targetWord({ f }: Pick<Voice, 'f'>, targets: Campaign['targets']): string {
  return f.list(Object.entries(targets).map(([platform, { version }]) => `${platformWord(platform)} ${version}`))
}

/** Why a device is blocked, not known, or failed; a code of a newer server stays itself. */
export function whyWord({ t, has }: Voice, why: string | null): string {
  if (why === null) return ''
  const key = `campaign.why.${why}`
  return has(key) ? t(key) : why
}

/** How far an installation is. */
export function stepWord({ t, has }: Voice, step: string | null): string {
  if (step === null) return ''
  const key = `campaign.step.${step}`
  return has(key) ? t(key) : step
}

/** A local time as it is, without a zone: `2026-12-01T20:00` read and written as if it were UTC. */
export function dueWord({ f }: Pick<Voice, 'f'>, due: string): string {
  const at = new Date(`${due}:00`)
  return Number.isNaN(at.getTime()) ? due : f.dateTime(at.getTime())
}
