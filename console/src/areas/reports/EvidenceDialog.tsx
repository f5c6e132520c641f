import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { address, call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { dayText, hereZone } from './zone.ts'

/** Asks for a signed pack of what happened in a period. */
export function EvidenceDialog({ onClose }: { onClose(): void }) {
  const { t, locale } = useVoice()
  const client = useQueryClient()
  const [today] = useState(() => dayText(Date.now()))
  const [from, setFrom] = useState(() => dayText(Date.now(), -30))
  const [to, setTo] = useState(today)
  const send = useMutation({
    mutationFn: () => call('POST', '/evidence', { body: { from, to, zone: hereZone, language: locale } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['reports', 'files'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('reports.evidence')}
      onSubmit={() => !send.isPending && send.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={send.isPending}>
            {t('reports.evidenceMake')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('reports.evidenceText')}</p>
      <div className="report-pair">
        <TextField
          label={t('reports.from')}
          type="date"
          max={to}
          value={from}
          onChange={e => setFrom(e.target.value)}
        />
        <TextField label={t('reports.to')} type="date" max={today} value={to} onChange={e => setTo(e.target.value)} />
      </div>
      <p className="small">
        <code className="mono">./muster audit verify FILE --anchors anchors.log</code>
      </p>
      <p className="small">
        <a className="link" href={address('/events/anchors')} download="anchors.log">
          {t('reports.anchors')}
        </a>
      </p>
      <ProblemNote error={send.error} />
    </Dialog>
  )
}
