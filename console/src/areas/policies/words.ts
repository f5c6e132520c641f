import type { Honor } from '../../contract/policies.ts'
import type { Platform } from '../../contract.ts'
import type { Voice } from '../../i18n/index.tsx'
import { platformNames, platformOrder } from '../../kit/platforms.ts'
import { sayHonor } from '../../kit/PreviewRemarks.tsx'

/** The platforms that do something with a kind, by name. */
export function sayKinds(voice: Voice, platforms: Partial<Record<Platform, Honor>>): string {
  return platformOrder
    .filter(platform => platforms[platform] && platforms[platform]?.how !== 'no')
    .map(platform => platformNames[platform])
    .join(', ')
}

/** One short badge: a platform with the version from which it honors a setting. */
export interface HonorBadge {
  text: string
  supervised: boolean
  /** Why only partly. */
  reason: string | null
}

/** What the platforms that honor a key ask for; platforms with the same demands stand together. */
export function honorBadges(
  voice: Voice,
  honors: Partial<Record<Platform, Record<string, Honor>>>,
  key: string,
): HonorBadge[] {
  const badges: HonorBadge[] = []
  for (const platform of platformOrder) {
    const of = honors[platform]
    const honor = of?.[key] ?? of?.['']
    if (!honor || honor.how === 'no') continue
    // iPadOS speaks as iOS does; it is named only where it differs.
    const ios = honors.ios?.[key] ?? honors.ios?.['']
    if (platform === 'ipados' && ios && ios.from === honor.from && ios.how === honor.how) continue
    badges.push({
      text: honor.from ? `${platformNames[platform]} ${honor.from}` : platformNames[platform],
      supervised: honor.supervised === true,
      reason: honor.how === 'partly' && honor.reason ? sayHonor(voice, honor.reason) : null,
    })
  }
  return badges
}
