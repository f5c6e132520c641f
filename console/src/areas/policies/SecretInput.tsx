import { useState } from 'react'
import type { Json } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { valuesOf } from './draft.ts'

/** A secret: written, never read back. What is set shows only that it is, and can be replaced. */
export function SecretInput(props: {
  name: string
  value: Json | undefined
  editable: boolean
  onChange(value: Json | undefined): void
}) {
  const { t } = useVoice()
  const form = valuesOf(props.value)
  const [again, setAgain] = useState(false)
  const kept = typeof form['$secret'] === 'string'
  const version = typeof form['version'] === 'number' ? form['version'] : null
  if (kept && !again) {
    return (
      <span className="secret-set">
        <Icon name="lock" />
        <span>{version === null ? t('secret.set') : t('secret.setVersion', { version })}</span>
        {props.editable && (
          <Button size="sm" onClick={() => setAgain(true)}>
            {t('secret.replace')}
          </Button>
        )}
      </span>
    )
  }
  const typed = typeof form['$newSecret'] === 'string' ? form['$newSecret'] : ''
  return (
    <span className="secret-in">
      <input
        className="in ctl"
        type="password"
        autoComplete="new-password"
        aria-label={props.name}
        disabled={!props.editable}
        placeholder={t('secret.type')}
        value={typed}
        onChange={event => props.onChange(event.target.value === '' ? undefined : { $newSecret: event.target.value })}
      />
      <span className="small muted">{t('secret.hint')}</span>
    </span>
  )
}
