import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { GuardStanding } from '../../contract/guard.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { passkeysWork } from '../../kit/webauthn.ts'
import { useCan } from '../../session.tsx'
import { GuardLimits } from './GuardLimits.tsx'
import { sayCode } from './IntentPage.tsx'
import { Panic } from './Panic.tsx'
import { guardQuery, signAndSend } from './queries.ts'
import { type Stop, stopsOf } from './stops.tsx'
import '../../kit/css/guard.css'

/** Settings → Guard: what is stopped and how it is lifted, the limits and what they come to here, and the button that stops everything. */
export function GuardPage() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const now = useNow(60_000)
  const [asking, setAsking] = useState(false)
  const found = useQuery(guardQuery)
  const guard = found.data
  const stops = guard ? stopsOf(voice, guard, now) : []
  return (
    <>
      <PageHead
        title={t('guard.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('guard.title') }]}
        lede={guard && stops.length === 0 ? <Quiet guard={guard} /> : t('guard.lede')}
      >
        <ButtonLink to="/activity/held" icon="held">
          {t('held.title')}
        </ButtonLink>
        {can('guard:approve') && guard && !guard.frozen && (
          <Button variant="danger" icon="power" onClick={() => setAsking(true)}>
            {t('guard.panic')}
          </Button>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.isPending && <Bones lines={8} label={t('kit.loading')} />}
        {stops.map(stop => (
          <Stopped key={stop.lift} stop={stop} />
        ))}
      </div>
      {guard && (
        <>
          <GuardLimits guard={guard} />
          <Section id="approvers" title={t('approvers.title')}>
            <p className="soft">{t('approvers.lede')}</p>
            <p>
              <Link to="/settings/guard/approvers">{t('approvers.see')}</Link>
            </p>
          </Section>
          <Section id="spared" title={t('guard.spared')}>
            <p className="soft">{t('guard.sparedText', { n: guard.means.spared })}</p>
            <p>
              <Link to="/devices" search={{ filter: 'tag:never-wipe' }}>
                {t('guard.sparedSee')}
              </Link>
            </p>
          </Section>
          <Section id="panic" title={t('guard.panic')}>
            <p className="soft">{t('guard.panicText')}</p>
          </Section>
          <Section id="history" title={t('guard.history')}>
            <p>
              <Link to="/activity" search={{ filter: 'type:guard.*' }}>
                {t('guard.historySee')}
              </Link>
            </p>
          </Section>
        </>
      )}
      {asking && <Panic onClose={() => setAsking(false)} />}
    </>
  )
}

function Quiet({ guard }: { guard: GuardStanding }) {
  const { t } = useVoice()
  return (
    <Sentence tone="ok" icon="shield">
      <b>{t('guard.quiet')}</b> {t('guard.quietText', { left: guard.left.irreversible, day: guard.means.perDay })}
    </Sentence>
  )
}

function Stopped({ stop }: { stop: Stop }) {
  const voice = useVoice()
  const { t } = voice
  const client = useQueryClient()
  const lift = useMutation({
    mutationFn: () => signAndSend(`/guard/${stop.lift}-options`, `/guard/${stop.lift}`),
    onSuccess: () => client.invalidateQueries(),
  })
  const { allowed, reason } = stop.lifting
  return (
    <Note tone={stop.lift === 'unfreeze' || stop.lift === 'close-breaker' ? 'danger' : 'attention'} icon="paused">
      <p>
        <b>{stop.bold}</b> {stop.text}
      </p>
      {!allowed && reason !== null && <p>{t('guard.liftNot', { why: sayCode(voice, reason) })}</p>}
      <p className="small">{t('guard.liftLocal', { verb: stop.lift })}</p>
      {allowed && passkeysWork() && (
        <p>
          <Button variant="primary" icon="key" busy={lift.isPending} onClick={() => lift.mutate()}>
            {t(`guard.lift.${stop.lift}`)}
          </Button>
        </p>
      )}
      <ProblemNote error={lift.error} />
    </Note>
  )
}
