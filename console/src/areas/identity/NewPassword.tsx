import { useVoice } from '../../i18n/index.tsx'
import { TextField } from '../../kit/Field.tsx'
import { State } from '../../kit/State.tsx'
import { leastLength, strengthOf } from './password.ts'

/** Asks for a new password and says at once whether it is long enough. */
export function NewPassword(props: {
  label: string
  value: string
  onChange(value: string): void
  error?: string | null
}) {
  const { t } = useVoice()
  const strength = strengthOf(props.value)
  return (
    <div>
      <TextField
        label={props.label}
        type="password"
        value={props.value}
        onChange={event => props.onChange(event.target.value)}
        autoComplete="new-password"
        hint={t('password.hint', { n: leastLength })}
        error={props.error}
        required
      />
      {props.value !== '' && (
        <p className="small password-word" role="status">
          <State tone={{ short: 'attention', fair: 'ok', good: 'ok' }[strength] as 'ok'}>
            {t(`password.${strength}`)}
          </State>
        </p>
      )}
    </div>
  )
}
