import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Calendar, Holiday } from '../../contract/hours.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { SelectField, TextArea, TextField } from '../../kit/Field.tsx'
import { Bones } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { useScope, useUnits } from '../../scope.tsx'
import { calendarQuery, readDays } from './queries.ts'

/** Adds a calendar or changes one. */
export function CalendarForm({ calendar, onClose }: { calendar: Calendar | null; onClose(): void }) {
  const { t } = useVoice()
  const known = useQuery({ ...calendarQuery(calendar?.id ?? ''), enabled: calendar !== null })
  if (calendar !== null && !known.data)
    return (
      <Dialog opened onClose={onClose} title={calendar.name} wide>
        {known.error ? <ProblemNote error={known.error} /> : <Bones lines={6} label={t('kit.loading')} />}
      </Dialog>
    )
  return <Loaded calendar={calendar} days={known.data?.days ?? []} onClose={onClose} />
}

const linesOf = (days: readonly Holiday[]): string => days.map(({ day, name }) => `${day} ${name}`.trim()).join('\n')

function Loaded(props: { calendar: Calendar | null; days: readonly Holiday[]; onClose(): void }) {
  const { t } = useVoice()
  const { calendar, onClose } = props
  const client = useQueryClient()
  const units = useUnits()
  const scope = useScope()
  const [name, setName] = useState(calendar?.name ?? '')
  const [unit, setUnit] = useState(calendar?.unit.id ?? scope.unit?.id ?? '')
  const [text, setText] = useState(linesOf(props.days))
  const readOnly = calendar !== null && !calendar.mine
  const on = unit || (units.data?.[0]?.id ?? '')
  const bring = useMutation({
    mutationFn: async (file: File) => readDays(await file.text()),
    onSuccess: ({ days }) => {
      setText(before => linesOf([...daysApart(before), ...days].toSorted((a, b) => (a.day < b.day ? -1 : 1))))
    },
  })
  const save = useMutation({
    mutationFn: async () => {
      const { days } = await readDays(text)
      const body = { name: name.trim(), days }
      return calendar
        ? call('PATCH', `/calendars/${calendar.id}`, { body })
        : call('POST', '/calendars', { body: { ...body, unit: on } })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['calendars'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={calendar ? calendar.name : t('calendars.add')}
      onSubmit={() => !save.isPending && !readOnly && name.trim() !== '' && save.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{readOnly ? t('kit.close') : t('kit.cancel')}</Button>
          {!readOnly && (
            <Button type="submit" variant="primary" busy={save.isPending} disabled={name.trim() === ''}>
              {calendar ? t('kit.save') : t('people.addGo')}
            </Button>
          )}
        </>
      }
    >
      <div className="pair">
        <TextField
          label={t('people.name')}
          value={name}
          readOnly={readOnly}
          onChange={event => setName(event.target.value)}
          error={fieldError(save.error, 'name')}
          data-autofocus
        />
        <SelectField
          label={t('device.col.unit')}
          hint={t('calendars.unitHint')}
          value={on}
          disabled={calendar !== null}
          onChange={event => setUnit(event.target.value)}
          options={(units.data ?? []).map(one => ({ value: one.id, label: one.path }))}
        />
      </div>
      <TextArea
        label={t('calendars.dayList')}
        hint={t('calendars.dayListHint')}
        mono
        rows={10}
        readOnly={readOnly}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {!readOnly && (
        <label className="bring">
          <span className="lab">{t('calendars.bring')}</span>
          <input
            type="file"
            accept=".ics,text/calendar,text/plain,.csv"
            onChange={event => {
              const file = event.target.files?.[0]
              if (file) bring.mutate(file)
              event.target.value = ''
            }}
          />
        </label>
      )}
      {bring.data && (
        <p className="small" role="status">
          {t('calendars.brought', { n: bring.data.days.length, passed: bring.data.passedBy })}
        </p>
      )}
      <ProblemNote error={bring.error ?? save.error} />
    </Dialog>
  )
}

/** What is written so far, line by line, as it is: the server reads it when it is saved. */
function daysApart(text: string): Holiday[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => ({ day: line.trim().slice(0, 10), name: line.trim().slice(10).trim() }))
}

/** Asks before a calendar goes. */
export function RemoveCalendar({ calendar, onClose }: { calendar: Calendar; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/calendars/${calendar.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['calendars'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('calendars.removeTitle', { name: calendar.name })}
      onSubmit={() => !remove.isPending && remove.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="primary" busy={remove.isPending}>
            {t('calendars.removeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('calendars.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
