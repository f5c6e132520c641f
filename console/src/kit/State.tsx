import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

/** The tones a state can have; `none` is grey: unknown or over. */
export type ToneName = 'ok' | 'attention' | 'danger' | 'info' | 'pending' | 'none'

const icons: Record<ToneName, IconName> = {
  ok: 'ok',
  attention: 'attention',
  danger: 'danger',
  info: 'info',
  pending: 'pending',
  none: 'unknown',
}

/** A tone as the API says it; `unknown` is drawn grey. */
export const toneOf = (tone: string): ToneName => (tone in icons ? (tone as ToneName) : 'none')

/** A state: icon and word in one colour, never colour alone. */
export function State(props: { tone: ToneName; icon?: IconName; quiet?: boolean; children: ReactNode }) {
  return (
    <span className={`s s-${props.tone}${props.quiet ? ' quietly' : ''}`}>
      <Icon name={props.icon ?? icons[props.tone]} />
      <span className="cut">{props.children}</span>
    </span>
  )
}

/** The one sentence that says how something is: icon, bold state, then why and what next. */
export function Sentence(props: { tone: ToneName; icon?: IconName; children: ReactNode }) {
  return (
    <p className={`sentence ${props.tone}`}>
      <Icon name={props.icon ?? icons[props.tone]} />
      <span>{props.children}</span>
    </p>
  )
}

/** Something true about this page that stays on it. */
export function Note(props: {
  tone: ToneName
  icon?: IconName
  acts?: ReactNode
  role?: 'alert' | 'status'
  children: ReactNode
}) {
  return (
    <div className={`note ${props.tone}`} {...(props.role ? { role: props.role } : {})}>
      <Icon name={props.icon ?? icons[props.tone]} />
      <div className="note-body">{props.children}</div>
      {props.acts && <span className="acts">{props.acts}</span>}
    </div>
  )
}
