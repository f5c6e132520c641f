import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import type { PortalLine } from '../../contract/portal.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Bones } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { actTones, linesOfActQuery } from './portal.ts'

/** What an act does, with the server and the day that it is about. */
export function sayAct({ t, f }: Voice, act: Pick<PortalLine, 'what' | 'deadline'>, server: string | null): string {
  const what = t(`portalAct.what.${act.what}`)
  const more = [server, act.deadline === null ? null : f.date(act.deadline)].filter(one => one !== null)
  return more.length === 0 ? what : `${what} (${more.join(', ')})`
}

/** How one device of an act stands, what the vendor said, and what to do next. */
export function LineState({ line }: { line: PortalLine }) {
  const voice = useVoice()
  const { t } = voice
  return (
    <span className="roster-wanted">
      <State tone={actTones[line.state]}>
        {sayAct(voice, line, line.server?.name ?? null)} · {t(`portalAct.state.${line.state}`)}
      </State>
      <Age at={line.endedAt ?? line.createdAt} focusable ago />
      {line.state === 'held' && line.intent && (
        <Link className="small" to="/activity/held/$intent" params={{ intent: line.intent }}>
          {t('portalAct.seeHeld')}
        </Link>
      )}
      {line.state === 'failed' && (
        <span className="small soft">
          {line.answer && (
            <span className="mono" lang="en">
              {line.answer}
            </span>
          )}{' '}
          {t('portalAct.failedNext')}
        </span>
      )}
      {line.state === 'declined' && <span className="small soft">{t(`portalAct.why.${whyOf(line)}`)}</span>}
    </span>
  )
}

function whyOf({ why }: PortalLine): 'denied' | 'canceled' | 'expired' | 'skipped' {
  return why === 'denied' || why === 'canceled' || why === 'expired' ? why : 'skipped'
}

/** Every device of one act. */
export function ActDevices({ program, act }: { program: string; act: string }) {
  const { t } = useVoice()
  const lines = useQuery(linesOfActQuery(program, act))
  return (
    <div className="pad">
      {lines.isPending && <Bones lines={2} label={t('kit.loading')} />}
      <ProblemNote error={lines.error} />
      <ul className="portal-lines">
        {(lines.data?.items ?? []).map(line => (
          <li key={line.serial}>
            <span className="mono" data-name>
              {line.serial}
            </span>
            <LineState line={line} />
          </li>
        ))}
      </ul>
    </div>
  )
}
