import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import type { PushRenewal } from '../../contract/custody.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, type ToneName } from '../../kit/State.tsx'
import { renewalQuery } from './queries.ts'

type TrialState = NonNullable<PushRenewal['trial']>['state']

const tones: Record<TrialState, ToneName> = {
  asked: 'pending',
  accepted: 'pending',
  answered: 'ok',
  silent: 'attention',
  refused: 'danger',
}

/** Calls one device by the new certificate, shows what came of it, and switches all devices. */
export function Trial({ renewal, devices }: { renewal: PushRenewal; devices: number }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const { trial, offered } = renewal
  const attempt = useMutation({
    mutationFn: () => call<PushRenewal>('POST', '/push/apple/renewal/trial', { body: {} }),
    onSuccess: async now => client.setQueryData(renewalQuery.queryKey, now),
  })
  const proven =
    trial !== null && (trial.state === 'answered' || trial.state === 'silent' || trial.state === 'accepted')
  const needsTrial = (offered?.replaces ?? 0) === 0 && devices > 0
  const take = useMutation({
    mutationFn: () => call('POST', '/push/apple/renewal/take', { body: { untried: !needsTrial } }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['certificates'] }),
        client.invalidateQueries({ queryKey: ['home'] }),
      ])
    },
  })
  const name = trial?.device?.name ?? ''
  return (
    <div className="stack">
      <p>{needsTrial ? t('renewal.tryText') : t('renewal.noTrial')}</p>
      {trial && (
        <Note tone={tones[trial.state]} role="status">
          <p data-name={name === '' ? undefined : true}>
            {t(`renewal.trial.${trial.state}`, { name, reason: trial.reason ?? '' })}
          </p>
        </Note>
      )}
      <ProblemNote error={attempt.error ?? take.error} />
      <div className="acts chooser">
        {needsTrial && (
          <Button
            variant={proven ? 'default' : 'primary'}
            busy={attempt.isPending || (trial !== null && trial.endedAt === null)}
            onClick={() => attempt.mutate()}
          >
            {trial ? t('renewal.tryAgain') : t('renewal.tryNow')}
          </Button>
        )}
        <Button
          variant={proven || !needsTrial ? 'primary' : 'default'}
          disabled={needsTrial && !proven}
          busy={take.isPending}
          onClick={() => take.mutate()}
        >
          {t('renewal.switch', { n: devices })}
        </Button>
      </div>
    </div>
  )
}
