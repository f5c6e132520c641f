import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Section } from '../../kit/Page.tsx'
import { steps } from './steps.ts'

/** Every step of the assistant by its name, to be left out or shown. */
export function SkippedSteps({ skip, onChange }: { skip: readonly string[]; onChange(skip: string[]): void }) {
  const { t, locale } = useVoice()
  const chosen = new Set(skip)
  const named = steps
    .map(({ step, on }) => ({ step, on, name: t(`step.${step}`) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale))
  const toggle = (step: string, on: boolean) =>
    onChange(steps.map(s => s.step).filter(s => (s === step ? on : chosen.has(s))))
  return (
    <Section
      id="steps"
      title={t('setups.steps')}
      by={
        <>
          <Button size="sm" onClick={() => onChange(steps.map(s => s.step))}>
            {t('setups.skipAll')}
          </Button>{' '}
          <Button size="sm" onClick={() => onChange([])}>
            {t('setups.skipNone')}
          </Button>
        </>
      }
    >
      <p className="small muted">{t('setups.stepsHint')}</p>
      <ul className="setup-steps">
        {named.map(({ step, on, name }) => (
          <li key={step}>
            <label className="ck">
              <input
                type="checkbox"
                className="box"
                checked={chosen.has(step)}
                onChange={event => toggle(step, event.target.checked)}
              />
              <span>{name}</span>
            </label>
            <span className="small muted" lang="en">
              {on}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
