import { useQuery } from '@tanstack/react-query'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { sayInstant } from './ChangeList.tsx'
import { comingQuery } from './queries.ts'

/** That people are to move, above their list: how many, when, and the way to the plan. */
export function ComingNote() {
  const voice = useVoice()
  const { t, rich } = voice
  const can = useCan()
  const coming = useQuery({ ...comingQuery, enabled: can('changes:read') })
  const [next] = (coming.data?.items ?? [])
    .filter(change => change.at !== null && (change.state === 'planned' || change.state === 'draft'))
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  if (!next) return null
  return (
    <div className="coming">
      <Note
        tone="pending"
        acts={
          <ButtonLink size="sm" to="/people/changes/$change" params={{ change: next.id }}>
            {t('coming.open')}
          </ButtonLink>
        }
      >
        <p>
          {rich('coming.text', {
            n: next.moves,
            when: sayInstant(voice, next),
            approved: next.state === 'planned' ? 'yes' : 'no',
          })}
        </p>
      </Note>
    </div>
  )
}
