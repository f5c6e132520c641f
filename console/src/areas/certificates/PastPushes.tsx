import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { pastQuery } from './queries.ts'

/** Certificates that were replaced, each with the way back to it. */
export function PastPushes() {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const past = useQuery(pastQuery)
  const back = useMutation({
    mutationFn: (fingerprint: string) => call('POST', '/push/apple/past/restore', { body: { fingerprint } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['certificates'] }),
  })
  const items = past.data?.items ?? []
  if (items.length === 0) return null
  return (
    <div className="stack past-pushes">
      <h3>{t('renewal.past')}</h3>
      <ProblemNote error={back.error} />
      {items.map(one => (
        <p key={one.fingerprint} className="small">
          {t('renewal.pastOne', {
            serial: one.serial.slice(-8),
            at: f.dateTime(one.replacedAt),
            until: f.dateTime(one.until),
          })}{' '}
          <Button size="sm" busy={back.isPending} onClick={() => back.mutate(one.fingerprint)}>
            {t('renewal.back')}
          </Button>
        </p>
      ))}
    </div>
  )
}
