import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { get } from '../../api.ts'
import type { Device, Page } from '../../contract.ts'
import type { HoursPreview } from '../../contract/hours.ts'
import type { Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { SelectField } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useUnits } from '../../scope.tsx'
import { previewHours } from './queries.ts'
import { partOf } from './value.ts'
import { clockIn, dayIn, phaseTone, sayPhase } from './words.ts'

const days = 14

/** What the draft means for a unit or a device: now, and day by day. */
export function Ahead({ value, unit }: { value: Readonly<Record<string, Json>>; unit: string | null }) {
  const voice = useVoice()
  const { t } = voice
  const units = useUnits()
  const [about, setAbout] = useState('')
  const devices = useQuery({
    queryKey: ['devices', 'ahead'],
    queryFn: ({ signal }) => get<Page<Pick<Device, 'id' | 'name'>>>('/devices', { limit: 100, sort: 'name' }, signal),
  })
  const chosen = about || unit || (units.data?.[0]?.id ?? '')
  const asked = useDeferredValue(JSON.stringify(partOf(value, true)))
  const ahead = useQuery<HoursPreview>({
    queryKey: ['hours-preview', asked, chosen],
    enabled: chosen !== '',
    retry: false,
    placeholderData: previous => previous,
    queryFn: ({ signal }) =>
      previewHours(
        JSON.parse(asked) as Json,
        chosen.startsWith('dev_') ? { device: chosen } : { unit: chosen },
        signal,
      ),
  })
  return (
    <div className="ahead">
      <SelectField
        label={t('hours.aheadFor')}
        value={chosen}
        onChange={event => setAbout(event.target.value)}
        options={[
          ...(units.data ?? []).map(one => ({ value: one.id, label: one.path })),
          ...(devices.data?.items ?? []).map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <ProblemNote error={ahead.error} />
      {ahead.isPending && chosen !== '' && <Bones lines={4} label={t('kit.loading')} />}
      {ahead.data && (
        <>
          <Sentence tone={phaseTone(ahead.data.now)} icon={ahead.data.now.phase === 'working' ? 'ok' : 'paused'}>
            <b>{t(`hours.now.${ahead.data.now.phase}`)}</b> {sayPhase(voice, ahead.data.now)}
          </Sentence>
          <Agenda preview={ahead.data} />
        </>
      )}
    </div>
  )
}

/** Day by day: when it is working time, and which days are holidays. */
function Agenda({ preview }: { preview: HoursPreview }) {
  const voice = useVoice()
  const { t } = voice
  const { zone } = preview.now
  const clock = clockIn(voice, zone)
  const start = Date.now()
  const holidays = new Map(preview.holidays.map(h => [h.day, h.name]))
  const lines = Array.from({ length: days }, (_, i) => {
    const at = start + i * 86_400_000
    const day = dayIn(at, zone)
    const spans = preview.spans.filter(s => dayIn(s.from, zone) <= day && dayIn(s.to - 1, zone) >= day)
    return { at, day, spans, holiday: holidays.get(day) }
  })
  const ends = (day: string, { from, to }: { from: number; to: number }): string => {
    const begin = dayIn(from, zone) < day ? '00:00' : clock.time(from)
    return `${begin}–${dayIn(to - 1, zone) > day ? '24:00' : dayIn(to, zone) > day ? '24:00' : clock.time(to)}`
  }
  return (
    <>
      <h3 className="lab">{t('hours.ahead')}</h3>
      <ul className="agenda">
        {lines.map(({ at, day, spans, holiday }) => (
          <li key={day}>
            <span>{clock.day(at)}</span>
            {spans.length > 0 ? (
              <span>{spans.map(span => ends(day, span)).join(', ')}</span>
            ) : (
              <span className="muted">{holiday === undefined ? t('hours.off') : null}</span>
            )}
            {holiday !== undefined && (
              <span className="small" lang={langOf(holiday)}>
                {holiday || t('hours.unnamedHoliday')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="small muted">{t('hours.inZone', { zone: zone.replaceAll('_', ' ') })}</p>
    </>
  )
}
