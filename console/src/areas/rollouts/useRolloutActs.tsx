import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { call } from '../../api.ts'
import type { Rollout } from '../../contract/rollouts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'

type Verb = 'pause' | 'resume' | 'advance' | 'stop'

/** What can be done about a rollout that is not over: hold it, let it go on, hurry it, stop it; and why it was refused. */
export function useRolloutActs(rollout: Rollout): { acts: ReactNode; refusal: ReactNode } {
  const { t, f } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const [asking, setAsking] = useState<'advance' | 'stop' | null>(null)
  const act = useMutation({
    mutationFn: (verb: Verb) => call<Rollout>('POST', `/rollouts/${rollout.id}/${verb}`),
    onSuccess: async now => {
      client.setQueryData(['rollouts', rollout.id], now)
      setAsking(null)
      await Promise.all(
        [['policies'], ['policy', rollout.policy.id]].map(queryKey => client.invalidateQueries({ queryKey })),
      )
    },
  })
  if (!can('policies:write') || rollout.endedAt !== null) return { acts: null, refusal: null }
  const next = rollout.waves[rollout.wave + 1]
  const share = next ? f.percent(next.percent / 100) : ''
  const acts = (
    <>
      {rollout.state === 'running' && (
        <Button icon="paused" busy={act.isPending} onClick={() => act.mutate('pause')}>
          {t('rollout.pause')}
        </Button>
      )}
      {rollout.state === 'paused' && (
        <Button variant="primary" icon="send" busy={act.isPending} onClick={() => act.mutate('resume')}>
          {t('rollout.resume')}
        </Button>
      )}
      {rollout.state === 'running' && next && (
        <Button onClick={() => setAsking('advance')}>{t('rollout.advance')}</Button>
      )}
      <Button onClick={() => setAsking('stop')}>{t('rollout.stop')}</Button>
      {asking && (
        <Dialog
          opened
          onClose={() => setAsking(null)}
          title={asking === 'stop' ? t('rollout.stopTitle') : t('rollout.advanceTitle', { share })}
          actions={
            <>
              <KeepButton onClick={() => setAsking(null)}>{t('rollout.letRun')}</KeepButton>
              <Button
                variant={asking === 'stop' ? 'danger' : 'primary'}
                busy={act.isPending}
                onClick={() => act.mutate(asking)}
              >
                {asking === 'stop' ? t('rollout.stopGo', { from: rollout.from }) : t('rollout.advanceGo', { share })}
              </Button>
            </>
          }
        >
          <p className="soft">
            {asking === 'stop'
              ? t('rollout.stopText', { from: rollout.from, to: rollout.to })
              : t('rollout.advanceText')}
          </p>
          <ProblemNote error={act.error} />
        </Dialog>
      )}
    </>
  )
  return { acts, refusal: asking === null && <ProblemNote error={act.error} /> }
}
