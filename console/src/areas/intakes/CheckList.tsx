import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { State } from '../../kit/State.tsx'
import type { Check } from './queries.ts'
import { checkStates, checkWords } from './words.ts'

const rank = { red: 0, amber: 1, green: 2 } as const

/** What was looked at before the day, what is missing first, each with what to do and where. */
export function CheckList({ checks }: { checks: readonly Check[] }) {
  const voice = useVoice()
  const { t } = voice
  const sorted = checks.toSorted((a, b) => rank[a.state] - rank[b.state])
  return (
    <ul className="checks">
      {sorted.map(check => {
        const { title, text, next } = checkWords(voice, check)
        return (
          <li key={`${check.code} ${check.subject}`} className={`check ${check.state}`} data-check={check.code}>
            <State tone={checkStates[check.state].tone} icon={checkStates[check.state].icon}>
              {t(checkStates[check.state].label)}
            </State>
            <div className="check-body">
              <b>{title}</b>
              <p>{text}</p>
              {next && <p className="small soft">{next}</p>}
            </div>
            {check.link !== '' && check.state !== 'green' && (
              <ButtonLink to={check.link} size="sm">
                {t('batch.fix')}
              </ButtonLink>
            )}
          </li>
        )
      })}
    </ul>
  )
}
