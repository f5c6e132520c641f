import { useQuery } from '@tanstack/react-query'
import type { Leaves } from '../../contract/guard.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import type { Consequence } from '../../kit/ConfirmDestructive.tsx'
import { useCan } from '../../session.tsx'
import { guardQuery } from './queries.ts'
import { whyWord } from './words.ts'

/** What of a batch leaves at once and what waits for whom, as a person is told before they confirm. */
export function leavesOf(voice: Voice, leaves: Leaves): Consequence[] {
  const { t } = voice
  if (leaves.later === 0 || leaves.why === null) return []
  const pace = leaves.perHour
  const text =
    leaves.approvers === 0
      ? t('leaves.roomText', { n: leaves.later, pace })
      : t('leaves.approvalText', {
          n: leaves.later,
          approvers: leaves.approvers,
          cooling: Math.round(leaves.coolingMs / 60_000),
          pace,
        })
  const why = t('leaves.whyText', { why: whyWord(voice, leaves.why) })
  return [
    ...(leaves.now > 0
      ? [{ tone: 'ok', word: t('leaves.nowWord'), text: t('leaves.nowText', { n: leaves.now }) } as const]
      : []),
    { tone: 'pending', word: t('leaves.laterWord'), text: `${text} (${why})` },
  ]
}

/** What becomes of erasing one device now, for the dialog that asks; empty for those who may not see the guard. */
export function useOneLeaves(): Consequence[] {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const guard = useQuery({ ...guardQuery, enabled: can('guard:read'), staleTime: 0 })
  if (!guard.data) return []
  const { left, frozen, breaker, restored, time } = guard.data
  const stopped = frozen ? 'frozen' : breaker ? 'breaker' : restored ? 'restored' : time ? 'time' : null
  if (stopped === null && left.irreversible > 0)
    return [{ tone: 'info', word: t('leaves.nowWord'), text: t('leaves.oneNow', { left: left.irreversible }) }]
  const why = whyWord(voice, stopped ?? left.why)
  return [{ tone: 'pending', word: t('leaves.laterWord'), text: t('leaves.oneText', { why }) }]
}
