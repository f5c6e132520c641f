import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { crosses, weekdays, type Window } from './week.ts'
import { dayNames, sayDays } from './words.ts'

/** The same windows as a list: days to tick, and two times. */
export function WindowList(props: {
  windows: readonly Window[]
  readOnly: boolean
  onChange(windows: Window[]): void
}) {
  const voice = useVoice()
  const { t } = voice
  const { windows, readOnly } = props
  const put = (at: number, part: Partial<Window>) =>
    props.onChange(windows.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <>
      {windows.length === 0 && <p className="soft">{t('hours.noWindows')}</p>}
      <ol className="windows">
        {windows.map((window, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a window is nothing but what it says, and that changes while it is written
          <li key={at}>
            <fieldset disabled={readOnly}>
              <legend className="vh">
                {t('hours.windowOf', { days: sayDays(voice, window.days), from: window.from, to: window.to })}
              </legend>
              <Days days={window.days} onChange={days => put(at, { days })} />
              <span className="times">
                <input
                  type="time"
                  className="in"
                  aria-label={t('hours.from')}
                  value={window.from}
                  onChange={event => put(at, { from: event.target.value })}
                />
                <span aria-hidden="true">–</span>
                <input
                  type="time"
                  className="in"
                  aria-label={t('hours.to')}
                  value={window.to === '24:00' ? '00:00' : window.to}
                  // Midnight at the end of a day is the end of the day, not the whole of the next.
                  onChange={event => put(at, { to: event.target.value === '00:00' ? '24:00' : event.target.value })}
                />
                {crosses(window) && <span className="small muted">{t('hours.nextDay')}</span>}
              </span>
              {!readOnly && (
                <Button
                  size="sm"
                  variant="quiet"
                  icon="x"
                  iconOnly
                  onClick={() => props.onChange(windows.filter((_, i) => i !== at))}
                >
                  {t('hours.removeWindow', { days: sayDays(voice, window.days), from: window.from, to: window.to })}
                </Button>
              )}
            </fieldset>
          </li>
        ))}
      </ol>
      {!readOnly && (
        <Button
          size="sm"
          icon="plus"
          onClick={() =>
            props.onChange([...windows, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }])
          }
        >
          {t('hours.addWindow')}
        </Button>
      )}
    </>
  )
}

function Days({ days, onChange }: { days: readonly Window['days'][number][]; onChange(days: Window['days']): void }) {
  const voice = useVoice()
  const [long, short] = [dayNames(voice, 'long'), dayNames(voice, 'short')]
  return (
    <span className="day-ticks">
      {weekdays.map((day, at) => (
        <label key={day} title={long[at]}>
          <input
            type="checkbox"
            aria-label={long[at]}
            checked={days.includes(day)}
            onChange={event =>
              onChange(weekdays.filter(one => (one === day ? event.target.checked : days.includes(one))))
            }
          />
          <span aria-hidden="true">{short[at]}</span>
        </label>
      ))}
    </span>
  )
}
