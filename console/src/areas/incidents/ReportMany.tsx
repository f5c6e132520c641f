import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Segments } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useCan } from '../../session.tsx'
import { type Report, reportMissing } from './queries.ts'

/** A bag was stolen, not a fleet. */
const most = 20

/** Reports the chosen devices missing, one after the other; each has an incident of its own. */
export function ReportMany(props: {
  target: { filter: string } | { devices: string[] } | null
  count: number
  onDone(): void
}) {
  const { t } = useVoice()
  const can = useCan()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [kind, setKind] = useState<Report['kind']>('lost')
  const devices = props.target && 'devices' in props.target ? props.target.devices : null
  const send = useMutation({
    mutationFn: async () => {
      // Each report is safe to repeat, so a second try goes on where the first broke off.
      for (const device of devices ?? []) await reportMissing(device, { kind })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['devices'] })
      props.onDone()
      await navigate({ to: '/incidents', search: { filter: 'state:open' } })
    },
  })
  if (!can('incidents:write')) return null
  const able = devices !== null && devices.length > 0 && devices.length <= most
  return (
    <>
      <Button icon="flag" onClick={() => setAsking(true)}>
        {t('incident.report')}
      </Button>
      {asking && (
        <Dialog
          opened
          onClose={() => setAsking(false)}
          title={t('incident.reportMany', { n: props.count })}
          onSubmit={() => able && !send.isPending && send.mutate()}
          actions={
            <>
              <KeepButton onClick={() => setAsking(false)}>{t('kit.cancel')}</KeepButton>
              <Button type="submit" variant="primary" disabled={!able} busy={send.isPending}>
                {t('incident.reportGo', { action: 'lock' })}
              </Button>
            </>
          }
        >
          <Segments<Report['kind']>
            label={t('incident.kind')}
            value={kind}
            options={[
              { value: 'lost', label: t('incident.kind.lost') },
              { value: 'stolen', label: t('incident.kind.stolen') },
            ]}
            onChange={setKind}
          />
          <p className="soft report-why">
            {able ? t('incident.reportManyText') : t('incident.reportManyMost', { n: most })}
          </p>
          <ProblemNote error={send.error} />
        </Dialog>
      )}
    </>
  )
}
