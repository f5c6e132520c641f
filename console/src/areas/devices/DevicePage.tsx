import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ButtonLink } from '../../kit/Button.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { type TabLine, Tabs } from '../../kit/Tabs.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { DeviceAlerts } from '../alerts/DeviceAlerts.tsx'
import { DeviceCompliance } from '../compliance/DeviceCompliance.tsx'
import { DeviceActions } from './DeviceActions.tsx'
import { DeviceSetup } from '../setups/DeviceSetup.tsx'
import { HeldForDevice } from '../guard/HeldForDevice.tsx'
import { DeviceSentence } from './DeviceSentence.tsx'
import { AndroidApps } from './AndroidApps.tsx'
import { AppsTab } from './AppsTab.tsx'
import { Overview } from './Overview.tsx'
import { PolicyTab } from './policy/PolicyTab.tsx'
import { deviceQuery } from './queries.ts'
import { RawTab } from './RawTab.tsx'
import { SecurityTab } from './SecurityTab.tsx'
import { TimelineTab } from './TimelineTab.tsx'
import { formIcon, kindNames, platformNames } from './words.ts'

/** One device: who it is, how it is in one sentence, what it can be told, and the panels. */
export function DevicePage() {
  const { t } = useVoice()
  const { device: id = '' } = useParams({ strict: false }) as { device?: string }
  const device = useQuery({ ...deviceQuery(id), refetchInterval: 60_000 })
  if (!device.data) {
    return (
      <>
        <PageHead title={t('nav.devices')} crumbs={[{ label: t('nav.devices'), to: '/devices' }]} />
        <div className="pad">
          {device.error ? <ProblemNote error={device.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return (
    <>
      <Head device={device.data} />
      <DeviceSetup device={device.data.id} />
      <HeldForDevice device={device.data.id} />
      <Panels device={device.data} />
    </>
  )
}

function Head({ device }: { device: Device }) {
  const { t } = useVoice()
  return (
    <PageHead
      title={device.name}
      crumbs={[{ label: t('nav.devices'), to: '/devices' }, { label: device.serial ?? device.name }]}
      heading={
        <div className="title">
          <Icon name={formIcon(device.formFactor)} size={20} />
          <h1 lang={langOf(device.name)}>{device.name}</h1>
          <span className="badge on">{t(`device.ownership.${device.ownership}`)}</span>
          {device.supervised && <span className="badge on">{t('device.supervised')}</span>}
          <DeviceAlerts device={device} />
          {device.tags.map(tag => (
            <span key={tag} className="badge">
              {tag}
            </span>
          ))}
        </div>
      }
      lede={
        <>
          <p className="owner">
            {device.user ? (
              <Link to="/people/$user" params={{ user: device.user.id }} lang={langOf(device.user.displayName)}>
                {device.user.displayName}
              </Link>
            ) : (
              <span className="muted">{t('device.noUser')}</span>
            )}
            <span className="sep" />
            <Icon name="unit" />
            {shortPath(device.unit.path)}
            <span className="sep" />
            {device.modelName ?? device.model ?? kindNames[device.platform]}, {platformNames[device.platform]}{' '}
            {device.osVersion}
          </p>
          <DeviceSentence device={device} />
        </>
      }
    >
      <ButtonLink icon="pending" to="/devices/$device/past" params={{ device: device.id }} search={{}}>
        {t('past.open')}
      </ButtonLink>
      <DeviceActions device={device} />
    </PageHead>
  )
}

function Panels({ device }: { device: Device }) {
  const { t } = useVoice()
  const can = useCan()
  const { tab = 'overview' } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const tabs: TabLine[] = [
    { id: 'overview', label: t('device.tab.overview'), panel: <Overview device={device} /> },
    ...(can('policies:read')
      ? [{ id: 'policy', label: t('device.tab.policy'), panel: <PolicyTab device={device} /> }]
      : []),
    ...(can('compliance:read')
      ? [{ id: 'compliance', label: t('compliance.title'), panel: <DeviceCompliance device={device} /> }]
      : []),
    { id: 'timeline', label: t('device.tab.timeline'), panel: <TimelineTab device={device} /> },
    { id: 'security', label: t('device.tab.security'), icon: 'lock', panel: <SecurityTab device={device} /> },
    {
      id: 'apps',
      label: t('device.tab.apps'),
      panel: device.platform === 'android' ? <AndroidApps device={device.id} /> : <AppsTab device={device.id} />,
    },
    { id: 'raw', label: t('device.tab.raw'), panel: <RawTab device={device} /> },
  ]
  return (
    <Tabs
      label={t('device.panels')}
      tabs={tabs}
      current={tab}
      onChange={next =>
        void navigate({
          to: '/devices/$device',
          params: { device: device.id },
          search: next === 'overview' ? {} : { tab: next },
          replace: true,
        })
      }
    />
  )
}
