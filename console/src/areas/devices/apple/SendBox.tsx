import type { ReactNode } from 'react'
import type { Device } from '../../../contract.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { sayAvailability } from '../../../kit/catalog-form/words.ts'
import { Button } from '../../../kit/Button.tsx'
import { TextField } from '../../../kit/Field.tsx'
import { ProblemNote, problemOf } from '../../../kit/Problem.tsx'
import { Section } from '../../../kit/Page.tsx'
import { unavailableReasons } from '@muster/wire/apple/catalog/available.ts'

/** Below the keys: the reason, the button, and what the server said. */
export function SendBox(props: {
  device: Device
  /** What stands against sending it, or how much is wrong. */
  standing: string | null
  blocked: boolean
  reason: string
  onReason(reason: string): void
  busy: boolean
  error: unknown
  onSend(): void
  children?: ReactNode
}) {
  const { t } = useVoice()
  return (
    <Section id="apple-send" title={t('apple.sending')}>
      <form
        className="pad apple-send"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          if (!props.blocked && !props.busy) props.onSend()
        }}
      >
        {props.children}
        <TextField
          label={t('order.reason')}
          hint={t('order.reasonHint')}
          value={props.reason}
          maxLength={500}
          onChange={event => props.onReason(event.target.value)}
        />
        <ProblemNote error={props.error} />
        <Refused error={props.error} />
        <div className="cf-bar">
          <Button type="submit" variant="primary" disabled={props.blocked} busy={props.busy}>
            {t('apple.send', { name: props.device.name })}
          </Button>
          <span className="small muted" role="status">
            {props.standing}
          </span>
        </div>
      </form>
    </Section>
  )
}

/** Why the device cannot take it, as the server knows better than the page. */
function Refused({ error }: { error: unknown }) {
  const voice = useVoice()
  if (!error) return null
  const { code, facts } = problemOf(error)
  if (code !== 'command.raw-unavailable') return null
  const reason = unavailableReasons.find(one => one === facts?.['reason'])
  if (!reason) return null
  const said = Object.fromEntries(Object.entries(facts ?? {}).map(([key, value]) => [key, String(value)]))
  return <p className="small">{sayAvailability(voice, { can: 'no', reason, facts: said })}</p>
}
