import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { Section } from '../../kit/Page.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { AgentStanding } from './AgentStanding.tsx'
import { googleQuery, type GoogleStands } from './queries.ts'

const tones = { waiting: 'pending', given: 'pending', applied: 'ok' } as const

/** How an Android device stands, by whichever road it is managed. */
export function AndroidStanding({ device }: { device: string }) {
  const { data } = useQuery(googleQuery(device))
  if (!data) return null
  return data.standing === null ? <AgentStanding device={device} /> : <GoogleStanding data={data.standing} />
}

/** What Google's own agent does with the device: the policy it has, and in plain words what of it is not as it should be. */
function GoogleStanding({ data }: { data: GoogleStands }) {
  const { t, has, f } = useVoice()
  const { policy, wrong, orders, reportedAt, program, noticesCome } = data
  const fine = policy.state === 'applied' && wrong.length === 0
  return (
    <Section
      id="google"
      title={t('google.title')}
      by={reportedAt === null ? null : <Age at={reportedAt} ago focusable />}
    >
      <Sentence tone={wrong.length > 0 ? 'attention' : tones[policy.state]}>
        <b>
          {t(fine ? 'google.device.fine' : wrong.length > 0 ? 'google.device.wrong' : `google.device.${policy.state}`)}
        </b>{' '}
        {wrong.length > 0 && t('google.device.wrongCount', { n: wrong.length })}
      </Sentence>
      {!noticesCome && (
        <Note tone="attention">
          <p>{t('google.device.silent')}</p>
        </Note>
      )}
      {wrong.length > 0 && (
        <ul className="stack">
          {wrong.map(one => {
            const key = `explained.${one.code}`
            const next = `${key}.next`
            return (
              <li key={`${one.setting} ${one.package ?? ''} ${one.code}`}>
                <b>{has(key) ? t(key) : one.code}</b> {has(next) && t(next)}{' '}
                <span className="mono small soft" lang="en">
                  {[one.package ?? one.setting, one.detail].filter(Boolean).join(' · ')}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      <div className="three">
        <Facts
          plain
          lines={[
            {
              key: 'policy',
              label: t('google.device.policy'),
              value: (
                <>
                  <span lang="en">{policy.name}</span>, {t('google.device.version', { n: policy.version })}
                </>
              ),
              mono: true,
            },
          ]}
        />
        <Facts
          plain
          lines={[
            {
              key: 'applied',
              label: t('google.device.applied'),
              value:
                policy.applied === null ? (
                  '–'
                ) : (
                  <>
                    <span lang="en">{policy.applied.name}</span>,{' '}
                    {t('google.device.version', { n: policy.applied.version })}
                  </>
                ),
              mono: true,
            },
          ]}
        />
        <Facts
          plain
          lines={[
            {
              key: 'program',
              label: t('google.device.program'),
              value:
                program === null ? (
                  '–'
                ) : (
                  <Link to="/settings/android/google">
                    <span data-name>{program.name}</span>
                  </Link>
                ),
            },
          ]}
        />
      </div>
      {orders.length > 0 && (
        <ul className="stack">
          {orders.map(one => (
            <li key={one.command}>
              <span className="mono small" lang="en">
                {one.type}
              </span>{' '}
              {t(one.there ? 'google.device.there' : 'google.device.leaving', { when: f.dateTime(one.sentAt) })}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
