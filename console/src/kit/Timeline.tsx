import { Fragment, type ReactNode } from 'react'
import { useVoice } from '../i18n/index.tsx'
import { useNow } from './clock.ts'
import { Icon, type IconName } from './Icon.tsx'

/** One entry of a timeline. */
export interface TimelineLine {
  id: string
  at: number
  icon: IconName
  tone?: 'ok' | 'attention' | 'danger' | 'pending' | undefined
  text: ReactNode
  sub?: ReactNode
  who?: ReactNode
}

/** What happened, newest first, under the day it happened. */
export function Timeline({ lines, label }: { lines: TimelineLine[]; label: string }) {
  const { f, t } = useVoice()
  const now = useNow(60_000)
  const dayOf = (at: number) => new Date(at).toDateString()
  return (
    <ol className={lines.some(line => f.seconds(line.at).length > 8) ? 'tl half-days' : 'tl'} aria-label={label}>
      {lines.map((line, at) => {
        const before = lines[at - 1]
        const first = !before || dayOf(before.at) !== dayOf(line.at)
        const today = dayOf(line.at) === dayOf(now)
        return (
          <Fragment key={line.id}>
            {first && <li className="day">{today ? t('timeline.today', { day: f.day(line.at) }) : f.day(line.at)}</li>}
            <li className={line.tone ? `tl-${line.tone}` : undefined}>
              <time dateTime={new Date(line.at).toISOString()} data-full={f.exact(line.at)}>
                {f.seconds(line.at)}
              </time>
              <Icon name={line.icon} />
              <div className="tl-what">
                <p>{line.text}</p>
                {line.sub && <p className="sub">{line.sub}</p>}
              </div>
              <span className="who">{line.who}</span>
            </li>
          </Fragment>
        )
      })}
    </ol>
  )
}
