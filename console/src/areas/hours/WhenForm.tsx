import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/hours.css'
import type { Finding, Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { SelectField, Tick } from '../../kit/Field.tsx'
import { langOf } from '../../kit/names.ts'
import { sayRemark } from '../../kit/catalog-form/words.ts'
import { Note } from '../../kit/State.tsx'
import { zones } from '../changes/zones.ts'
import { Ahead } from './Ahead.tsx'
import { calendarsQuery } from './queries.ts'
import { textsIn, whenKeys, windowsIn } from './value.ts'
import { WeekGrid } from './WeekGrid.tsx'
import { WindowList } from './WindowList.tsx'

type Values = Readonly<Record<string, Json>>

/** When people work: the week, whose clocks count, and the days on which nobody does; beside it what that means now and in the days to come. */
export function WhenForm(props: {
  value: Values
  unit: string | null
  findings: readonly Finding[]
  readOnly: boolean
  onChange(value: Values): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { value, readOnly } = props
  const windows = windowsIn(value)
  const put = (key: string, to: Json | undefined) => {
    const { [key]: _, ...rest } = value
    props.onChange(to === undefined ? rest : { ...rest, [key]: to })
  }
  const wrong = props.findings.filter(f => f.severity === 'error' && whenKeys.some(key => f.path.startsWith(`/${key}`)))
  return (
    <section className="hours-when" aria-labelledby="when-title">
      <h2 id="when-title" className="cf-section">
        {t('settingSection.when')}
      </h2>
      {wrong.length > 0 && (
        <Note tone="danger" role="alert">
          {wrong.map(finding => (
            <p key={`${finding.path}${finding.code}`}>{sayRemark(voice, finding)}</p>
          ))}
        </Note>
      )}
      <WeekGrid windows={windows} readOnly={readOnly} onChange={to => put('windows', asJson(to))} />
      <p className="small muted week-hint">{t('hours.gridHint')}</p>
      <WindowList windows={windows} readOnly={readOnly} onChange={to => put('windows', asJson(to))} />
      <div className="when-cols">
        <div>
          <SelectField
            label={t('setting.work-time.zone')}
            hint={t('hours.zoneHint')}
            disabled={readOnly}
            value={typeof value['zone'] === 'string' ? value['zone'] : 'unit'}
            onChange={event => put('zone', event.target.value === 'unit' ? undefined : event.target.value)}
            options={[
              { value: 'unit', label: t('hours.zone.unit') },
              { value: 'person', label: t('hours.zone.person') },
              ...zones().map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') })),
            ]}
          />
          <Calendars
            chosen={textsIn(value['calendars'])}
            readOnly={readOnly}
            onChange={to => put('calendars', some(to))}
          />
          <OwnDays days={textsIn(value['holidays'])} readOnly={readOnly} onChange={to => put('holidays', some(to))} />
        </div>
        <Ahead value={value} unit={props.unit} />
      </div>
    </section>
  )
}

const some = (list: readonly string[]): Json | undefined => (list.length === 0 ? undefined : list)
const asJson = (windows: ReturnType<typeof windowsIn>): Json => windows.map(w => ({ ...w }))

function Calendars(props: { chosen: readonly string[]; readOnly: boolean; onChange(ids: string[]): void }) {
  const { t } = useVoice()
  const calendars = useQuery(calendarsQuery)
  const all = calendars.data?.items ?? []
  const unseen = props.chosen.filter(id => calendars.data && !all.some(c => c.id === id))
  return (
    <fieldset className="field" disabled={props.readOnly}>
      <legend className="lab">{t('setting.work-time.calendars')}</legend>
      {calendars.data && all.length === 0 && <p className="soft">{t('hours.noCalendars')}</p>}
      {all.map(calendar => (
        <Tick
          key={calendar.id}
          label={
            <>
              <span lang={langOf(calendar.name)}>{calendar.name}</span>{' '}
              <span className="muted">{t('calendars.days', { n: calendar.count })}</span>
            </>
          }
          checked={props.chosen.includes(calendar.id)}
          onChange={event =>
            props.onChange(
              event.target.checked ? [...props.chosen, calendar.id] : props.chosen.filter(id => id !== calendar.id),
            )
          }
        />
      ))}
      {unseen.length > 0 && <p className="small muted">{t('hours.unseenCalendars', { n: unseen.length })}</p>}
      <Link to="/policies/calendars" className="small">
        {t('calendars.title')}
      </Link>
    </fieldset>
  )
}

function OwnDays(props: { days: readonly string[]; readOnly: boolean; onChange(days: string[]): void }) {
  const { t, f } = useVoice()
  const [day, setDay] = useState('')
  const add = () => {
    if (day !== '' && !props.days.includes(day)) props.onChange([...props.days, day].toSorted())
    setDay('')
  }
  return (
    <div className="field">
      <span className="lab">{t('setting.work-time.holidays')}</span>
      {props.days.length > 0 && (
        <ul className="own-days">
          {props.days.map(one => (
            <li key={one}>
              {f.day(Date.parse(`${one}T12:00:00`))}
              {!props.readOnly && (
                <Button
                  size="sm"
                  variant="quiet"
                  icon="x"
                  iconOnly
                  onClick={() => props.onChange(props.days.filter(d => d !== one))}
                >
                  {t('hours.removeDay', { day: one })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!props.readOnly && (
        <span className="add-day">
          <input
            type="date"
            className="in"
            aria-label={t('hours.dayOff')}
            value={day}
            onChange={event => setDay(event.target.value)}
          />
          <Button size="sm" onClick={add} disabled={day === ''}>
            {t('hours.addDay')}
          </Button>
        </span>
      )}
    </div>
  )
}
