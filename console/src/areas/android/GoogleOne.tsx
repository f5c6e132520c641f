import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import '../../kit/css/roster.css'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button, ButtonAnchor, ButtonLink } from '../../kit/Button.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { sayTrouble } from '../roster/words.ts'
import { type GoogleProgram, googleQuery, googleTones } from './google.ts'
import { Disconnect, ReplaceKey } from './GoogleDialogs.tsx'
import { GoogleNotices } from './GoogleNotices.tsx'
import { GoogleSettingsForm } from './GoogleSettingsForm.tsx'
import { GoogleTokens } from './GoogleTokens.tsx'

/** One program at Google: how it stands, what to do next, and everything that can be set. */
export function GoogleOne({ id }: { id: string }) {
  const { t } = useVoice()
  const can = useCan()
  const one = useQuery({ ...googleQuery(id), enabled: can('roster:read') })
  const [asking, setAsking] = useState<'key' | 'leave' | null>(null)
  const { data } = one
  if (!data)
    return (
      <div className="pad">
        {one.error ? <ProblemNote error={one.error} /> : can('roster:read') && <Bones label={t('kit.loading')} />}
        {can('invitations:read') && <GoogleTokens program={id} />}
      </div>
    )
  const mine = can('roster:write') && data.standing !== 'closing'
  return (
    <>
      <div className="pad">
        <section className="program" aria-labelledby={`g-${id}`}>
          <div className="program-head">
            <h2 id={`g-${id}`} lang={langOf(data.program.name)} data-name>
              {data.program.name}
            </h2>
            {mine && (
              <span className="acts">
                <ActionMenu
                  small
                  label={t('programs.menu', { name: data.program.name })}
                  lines={[
                    { key: 'key', icon: 'key', label: t('google.replaceKey'), onClick: () => setAsking('key') },
                    {
                      key: 'leave',
                      icon: 'x',
                      label: t('google.disconnect'),
                      apart: true,
                      onClick: () => setAsking('leave'),
                    },
                  ]}
                />
              </span>
            )}
          </div>
          <GoogleStandingLine one={data} mine={mine} />
          <Facts
            plain
            lines={[
              { key: 'enterprise', label: t('google.enterprise'), value: data.enterprise ?? '–', mono: true },
              { key: 'project', label: t('google.project'), value: data.project, mono: true },
              {
                key: 'account',
                label: t('google.account'),
                value: <span data-name>{data.program.account ?? '–'}</span>,
                mono: true,
              },
            ]}
          />
        </section>
      </div>
      {data.enterprise !== null && <Check one={data} mine={mine} />}
      <GoogleNotices one={data} mine={mine} />
      {can('invitations:read') && data.enterprise !== null && <GoogleTokens program={id} />}
      {mine && <GoogleSettingsForm one={data} />}
      {asking === 'key' && <ReplaceKey one={data} onClose={() => setAsking(null)} />}
      {asking === 'leave' && <Disconnect one={data} onClose={() => setAsking(null)} />}
    </>
  )
}

/** The one sentence of how it stands, and the one thing to do next. */
function GoogleStandingLine({ one, mine }: { one: GoogleProgram; mine: boolean }): ReactNode {
  const voice = useVoice()
  const { t, f } = voice
  const { standing, program, signUpUrl, signUpEndsAt, waitUntil } = one
  const trouble = program.problem && standing !== 'live' ? sayTrouble(voice, program.problem) : null
  return (
    <div className="program-standing" aria-live="polite">
      <Sentence tone={googleTones[standing]}>
        <b>{t(`google.state.${standing}`)}</b>{' '}
        {trouble ? `${trouble.what} ${trouble.next}` : t(`google.next.${standing}`)}{' '}
        {standing === 'slowed' && waitUntil !== null && t('google.until', { when: f.dateTime(waitUntil) })}
      </Sentence>
      {program.problem?.text && standing !== 'live' && (
        <p className="small muted">
          {t('programs.vendorSaid')}{' '}
          <span className="mono" lang="en">
            {program.problem.text}
          </span>
        </p>
      )}
      {signUpUrl !== null && mine && (
        <div className="acts-line">
          <ButtonAnchor href={signUpUrl} variant="primary" rel="noreferrer">
            {t('google.signUp')}
          </ButtonAnchor>
          {signUpEndsAt !== null && (
            <span className="small muted">{t('google.signUpUntil', { when: f.dateTime(signUpEndsAt) })}</span>
          )}
        </div>
      )}
      {standing === 'live' && (
        <div className="acts-line">
          <ButtonLink to="/enrollment" icon="qr" size="sm">
            {t('enroll.title')}
          </ButtonLink>
        </div>
      )}
    </div>
  )
}

function Check({ one, mine }: { one: GoogleProgram; mine: boolean }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: () => call('POST', `/programs/android/${one.program.id}/check`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['programs', 'google', one.program.id] }),
  })
  const { check, checking, listedAt } = one
  return (
    <Section
      id={`check-${one.program.id}`}
      title={t('google.check')}
      by={listedAt === null ? null : f.dateTime(listedAt)}
    >
      <div className="stack narrow">
        <p className="hint">{t('google.checkText')}</p>
        <p role="status">
          {checking
            ? t('google.checking', { n: check?.state === 'done' ? 0 : (check?.devices ?? 0) })
            : check === null
              ? t('google.unchecked')
              : t('google.checked', { n: check.devices })}
        </p>
        {check !== null && !checking && check.left > 0 && <p>{t('google.checkLeft', { n: check.left })}</p>}
        {check !== null && !checking && check.tokens > 0 && <p>{t('google.checkTokens', { n: check.tokens })}</p>}
        {check !== null && !checking && check.strays > 0 && (
          <Note tone="attention">
            <p>{t('google.checkStrays', { n: check.strays })}</p>
          </Note>
        )}
        <ProblemNote error={ask.error} />
        {mine && (
          <div>
            <Button icon="refresh" busy={ask.isPending || checking} onClick={() => ask.mutate()}>
              {t('google.checkNow')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}
