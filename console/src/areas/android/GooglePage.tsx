import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useVoice } from '../../i18n/index.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { googleProgramsQuery } from './google.ts'
import { ConnectGoogle } from './ConnectGoogle.tsx'
import { GoogleApps } from './GoogleApps.tsx'
import { GoogleOne } from './GoogleOne.tsx'

/** The organization at Google's management interface: from the key of a service account to devices. */
export function GooglePage() {
  const { t } = useVoice()
  const can = useCan()
  const { back } = useSearch({ strict: false }) as { back?: string }
  const programs = useQuery(googleProgramsQuery)
  const rows = programs.data?.items ?? []
  return (
    <>
      <PageHead
        title={t('google.title')}
        crumbs={[
          { label: t('nav.settings'), to: '/settings' },
          { label: t('android.title'), to: '/settings/android' },
          { label: t('google.title') },
        ]}
        lede={t('google.lede')}
      />
      <div className="pad">
        {back === 'unknown' && (
          <Note tone="attention" role="status">
            <p>{t('google.backUnknown')}</p>
          </Note>
        )}
        {!programs.data &&
          (programs.error ? <ProblemNote error={programs.error} /> : <Bones label={t('kit.loading')} />)}
      </div>
      {programs.data && rows.length === 0 && (can('roster:write') ? <ConnectGoogle /> : <Nothing />)}
      {rows.map(({ id }) => (
        <GoogleOne key={id} id={id} />
      ))}
      {rows.some(one => one.live) && can('apps:write') && <GoogleApps />}
    </>
  )
}

function Nothing() {
  const { t } = useVoice()
  return (
    <div className="pad">
      <Empty title={t('google.none')}>{t('google.noneText')}</Empty>
    </div>
  )
}
