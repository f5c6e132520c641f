import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { AlertPage as Shown } from '../../contract/alerts.ts'
import { useVoice } from '../../i18n/index.tsx'
import { partsOfAddress } from '../../kit/address.ts'
import { ButtonLink } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { AppDevices } from '../apps/AppDevices.tsx'
import { DeviceSentence } from '../devices/DeviceSentence.tsx'
import { deviceQuery } from '../devices/queries.ts'
import { AlertActions } from './AlertActions.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { AlertState } from './columns.tsx'
import { alertQuery } from './query.ts'
import { typeWord } from './typeWord.ts'
import { actOf, nextOf, severities, titleOf } from './words.ts'

/** One alert: what it is, what to do next, how the device is, and what became of it. */
export function AlertPage() {
  const voice = useVoice()
  const { t } = voice
  const { alert: id = '' } = useParams({ strict: false }) as { alert?: string }
  const alert = useQuery(alertQuery(id))
  const crumbs = [
    { label: t('nav.activity'), to: '/activity' },
    { label: t('alerts.title'), to: '/alerts' },
  ]
  if (!alert.data)
    return (
      <>
        <PageHead title={t('alerts.title')} crumbs={crumbs} />
        <div className="pad">
          {alert.error ? <ProblemNote error={alert.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  const { data } = alert
  return (
    <>
      <PageHead
        title={titleOf(voice, data)}
        crumbs={[...crumbs, { label: typeWord(voice, data.type) }]}
        lede={<AlertSentence alert={data} />}
      >
        <AlertActions alert={data} />
      </PageHead>
      <div className="cols">
        <div>
          <Next alert={data} />
          {data.type === 'app-failed' && data.about && <AppDevices app={data.about.id} only="failed" />}
          <AlertHistory alert={data} />
        </div>
        <About alert={data} />
      </div>
    </>
  )
}

function AlertSentence({ alert }: { alert: Shown }) {
  const { t, f, rich } = useVoice()
  const now = useNow(60_000)
  const { tone, icon, label } = severities[alert.severity]
  const bold = { b: (inside: React.ReactNode) => <b>{inside}</b> }
  if (alert.state === 'resolved')
    return (
      <Sentence tone="ok">
        {rich(
          'alerts.sentence.resolved',
          {
            how: alert.resolvedHow === 'settled' ? 'settled' : 'hand',
            when: alert.resolvedAt === null ? '' : f.relative(alert.resolvedAt, now),
          },
          bold,
        )}
      </Sentence>
    )
  const values = { severity: t(label), age: f.age(now - alert.openedAt), times: alert.times }
  return (
    <Sentence tone={tone} icon={icon}>
      {rich(`alerts.sentence.${alert.state}`, values, bold)}
    </Sentence>
  )
}

function Next({ alert }: { alert: Shown }) {
  const voice = useVoice()
  const { t, f } = voice
  const now = useNow(60_000)
  const act = actOf(alert)
  const next = nextOf(voice, alert.type)
  return (
    <Section id="next" title={t('alerts.next')}>
      <Note
        tone={alert.state === 'resolved' ? 'none' : 'info'}
        icon="arrow"
        acts={
          act && (
            <ButtonLink
              {...partsOfAddress(act.to)}
              size="sm"
              variant={alert.state === 'resolved' ? 'default' : 'primary'}
              icon={act.icon}
            >
              {t(act.label)}
            </ButtonLink>
          )
        }
      >
        <p>{next}</p>
        {alert.person.toldAt !== null && (
          <p className="small muted">{t('alerts.askedAt', { when: f.relative(alert.person.toldAt, now) })}</p>
        )}
      </Note>
    </Section>
  )
}

function About({ alert }: { alert: Shown }) {
  const voice = useVoice()
  const { t } = voice
  const dash = <span className="muted">–</span>
  const { device, user } = alert
  return (
    <aside className="alert-about">
      <div className="sec">
        {device && <DeviceNow id={device.id} />}
        <Facts
          plain
          lines={[
            { key: 'state', label: t('alerts.col.state'), value: <AlertState alert={alert} voice={voice} /> },
            { key: 'assignee', label: t('alerts.col.assignee'), value: alert.assignee?.name ?? t('alerts.nobody') },
            {
              key: 'device',
              label: t('device.col.name'),
              value: device ? (
                <Link to="/devices/$device" params={{ device: device.id }} lang={langOf(device.name)}>
                  {device.name}
                </Link>
              ) : (
                dash
              ),
            },
            {
              key: 'user',
              label: t('device.col.user'),
              value: user ? (
                <Link to="/people/$user" params={{ user: user.id }} lang={langOf(user.name)}>
                  {user.name}
                </Link>
              ) : (
                dash
              ),
            },
            { key: 'unit', label: t('device.col.unit'), value: alert.unit.name || dash },
          ]}
        />
      </div>
    </aside>
  )
}

/** How the device is at this moment, in its own sentence. */
function DeviceNow({ id }: { id: string }) {
  const can = useCan()
  const device = useQuery({ ...deviceQuery(id), enabled: can('devices:read') })
  return device.data ? <DeviceSentence device={device.data} /> : null
}
