import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { nameToType } from './ActDialogs.tsx'
import { act, type Incident, type StandingOrder } from './queries.ts'

const minutes = [0, 5, 15, 60] as const
const hours = [12, 24, 48] as const
const days = [3, 7, 30] as const
const hourMs = 3_600_000

/** Sets what happens by itself. Erasing asks for the name of the device, as erasing now would. */
export function OrderDialog({ incident, onClose }: { incident: Incident; onClose(): void }) {
  const { t, f, rich } = useVoice()
  const client = useQueryClient()
  const order = incident.order?.endedAt === null ? incident.order : null
  const [keepLocked, setKeepLocked] = useState(order?.keepLocked ?? true)
  const [every, setEvery] = useState(String(order ? (order.locateEveryMinutes ?? 0) : 5))
  const [until, setUntil] = useState(order?.until ? 'as-it-is' : '')
  const [after, setAfter] = useState<StandingOrder['after']>(order?.after ?? 'nothing')
  const [typed, setTyped] = useState('')
  const text = nameToType(incident)
  const named = after === 'nothing' || typed.trim().toLowerCase() === text.toLowerCase()
  const ready = named && (after === 'nothing' || until !== '')
  const save = useMutation({
    mutationFn: () =>
      act(client, incident.id, 'order', {
        keepLocked,
        locateEveryMinutes: every === '0' ? null : Number(every),
        until:
          until === '' ? null : until === 'as-it-is' ? (order?.until ?? null) : Date.now() + Number(until) * hourMs,
        after: until === '' ? 'nothing' : after,
        confirm: typed.trim(),
      }),
    onSuccess: onClose,
  })
  const own = minutes.some(n => String(n) === every) ? [] : [Number(every)]
  const can = (name: 'erase' | 'work-data') =>
    incident.acts.some(a => a.act === name && a.reason !== 'permission.missing')
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('incident.order.title')}
      onSubmit={() => ready && !save.isPending && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={save.isPending}>
            {t('incident.order.save')}
          </Button>
        </>
      }
    >
      <Tick
        label={t('incident.order.keepLocked')}
        checked={keepLocked}
        onChange={event => setKeepLocked(event.target.checked)}
      />
      <SelectField
        label={t('incident.order.locate')}
        value={every}
        options={[...minutes, ...own].map(n => ({ value: String(n), label: t('incident.order.every', { n }) }))}
        onChange={event => setEvery(event.target.value)}
      />
      <SelectField
        label={t('incident.order.untilField')}
        value={until}
        options={[
          ...(order?.until
            ? [{ value: 'as-it-is', label: t('incident.order.asItIs', { at: f.dateTime(order.until) }) }]
            : []),
          { value: '', label: t('incident.order.forGood') },
          ...hours.map(n => ({ value: String(n), label: t('incident.order.for', { n }) })),
          ...days.map(n => ({ value: String(n * 24), label: t('incident.order.forDays', { n }) })),
        ]}
        onChange={event => setUntil(event.target.value)}
      />
      {until !== '' && (
        <SelectField
          label={t('incident.order.after')}
          value={after}
          options={[
            { value: 'nothing', label: t('incident.order.after.nothing') },
            ...(can('erase') ? [{ value: 'erase', label: t('incident.order.after.erase') }] : []),
            ...(can('work-data') ? [{ value: 'work-data', label: t('incident.order.after.work-data') }] : []),
          ]}
          onChange={event => setAfter(event.target.value as StandingOrder['after'])}
        />
      )}
      {until !== '' && after !== 'nothing' && (
        <TextField
          label={rich('incident.eraseType', { text }, { mono: inside => <b className="mono">{inside}</b> })}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          mono
          onChange={event => setTyped(event.target.value)}
        />
      )}
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
