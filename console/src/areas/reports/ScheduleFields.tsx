import { useVoice } from '../../i18n/index.tsx'
import { Segments, SelectField, TextField } from '../../kit/Field.tsx'
import { hereZone } from './zone.ts'

/** When a report is made by itself, as the form holds it. */
export interface Rhythm {
  every: 'none' | 'day' | 'week' | 'month'
  day: number
  time: string
  to: string
}

const rhythms = ['none', 'day', 'week', 'month'] as const

/** Fields of a schedule: how often, on which day, when, and to whom. */
export function ScheduleFields({ rhythm, onChange }: { rhythm: Rhythm; onChange(rhythm: Rhythm): void }) {
  const { t, locale } = useVoice()
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  // 4 January 1970 was a Sunday.
  const days =
    rhythm.every === 'week'
      ? Array.from({ length: 7 }, (_, i) => ({ value: String(i), label: weekday.format((3 + i) * 86_400_000) }))
      : Array.from({ length: 31 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) }))
  return (
    <>
      <Segments
        label={t('reports.every')}
        value={rhythm.every}
        onChange={every => onChange({ ...rhythm, every, day: 1 })}
        options={rhythms.map(value => ({ value, label: t(`reports.every.${value}`) }))}
      />
      {rhythm.every !== 'none' && (
        <div className="report-pair">
          {rhythm.every !== 'day' && (
            <SelectField
              label={t('reports.onDay')}
              value={String(rhythm.day)}
              onChange={e => onChange({ ...rhythm, day: Number(e.target.value) })}
              options={days}
            />
          )}
          <TextField
            label={t('reports.at')}
            hint={hereZone}
            type="time"
            value={rhythm.time}
            onChange={e => onChange({ ...rhythm, time: e.target.value || '07:00' })}
          />
        </div>
      )}
      {rhythm.every !== 'none' && (
        <TextField
          label={t('reports.recipients')}
          hint={t('reports.toHint')}
          inputMode="email"
          value={rhythm.to}
          onChange={e => onChange({ ...rhythm, to: e.target.value })}
        />
      )}
    </>
  )
}
