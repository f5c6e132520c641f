import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Device, Page } from '../../contract.ts'
import type { HourException } from '../../contract/hours.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Segments, SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { localOf, ownZone, instantOf } from '../changes/zones.ts'

const hour = 3_600_000

function useDone(onClose: () => void) {
  const client = useQueryClient()
  return async () => {
    await Promise.all(['hour-exceptions', 'device'].map(name => client.invalidateQueries({ queryKey: [name] })))
    onClose()
  }
}

/** Says yes or no to what somebody asks. */
export function AnswerDialog(props: { exception: HourException; yes: boolean; onClose(): void }) {
  const { t, f } = useVoice()
  const { exception, yes, onClose } = props
  const [until, setUntil] = useState(exception.until)
  const [note, setNote] = useState('')
  const done = useDone(onClose)
  const answer = useMutation({
    mutationFn: () =>
      call('POST', `/hours/exceptions/${exception.id}/${yes ? 'approve' : 'deny'}`, {
        body: yes ? { until, note } : { note },
      }),
    onSuccess: done,
  })
  const name = exception.user?.name ?? exception.subject.name ?? ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(yes ? 'hours.approveTitle' : 'hours.denyTitle', { name })}
      onSubmit={() => !answer.isPending && answer.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.cancel')}</KeepButton>
          <Button type="submit" variant="primary" busy={answer.isPending}>
            {t(yes ? 'hours.approve' : 'hours.deny')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('hours.askedUntil', { until: f.dateTime(exception.until) })}</p>
      {exception.reason !== '' && <blockquote>{exception.reason}</blockquote>}
      {yes && <Until value={until} onChange={setUntil} />}
      <TextField
        label={t('hours.note')}
        hint={t('hours.noteHint')}
        value={note}
        maxLength={500}
        onChange={event => setNote(event.target.value)}
      />
      <ProblemNote error={answer.error} />
    </Dialog>
  )
}

function Until({ value, onChange }: { value: number; onChange(at: number): void }) {
  const { t } = useVoice()
  const zone = ownZone()
  return (
    <TextField
      label={t('hours.untilWhen')}
      type="datetime-local"
      value={localOf(value, zone)}
      onChange={event => event.target.value !== '' && onChange(instantOf(event.target.value, zone))}
    />
  )
}

/** Releases a device, a person's devices or a unit's for a time, without being asked. */
export function GrantDialog(props: { subject: { kind: 'device'; id: string; name: string } | null; onClose(): void }) {
  const { t } = useVoice()
  const units = useUnits()
  const [length, setLength] = useState('2')
  const [until, setUntil] = useState(Date.now() + 2 * hour)
  const [reason, setReason] = useState('')
  const [unit, setUnit] = useState('')
  const [device, setDevice] = useState('')
  const devices = useQuery({
    queryKey: ['devices', 'ahead'],
    enabled: props.subject === null,
    queryFn: ({ signal }) => get<Page<Pick<Device, 'id' | 'name'>>>('/devices', { limit: 100, sort: 'name' }, signal),
  })
  const done = useDone(props.onClose)
  const on = unit || (units.data?.[0]?.id ?? '')
  const subject =
    props.subject ?? (device === '' ? { kind: 'unit' as const, id: on } : { kind: 'device' as const, id: device })
  const grant = useMutation({
    mutationFn: () =>
      call('POST', '/hours/exceptions', {
        body: {
          subject: { kind: subject.kind, id: subject.id },
          until: length === 'at' ? until : Date.now() + Number(length) * hour,
          reason: reason.trim(),
        },
      }),
    onSuccess: done,
  })
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={props.subject ? t('hours.grantTitle', { name: props.subject.name }) : t('hours.grant')}
      onSubmit={() => !grant.isPending && reason.trim() !== '' && grant.mutate()}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={grant.isPending} disabled={reason.trim() === ''}>
            {t('hours.grantGo')}
          </Button>
        </>
      }
    >
      {props.subject === null && (
        <>
          <SelectField
            label={t('device.col.unit')}
            value={on}
            disabled={device !== ''}
            onChange={event => setUnit(event.target.value)}
            options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
          />
          <SelectField
            label={t('hours.oneDevice')}
            value={device}
            onChange={event => setDevice(event.target.value)}
            options={[
              { value: '', label: t('hours.allDevices') },
              ...(devices.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
            ]}
          />
        </>
      )}
      <Segments
        label={t('hours.untilWhen')}
        value={length}
        onChange={setLength}
        options={[
          { value: '1', label: t('hours.forHours', { n: 1 }) },
          { value: '2', label: t('hours.forHours', { n: 2 }) },
          { value: '8', label: t('hours.forHours', { n: 8 }) },
          { value: 'at', label: t('hours.untilADate') },
        ]}
      />
      {length === 'at' && <Until value={until} onChange={setUntil} />}
      <TextField
        label={t('hours.reason')}
        value={reason}
        maxLength={500}
        onChange={event => setReason(event.target.value)}
        error={fieldError(grant.error, 'reason')}
      />
      <ProblemNote error={grant.error} />
    </Dialog>
  )
}

/** Asks before an exception ends early. */
export function EndDialog({ exception, onClose }: { exception: HourException; onClose(): void }) {
  const { t } = useVoice()
  const done = useDone(onClose)
  const end = useMutation({
    mutationFn: () => call('POST', `/hours/exceptions/${exception.id}/end`),
    onSuccess: done,
  })
  const name = exception.user?.name ?? exception.subject.name ?? ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('hours.endTitle', { name })}
      onSubmit={() => !end.isPending && end.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="primary" busy={end.isPending}>
            {t('hours.endGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('hours.endText')}</p>
      <ProblemNote error={end.error} />
    </Dialog>
  )
}
