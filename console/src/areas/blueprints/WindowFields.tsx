import type { Window } from '../../contract/blueprints.ts'
import { useVoice } from '../../i18n/index.tsx'
import { TextField } from '../../kit/Field.tsx'
import { Icon } from '../../kit/Icon.tsx'

/** From when until when, in the reader's own zone. */
export function WindowFields(props: { window: Window; onChange(window: Window): void }) {
  const { t } = useVoice()
  const { window } = props
  const set = (name: 'from' | 'until', text: string) => {
    const at = Date.parse(text)
    props.onChange({ ...window, [name]: Number.isNaN(at) ? null : at })
  }
  return (
    <details className="rest conditions" open={Boolean(window.from ?? window.until)}>
      <summary>
        <Icon name="right" />
        {t('assignment.window')}
      </summary>
      <div className="pair window-pair">
        <TextField
          label={t('assignment.from')}
          type="datetime-local"
          value={local(window.from)}
          onChange={event => set('from', event.target.value)}
        />
        <TextField
          label={t('assignment.until')}
          hint={t('assignment.untilHint')}
          type="datetime-local"
          value={local(window.until)}
          onChange={event => set('until', event.target.value)}
        />
      </div>
    </details>
  )
}

/** An instant as the input wants it: the reader's own clock. */
function local(at: number | null): string {
  if (!at) return ''
  const zone = new Date(at).getTimezoneOffset() * 60_000
  return new Date(at - zone).toISOString().slice(0, 16)
}
