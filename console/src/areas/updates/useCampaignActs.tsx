import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { address, call } from '../../api.ts'
import type { Campaign, Foresight } from '../../contract/updates.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonAnchor } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { foreseenQuery } from './queries.ts'

/** What of a preview goes with the start: the numbers that were on the screen. */
function seenOf(preview: Foresight | null) {
  if (preview === null) return null
  const { eligible, blocked, done, unknown, excepted, versions } = preview
  return { eligible, blocked, done, unknown, excepted, versions }
}

type Verb = 'start' | 'pause' | 'resume' | 'advance' | 'stop'

/** What can be done about a campaign: start it, hold it, let it go on, hurry it, stop it, forget it, take it as a file; and why it was refused. */
export function useCampaignActs(campaign: Campaign): { acts: ReactNode; refusal: ReactNode } {
  const { t, f, locale } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'resume' | 'advance' | 'stop' | null>(null)
  const found = useQuery({ ...foreseenQuery(campaign), enabled: campaign.state === 'draft' })
  const seen = seenOf(found.data?.preview ?? null)
  const act = useMutation({
    mutationFn: (verb: Verb) =>
      call<Campaign>('POST', `/campaigns/${campaign.id}/${verb}`, verb === 'start' && seen ? { body: { seen } } : {}),
    // What it was refused for is on the screen next.
    onError: () => client.invalidateQueries({ queryKey: ['updates', 'campaign', campaign.id] }),
    onSuccess: async now => {
      client.setQueryData(['updates', 'campaign', campaign.id], now)
      setAsking(null)
      await client.invalidateQueries({ queryKey: ['updates'] })
    },
  })
  const forget = useMutation({
    mutationFn: () => call('DELETE', `/campaigns/${campaign.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['updates', 'campaigns'] })
      void navigate({ to: '/updates' })
    },
  })
  const { state, waves, wave, endedAt } = campaign
  const file = (
    <ButtonAnchor icon="download" href={address(`/campaigns/${campaign.id}/devices.csv`, { titles: locale })}>
      {t('campaign.csv')}
    </ButtonAnchor>
  )
  const refusal = asking ? null : <ProblemNote error={act.error ?? forget.error} />
  if (!can('updates:write')) return { acts: file, refusal: null }
  const busy = act.isPending
  const acts = (
    <>
      {file}
      {(state === 'draft' || endedAt !== null) && (
        <Button busy={forget.isPending} onClick={() => forget.mutate()}>
          {t('campaign.forget')}
        </Button>
      )}
      {state === 'draft' && (
        <Button variant="primary" icon="send" busy={busy} disabled={seen === null} onClick={() => act.mutate('start')}>
          {t('campaign.start', { n: seen?.eligible ?? campaign.counts.eligible })}
        </Button>
      )}
      {(state === 'running' || state === 'done') && (
        <Button icon="paused" busy={busy} onClick={() => act.mutate('pause')}>
          {t('campaign.pause')}
        </Button>
      )}
      {state === 'running' && wave < waves.length - 1 && (
        <Button onClick={() => setAsking('advance')}>{t('campaign.advance')}</Button>
      )}
      {(state === 'paused' || state === 'halted') && (
        <Button onClick={() => (state === 'halted' ? setAsking('resume') : act.mutate('resume'))} busy={busy}>
          {t('campaign.resume')}
        </Button>
      )}
      {endedAt === null && state !== 'draft' && <Button onClick={() => setAsking('stop')}>{t('campaign.stop')}</Button>}
      {asking && (
        <Dialog
          opened
          onClose={() => setAsking(null)}
          title={t(`campaign.ask.${asking}`)}
          actions={
            <>
              <KeepButton onClick={() => setAsking(null)}>{t('campaign.letBe')}</KeepButton>
              <Button variant={asking === 'stop' ? 'danger' : 'primary'} busy={busy} onClick={() => act.mutate(asking)}>
                {t(`campaign.${asking}`)}
              </Button>
            </>
          }
        >
          <p>{t(`campaign.askText.${asking}`, { share: f.percent((waves[wave + 1] ?? 100) / 100) })}</p>
          <ProblemNote error={act.error} />
        </Dialog>
      )}
    </>
  )
  return { acts, refusal }
}
