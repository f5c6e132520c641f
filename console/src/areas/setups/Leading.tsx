import { useVoice } from '../../i18n/index.tsx'
import { Note } from '../../kit/State.tsx'

/** How far Apple leads devices here, by one program. */
export interface Lead {
  program: string
  name: string
  state: 'told' | 'refused' | 'waits'
  at: number | null
  problem: string | null
}

const tones = { told: 'ok', refused: 'danger', waits: 'pending' } as const

/** What Apple was told of where devices find this server whose own domain answers nothing, and what it said to that. */
export function Leading({ led, leading }: { led: boolean; leading: readonly Lead[] }) {
  const { t, f, has } = useVoice()
  if (!led && leading.length === 0) return null
  if (leading.length === 0)
    return (
      <Note tone="attention">
        <p>{t('door.ledNobody')}</p>
      </Note>
    )
  return leading.map(({ program, name, state, at, problem }) => {
    const why = `door.leadingProblem.${problem}`
    return (
      <Note key={program} tone={tones[state]} role="status">
        <p>
          {t(`door.leading.${state}`, { name, time: at === null ? '' : f.dateTime(at) })}
          {problem !== null && <> {has(why) ? t(why) : <span lang="en">{problem}</span>}</>}
        </p>
        {state === 'told' && <p>{t('door.ledText')}</p>}
      </Note>
    )
  })
}
