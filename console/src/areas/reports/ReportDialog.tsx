import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { ReportFormat, ReportKind, SavedReport, Schedule } from '../../contract/reports.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Segments, SelectField, TextField, Tick } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { useUnits } from '../../scope.tsx'
import { ScheduleFields, type Rhythm } from './ScheduleFields.tsx'
import { dayText, hereZone } from './zone.ts'

const formats: readonly ReportFormat[] = ['xlsx', 'pdf', 'csv', 'json']

/** Makes a file of a report, or saves the report with its schedule. */
export function ReportDialog(props: { kind: ReportKind; save: boolean; report: SavedReport | null; onClose(): void }) {
  const { t, locale } = useVoice()
  const { kind, save, report, onClose } = props
  const client = useQueryClient()
  const units = useUnits().data ?? []
  const [today] = useState(() => dayText(Date.now()))
  const [name, setName] = useState(report?.name ?? kind.title)
  const [unit, setUnit] = useState(report?.unit.id ?? '')
  const [asOf, setAsOf] = useState(today)
  const [from, setFrom] = useState(() => dayText(Date.now(), -30))
  const [filter, setFilter] = useState(report?.filter ?? '')
  const [columns, setColumns] = useState<readonly string[]>(report?.columns ?? kind.usual)
  const [format, setFormat] = useState<ReportFormat>(report?.format ?? 'xlsx')
  const [japanese, setJapanese] = useState(report?.encoding === 'shift_jis')
  const [rhythm, setRhythm] = useState<Rhythm>(() => rhythmOf(report?.schedule ?? null))
  const wish = {
    kind: kind.id,
    filter: kind.filtered ? filter : '',
    columns: kind.columns.map(c => c.id).filter(c => columns.includes(c)),
    zone: hereZone,
    language: locale,
    format,
    encoding: japanese && format === 'csv' ? 'shift_jis' : 'utf-8',
  }
  const send = useMutation({
    mutationFn: () => {
      if (!save)
        return call('POST', '/exports', {
          body: { ...wish, ...(asOf === today ? {} : { asOf }), ...(kind.time === 'period' ? { from } : {}) },
        })
      const body = { name: name.trim(), wish, schedule: scheduleOf(rhythm) }
      return report
        ? call('PATCH', `/reports/${report.id}`, { body })
        : call('POST', '/reports', { body: { ...body, unit: unit || (units[0]?.id ?? '') } })
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['reports'] })
      onClose()
    },
  })
  const full = columns.length > 0 && (!save || name.trim() !== '')
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={kind.title}
      onSubmit={() => full && !send.isPending && send.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={send.isPending} disabled={!full}>
            {t(save ? 'reports.save' : 'reports.makeFile')}
          </Button>
        </>
      }
    >
      <p className="soft">{kind.about}</p>
      {save && (
        <TextField
          label={t('reports.name')}
          value={name}
          maxLength={80}
          onChange={e => setName(e.target.value)}
          data-autofocus
        />
      )}
      {save && !report && (
        <SelectField
          label={t('reports.unit')}
          hint={t('reports.unitHint')}
          value={unit || (units[0]?.id ?? '')}
          onChange={e => setUnit(e.target.value)}
          options={units.map(u => ({ value: u.id, label: u.name }))}
        />
      )}
      {!save && kind.time !== 'now' && (
        <div className="report-pair">
          {kind.time === 'period' && (
            <TextField
              label={t('reports.from')}
              type="date"
              max={asOf}
              value={from}
              onChange={e => setFrom(e.target.value)}
            />
          )}
          <TextField
            label={t(kind.time === 'period' ? 'reports.to' : 'reports.asOfDay')}
            hint={kind.time === 'then' ? t('reports.asOfHint', { zone: hereZone }) : undefined}
            type="date"
            max={today}
            value={asOf}
            onChange={e => setAsOf(e.target.value || today)}
          />
        </div>
      )}
      {kind.filtered && (
        <TextField
          label={t('reports.filter')}
          hint={t('reports.filterHint')}
          mono
          value={filter}
          onChange={e => setFilter(e.target.value)}
        />
      )}
      <Segments
        label={t('reports.format')}
        value={format}
        onChange={next => setFormat(formats.find(one => one === next) ?? 'xlsx')}
        options={formats.map(value => ({ value, label: value.toUpperCase() }))}
      />
      {format === 'csv' && (
        <Tick label={t('reports.shiftJis')} checked={japanese} onChange={e => setJapanese(e.target.checked)} />
      )}
      <fieldset className="report-columns">
        <legend className="lab">{t('reports.columns')}</legend>
        {kind.columns.map(column => (
          <Tick
            key={column.id}
            label={column.title}
            checked={columns.includes(column.id)}
            onChange={e =>
              setColumns(e.target.checked ? [...columns, column.id] : columns.filter(c => c !== column.id))
            }
          />
        ))}
      </fieldset>
      {save && <ScheduleFields rhythm={rhythm} onChange={setRhythm} />}
      <ProblemNote error={send.error} />
    </Dialog>
  )
}

function rhythmOf(schedule: Schedule | null): Rhythm {
  const time = schedule
    ? `${String(schedule.hour).padStart(2, '0')}:${String(schedule.minute).padStart(2, '0')}`
    : '07:00'
  return { every: schedule?.every ?? 'none', day: schedule?.day ?? 1, time, to: schedule?.to.join(', ') ?? '' }
}

function scheduleOf({ every, day, time, to }: Rhythm) {
  if (every === 'none') return null
  const [hour = 7, minute = 0] = time.split(':').map(Number)
  const addresses = to.split(/[\s,;]+/).filter(a => a !== '')
  return { every, day, hour, minute, zone: hereZone, to: addresses }
}
