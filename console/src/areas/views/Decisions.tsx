import { Link } from '@tanstack/react-router'
import type { Decision } from '../../contract.ts'
import { type Key, useVoice, type Voice } from '../../i18n/index.tsx'
import type { Values } from '../../i18n/messages.ts'
import { partsOfAddress } from '../../kit/address.ts'
import { ButtonLink } from '../../kit/Button.tsx'
import type { IconName } from '../../kit/Icon.tsx'
import { State, toneOf } from '../../kit/State.tsx'
import { typeWord } from '../alerts/typeWord.ts'
import { lapseWord, purposeWord } from '../certificates/words.ts'

/** Whether a decision is for today: it is dangerous, or due within a day. */
export function isNow(decision: Pick<Decision, 'tone' | 'due'>, now: number, dayMs: number): boolean {
  return decision.tone === 'danger' || (decision.due !== null && decision.due - now < dayMs)
}

const icons: readonly [string, IconName][] = [
  ['push', 'cert'],
  ['certificate', 'cert'],
  ['devices-lost', 'flag'],
  ['device', 'silent'],
  ['command', 'send'],
  ['polic', 'policies'],
  ['rollout', 'paused'],
  ['change', 'move'],
  ['declarations', 'silent'],
  ['enroll', 'pending'],
  ['invitation', 'pending'],
  ['setup', 'flag'],
  ['guard', 'paused'],
  ['intent', 'held'],
  ['alerts', 'bell'],
]

const iconOf = (code: string): IconName => icons.find(([start]) => code.startsWith(start))?.[1] ?? 'attention'

/** The short list of things that need a decision, each with its one action. */
export function Decisions({ decisions, now }: { decisions: Decision[]; now: number }) {
  const { t } = useVoice()
  const day = 86_400_000
  const urgent = decisions.filter(decision => isNow(decision, now, day))
  const later = decisions.filter(decision => !isNow(decision, now, day))
  return (
    <section aria-labelledby="due">
      <h2 className="vh" id="due">
        {t('home.due')}
      </h2>
      {decisions.length === 0 && (
        <div className="due-none">
          <State tone="ok">{t('home.nothingDue')}</State>
        </div>
      )}
      <Group title="home.now" decisions={urgent} now={now} primary />
      <Group title="home.later" decisions={later} now={now} />
    </section>
  )
}

function Group(props: { title: Key; decisions: Decision[]; now: number; primary?: boolean }) {
  const { t, f } = useVoice()
  if (props.decisions.length === 0) return null
  return (
    <>
      <h3 className="grp-head">
        {t(props.title)} <span>{f.number(props.decisions.length)}</span>
      </h3>
      <ul>
        {props.decisions.map((decision, at) => (
          <Line
            key={`${decision.code}${decision.link}`}
            decision={decision}
            now={props.now}
            primary={props.primary === true && at === 0}
          />
        ))}
      </ul>
    </>
  )
}

function Line({ decision, now, primary }: { decision: Decision; now: number; primary: boolean }) {
  const voice = useVoice()
  const { t, f, has, tell } = voice
  const values = valuesOf(voice, decision, now)
  const say = (part: string) => {
    const key = `decision.${decision.code}.${part}`
    return has(key) ? tell(key, values) : null
  }
  const title = say('title') ?? decision.code
  const action = say('action') ?? t('home.open')
  const since = decision.since ?? decision.due
  return (
    <li className="due">
      <span className="due-state">
        <State tone={toneOf(decision.tone)} icon={iconOf(decision.code)}>
          {say('word') ?? t(`tone.${decision.tone}`)}
        </State>
        <span className="small muted">
          {decision.due !== null && decision.due > now
            ? t('home.dueBy', { date: f.date(decision.due, now) })
            : since !== null
              ? t('home.since', { age: f.relative(since, now) })
              : ''}
        </span>
      </span>
      <div className="due-what">
        <h4>
          {decision.link ? (
            <Link className="plain" {...partsOfAddress(decision.link)}>
              {title}
            </Link>
          ) : (
            title
          )}
        </h4>
        <p>
          {decision.facts['named'] === 'yes' && (
            <b data-name>{[decision.facts['unit'], decision.facts['owner']].filter(Boolean).join(' · ')}</b>
          )}{' '}
          {say('text')}
        </p>
      </div>
      <span className="acts">
        {decision.link && (
          <ButtonLink
            {...partsOfAddress(decision.link)}
            size="sm"
            variant={primary ? 'primary' : 'default'}
            aria-label={`${action}: ${title}`}
          >
            {action}
          </ButtonLink>
        )}
      </span>
    </li>
  )
}

/** The facts of a decision as its sentences need them: credentials by their words, time left as a span. */
function valuesOf(voice: Voice, decision: Decision, now: number): Values {
  const { facts, due } = decision
  const breaks =
    typeof facts['breaks'] === 'string'
      ? {
          code: facts['breaks'],
          devices: Number(facts['devices'] ?? 0),
          promised: Number(facts['promised'] ?? 0),
          licenses: Number(facts['licenses'] ?? 0),
        }
      : null
  return {
    ...(facts as Values),
    what:
      decision.code === 'alerts'
        ? typeWord(voice, String(facts['type'] ?? ''))
        : typeof facts['purpose'] === 'string'
          ? purposeWord(voice, facts['purpose'])
          : '',
    lapse: lapseWord(voice, breaks) ?? '',
    left: due === null ? '' : voice.f.age(Math.max(0, due - now)),
  }
}
