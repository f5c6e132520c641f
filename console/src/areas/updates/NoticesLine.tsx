import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import type { Campaign } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'

/** Whether people are told before it is due, and the way to change that. */
export function NoticesLine({ campaign }: { campaign: Campaign }) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: () => call<Campaign>('PATCH', `/campaigns/${campaign.id}`, { body: { notices: !campaign.notices } }),
    onSuccess: now => client.setQueryData(['updates', 'campaign', campaign.id], now),
  })
  return (
    <>
      {t(campaign.notices ? 'campaign.noticesOn' : 'campaign.noticesOff')}{' '}
      {can('updates:write') && campaign.endedAt === null && (
        <button type="button" className="link" disabled={change.isPending} onClick={() => change.mutate()}>
          {t(campaign.notices ? 'campaign.noticesStop' : 'campaign.noticesGo')}
        </button>
      )}
      <ProblemNote error={change.error} />
    </>
  )
}
