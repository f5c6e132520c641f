import type { Command } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { State } from '../../kit/State.tsx'
import { standingOf, standings } from './words.ts'

/** The state of a command as icon and word. */
export function CommandStanding({ command }: { command: Pick<Command, 'state'> & Partial<Command> }) {
  const { t } = useVoice()
  const { tone, icon, label } = standings[standingOf(command)]
  return (
    <State tone={tone} icon={icon} quiet>
      {t(label, { n: command.notNow?.count ?? 0 })}
    </State>
  )
}
