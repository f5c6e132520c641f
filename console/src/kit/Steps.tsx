import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import type { ToneName } from './State.tsx'

/** One step of a way with several: past, the present one, or still to come. */
export interface StepLine {
  id: string
  label: string
  when: 'past' | 'now' | 'ahead'
  tone: ToneName
  icon: IconName
  time?: ReactNode
  sub?: ReactNode
}

/** A way of steps drawn as nodes in a row; on a phone it stands upright. */
export function Steps(props: { label: string; steps: StepLine[]; children?: ReactNode }) {
  return (
    <section className="machine" aria-label={props.label}>
      <h2 className="vh">{props.label}</h2>
      <ol style={{ gridTemplateColumns: `repeat(${props.steps.length}, minmax(0, 1fr))` }}>
        {props.steps.map(step => (
          <li
            key={step.id}
            className={`st ${step.when} tone-${step.tone}`}
            aria-current={step.when === 'now' ? 'step' : undefined}
          >
            <span className="node">
              <Icon name={step.when === 'past' ? 'check' : step.icon} />
            </span>
            <h3>{step.label}</h3>
            <p className="mono">{step.time}</p>
            <p className="sub">{step.sub}</p>
          </li>
        ))}
      </ol>
      {props.children}
    </section>
  )
}
