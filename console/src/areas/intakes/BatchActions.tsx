import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { address, call } from '../../api.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextArea } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import type { Batch } from './queries.ts'

type Asked = 'start' | 'close' | 'remove' | null

/** What can be done with a batch now. */
export function BatchActions({ batch }: { batch: Batch }) {
  const { t, locale } = useVoice()
  const can = useCan()
  const [asked, setAsked] = useState<Asked>(null)
  const zone = encodeURIComponent(batch.zone)
  const file = (name: string, language: string) =>
    `${address(`/intakes/${batch.id}/${name}`)}?language=${language}&zone=${zone}`
  const write = can('intakes:write')
  return (
    <>
      <ActionMenu
        label={t('batch.papers')}
        icon="print"
        lines={[
          ...languages.map(({ id, name }) => ({
            key: `sheet ${id}`,
            label: t('batch.sheet', { language: name }),
            icon: 'download' as const,
            href: file('sheet.pdf', id),
          })),
          {
            key: 'record',
            label: t('batch.record'),
            icon: 'download' as const,
            href: file('record.pdf', locale),
            apart: true,
          },
        ]}
      >
        {t('batch.papers')}
      </ActionMenu>
      {write && batch.state === 'planned' && (
        <>
          <Button icon="x" variant="quiet" onClick={() => setAsked('remove')}>
            {t('batch.remove')}
          </Button>
          <Button variant="primary" onClick={() => setAsked('start')}>
            {t('batch.start')}
          </Button>
        </>
      )}
      {write && batch.state === 'open' && (
        <Button variant="primary" icon="lock" onClick={() => setAsked('close')}>
          {t('batch.close')}
        </Button>
      )}
      {asked && <Ask batch={batch} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function Ask({ batch, asked, onClose }: { batch: Batch; asked: 'start' | 'close' | 'remove'; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [note, setNote] = useState(batch.note)
  const act = useMutation({
    mutationFn: () => {
      if (asked === 'remove') return call<unknown>('DELETE', `/intakes/${batch.id}`)
      const body = asked === 'start' ? { anyway: batch.reds > 0 } : { note }
      return call<unknown>('POST', `/intakes/${batch.id}/${asked}`, { body })
    },
    onSuccess: async () => {
      if (asked === 'remove') await navigate({ to: '/enrollment/batches' })
      else onClose()
      await client.invalidateQueries({ queryKey: asked === 'remove' ? ['intakes'] : ['intake', batch.id] })
    },
  })
  const left = batch.counts.total - batch.counts.ready
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(`batch.${asked}`)}
      onSubmit={() => act.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={act.isPending}>
            {t(asked === 'start' && batch.reds > 0 ? 'batch.startAnyway' : `batch.${asked}`)}
          </Button>
        </>
      }
    >
      <p>{t(`batch.${asked}Text`, { left })}</p>
      {asked === 'start' && batch.reds > 0 && (
        <Note tone="danger">
          <p>{t('batch.verdict.red', { n: batch.reds })}</p>
        </Note>
      )}
      {asked === 'close' && (
        <TextArea label={t('batch.note')} rows={3} value={note} onChange={event => setNote(event.target.value)} />
      )}
      <ProblemNote error={act.error} />
    </Dialog>
  )
}
