import type { Program } from '../../contract/roster.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Sentence } from '../../kit/State.tsx'
import { programTones, sayTrouble } from './words.ts'

/** The one sentence of a program, and what a person can do about it. */
export function Standing(props: { program: Program; renew: string; onRenew: (() => void) | null }) {
  const voice = useVoice()
  const { t, f } = voice
  const { program } = props
  const now = useNow()
  const trouble = program.problem && sayTrouble(voice, program.problem)
  const renewable = ['refused', 'expired'].includes(program.state) && program.problem?.code !== 'clock'
  return (
    <div className="program-standing" aria-live="polite">
      <Sentence tone={programTones[program.state]}>
        <b>{t(`programs.state.${program.state}`)}</b>{' '}
        {trouble && (
          <>
            {trouble.what} {trouble.next}{' '}
          </>
        )}
        {program.syncedAt !== null && t('programs.synced', { when: f.relative(program.syncedAt, now) })}
      </Sentence>
      {program.problem?.text && (
        <p className="small muted">
          {t('programs.vendorSaid')}{' '}
          <span className="mono" lang="en">
            {program.problem.text}
          </span>
        </p>
      )}
      {renewable && props.onRenew && (
        <Button variant="primary" size="sm" onClick={props.onRenew}>
          {props.renew}
        </Button>
      )}
    </div>
  )
}
