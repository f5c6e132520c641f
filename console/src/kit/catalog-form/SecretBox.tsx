import { useState } from 'react'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../Button.tsx'
import { Icon } from '../Icon.tsx'
import { type ControlProps, useHold } from './hold.ts'
import { tableOf } from './value.ts'

/** A secret: written, never read back. One that is kept can be replaced, or another one be chosen. */
export function SecretBox({ value, name, onChange }: ControlProps) {
  const { t } = useVoice()
  const { readOnly, secrets } = useHold()
  const [again, setAgain] = useState(false)
  const { $secret: kept, $newSecret: fresh } = tableOf(value)
  if (typeof kept === 'string' && !again) {
    const known = secrets.find(s => s.id === kept)
    return (
      <span className="cf-secret">
        <span className="s s-ok">
          <Icon name="lock" />
          {known ? t('form.secretNamed', { name: known.name }) : t('form.secretSet')}
        </span>
        {!readOnly && (
          <Button size="sm" onClick={() => setAgain(true)}>
            {t('form.replace')}
          </Button>
        )}
      </span>
    )
  }
  // A text in clear, from before or from a file, is shown as what it is so that it can be put right.
  const typed = typeof fresh === 'string' ? fresh : typeof value === 'string' ? value : ''
  return (
    <span className="cf-secret">
      <input
        className="in"
        type="password"
        autoComplete="new-password"
        aria-label={name}
        disabled={readOnly}
        placeholder={t('form.secretType')}
        value={typed}
        onChange={event => onChange(event.target.value === '' ? undefined : { $newSecret: event.target.value })}
      />
      {secrets.length > 0 && !readOnly && (
        <span className="pick cf-select">
          <select
            className="in"
            aria-label={t('form.secretChoose', { name })}
            value=""
            onChange={event => {
              setAgain(false)
              if (event.target.value) onChange({ $secret: event.target.value })
            }}
          >
            <option value="">{t('form.secretKept')}</option>
            {secrets.map(secret => (
              <option key={secret.id} value={secret.id}>
                {secret.name}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </span>
      )}
    </span>
  )
}
