import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Change } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { instantIn, When, type WhenDraft } from './When.tsx'
import { ownZone } from './zones.ts'

/** So many people are moved in waves unless someone says otherwise. */
const manyPeople = 20
const inWaves = { shares: [5, 25, 100], watchMinutes: 30, stopAbovePercentFailed: 2, minHeardPercent: 50 }

/** Plans the move of people to another unit. What it does is shown on the page of the change, before anything happens. */
export function MoveDialog(props: {
  people: readonly { id: string; name: string }[]
  /** The unit they were dropped on. */
  unit: string | null
  onClose(): void
}) {
  const { t } = useVoice()
  const navigate = useNavigate()
  const client = useQueryClient()
  const units = useUnits()
  const [unit, setUnit] = useState(props.unit ?? '')
  const [follow, setFollow] = useState(true)
  const [when, setWhen] = useState<WhenDraft>({ how: 'now', local: '', zone: ownZone() })
  const [waves, setWaves] = useState(props.people.length >= manyPeople)
  const [first] = props.people
  const to = units.data?.find(one => one.id === unit)
  const plan = useMutation({
    mutationFn: () =>
      call<Change>('POST', '/changes', {
        body: {
          name: t('move.planName', {
            n: props.people.length,
            name: first?.name ?? '',
            unit: to?.name ?? '',
          }),
          at: instantIn(when),
          zone: when.zone,
          devicesFollow: follow,
          ...(waves ? { waves: inWaves } : {}),
          moves: props.people.map(person => ({ user: person.id, unit })),
        },
      }),
    onSuccess: async change => {
      await client.invalidateQueries({ queryKey: ['changes'] })
      props.onClose()
      await navigate({ to: '/people/changes/$change', params: { change: change.id } })
    },
  })
  const ready = unit !== '' && (when.how === 'now' || when.local !== '')
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={t('move.title', { n: props.people.length, name: first?.name ?? '' })}
      onSubmit={() => ready && !plan.isPending && plan.mutate()}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={plan.isPending}>
            {t('move.go')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('move.text')}</p>
      <SelectField
        label={t('move.to')}
        value={unit}
        onChange={event => setUnit(event.target.value)}
        options={[
          ...(unit === '' ? [{ value: '', label: t('move.choose') }] : []),
          ...(units.data ?? []).map(one => ({ value: one.id, label: one.path })),
        ]}
        data-autofocus
      />
      <Tick
        label={t('move.follow')}
        hint={t('move.followHint')}
        checked={follow}
        onChange={event => setFollow(event.target.checked)}
      />
      {props.people.length > 1 && (
        <Tick
          label={t('move.waves')}
          hint={t('move.wavesHint', { minutes: inWaves.watchMinutes, percent: inWaves.stopAbovePercentFailed })}
          checked={waves}
          onChange={event => setWaves(event.target.checked)}
        />
      )}
      <When draft={when} onChange={setWhen} />
      <ProblemNote error={plan.error} />
    </Dialog>
  )
}
