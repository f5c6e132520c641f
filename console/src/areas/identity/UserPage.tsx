import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { get } from '../../api.ts'
import type { User } from '../../contract.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { Facts } from '../../kit/Facts.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** A user with their devices, as the API answers it. */
type UserWithDevices = Omit<User, 'devices'> & { devices: number | { id: string; name: string }[] }

/** Someone who uses devices, and which. */
export function UserPage() {
  const { t } = useVoice()
  const { user: id = '' } = useParams({ strict: false }) as { user?: string }
  const user = useQuery({
    queryKey: ['users', id],
    queryFn: ({ signal }) => get<UserWithDevices>(`/users/${id}`, {}, signal),
  })
  const { data } = user
  const crumbs = [{ label: t('nav.people'), to: '/people' }, { label: data?.displayName ?? '' }]
  if (!data) {
    return (
      <>
        <PageHead title={t('nav.people')} crumbs={crumbs} />
        <div className="pad">
          {user.error ? <ProblemNote error={user.error} /> : <Bones label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  const devices = Array.isArray(data.devices) ? data.devices : []
  return (
    <>
      <PageHead
        title={data.displayName}
        crumbs={crumbs}
        heading={<h1 lang={langOf(data.displayName)}>{data.displayName}</h1>}
        lede={data.unit.path}
      />
      <Section id="who" title={t('people.about')}>
        <div className="narrow">
          <Facts
            plain
            lines={[
              { key: 'email', label: t('signIn.email'), value: data.email ?? '–' },
              { key: 'unit', label: t('device.col.unit'), value: data.unit.path },
              {
                key: 'language',
                label: t('account.language'),
                value: languages.find(language => language.id === data.language)?.name ?? data.language ?? '–',
              },
              { key: 'number', label: t('people.number'), value: data.employeeNumber ?? '–', mono: true },
            ]}
          />
        </div>
      </Section>
      <Section id="devices" title={t('nav.devices')}>
        {devices.length === 0 ? (
          <Empty title={t('people.noDevices')}>{t('people.noDevicesText')}</Empty>
        ) : (
          <ul className="lines">
            {devices.map(device => (
              <li key={device.id}>
                <Link to="/devices/$device" params={{ device: device.id }}>
                  {device.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}
