import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Segments, TextArea, TextField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import '../../kit/css/incident.css'
import { foreseenQuery, type Report, reportMissing } from './queries.ts'
import { said } from './words.tsx'

/** Reports a device lost or stolen: says what will be done at once and why, and needs one tap to do it. */
export function ReportDialog({ device, onClose }: { device: { id: string; name: string }; onClose(): void }) {
  const voice = useVoice()
  const { t, has } = voice
  const client = useQueryClient()
  const navigate = useNavigate()
  const foreseen = useQuery(foreseenQuery(device.id))
  const [kind, setKind] = useState<Report['kind']>('lost')
  const [words, setWords] = useState({ message: '', phone: '', note: '' })
  const open = (incident: string) => navigate({ to: '/incidents/$incident', params: { incident } })
  const send = useMutation({
    mutationFn: () => reportMissing(device.id, { kind, ...filled(words) }),
    onSuccess: async incident => {
      client.setQueryData(['incidents', incident.id, 'self'], incident)
      void client.invalidateQueries({ queryKey: ['device', device.id] })
      await open(incident.id)
    },
  })
  const known = foreseen.data?.open
  const first = foreseen.data?.first
  const why = `incident.why.${first?.why ?? ''}`
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('incident.reportTitle', { name: device.name })}
      onSubmit={() => (known ? void open(known.id) : !send.isPending && send.mutate())}
      actions={
        <>
          <Button size="big" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" size="big" variant="primary" busy={send.isPending} data-autofocus>
            {known ? t('incident.toIncident') : t('incident.reportGo', { action: first?.action ?? 'lock' })}
          </Button>
        </>
      }
    >
      {known ? (
        <p>{t('incident.reportOpen', { number: said(known.number) })}</p>
      ) : (
        <>
          <div className="report-kind">
            <Segments<Report['kind']>
              label={t('incident.kind')}
              value={kind}
              options={[
                { value: 'lost', label: t('incident.kind.lost') },
                { value: 'stolen', label: t('incident.kind.stolen') },
              ]}
              onChange={setKind}
            />
          </div>
          <p className="soft report-why">{has(why) ? t(why) : ''}</p>
          <details className="more-fields">
            <summary>
              <Icon name="down" />
              {t('incident.reportMore')}
            </summary>
            {first?.action !== 'none' && (
              <>
                <TextArea
                  label={t('incident.messageField')}
                  placeholder={foreseen.data?.message}
                  value={words.message}
                  maxLength={500}
                  onChange={event => setWords({ ...words, message: event.target.value })}
                />
                <TextField
                  label={t('incident.phoneField')}
                  hint={t('incident.phoneHint')}
                  type="tel"
                  value={words.phone}
                  maxLength={40}
                  onChange={event => setWords({ ...words, phone: event.target.value })}
                />
              </>
            )}
            <TextArea
              label={t('incident.noteField')}
              hint={t('incident.noteHint')}
              value={words.note}
              maxLength={4000}
              onChange={event => setWords({ ...words, note: event.target.value })}
            />
          </details>
        </>
      )}
      <ProblemNote error={send.error ?? foreseen.error} />
    </Dialog>
  )
}

function filled(words: { message: string; phone: string; note: string }): Partial<Report> {
  const entries = Object.entries(words).map(([name, text]) => [name, text.trim()] as const)
  return Object.fromEntries(entries.filter(([, text]) => text !== ''))
}
