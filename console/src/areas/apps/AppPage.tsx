import '../../kit/css/apps.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { AppPageData } from '../../contract/apps.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { Named } from './Named.tsx'
import { BringApp, type BringTo } from './BringApp.tsx'
import { AppProgress } from './AppProgress.tsx'
import { AppDevices } from './AppDevices.tsx'
import { FormSection } from './FormSection.tsx'
import { PackageFacts } from './PackageFacts.tsx'
import { Releases } from './Releases.tsx'
import { kindKeys } from './words.ts'
import { appQuery } from './queries.ts'

/** One app: how far it is over the fleet, its releases, what it can be told, and the policies that bring it. */
export function AppPage() {
  const { t } = useVoice()
  const { app: id = '' } = useParams({ strict: false }) as { app?: string }
  const page = useQuery(appQuery(id))
  if (!page.data)
    return (
      <div className="pad">
        <ProblemNote error={page.error} />
        {page.isPending && <Bones lines={8} label={t('kit.loading')} />}
      </div>
    )
  return <Loaded app={page.data} />
}

function Loaded({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const can = useCan()
  const [bringing, setBringing] = useState<BringTo | null>(null)
  return (
    <>
      <PageHead
        title={app.name}
        heading={<h1 lang={langOf(app.name)}>{app.name}</h1>}
        crumbs={[{ label: t('nav.apps'), to: '/apps' }, { label: app.name }]}
        lede={<Standing app={app} />}
      >
        {can('apps:write') && <Acts app={app} />}
        {can('policies:write') && (
          <>
            <Button icon="plus" onClick={() => setBringing('blueprint')}>
              {t('appsPage.addToBlueprint')}
            </Button>
            <Button variant="primary" icon="plus" onClick={() => setBringing('unit')}>
              {t('appsPage.assign')}
            </Button>
          </>
        )}
      </PageHead>
      <AppDevices app={app.id} latest={app.kind === 'file' ? app.version : null} />
      {app.kind === 'file' && <Releases app={app} />}
      <PackageFacts app={app} />
      <Section id="policies" title={t('nav.policies')}>
        {app.policies.length === 0 && <p className="soft">{t('appsPage.noPolicies')}</p>}
        <ul className="plain-list">
          {app.policies.map(policy => (
            <li key={policy.id}>
              <Link to="/policies/$policy" params={{ policy: policy.id }} className="plain" lang={langOf(policy.name)}>
                {policy.name}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      {app.kind !== 'web' && app.kind !== 'book' && <FormSection app={app} />}
      <Section id="about" title={t('appsPage.about')}>
        <About app={app} />
      </Section>
      {bringing && <BringApp app={app} to={bringing} onClose={() => setBringing(null)} />}
    </>
  )
}

function Standing({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const { required, installed, pending, failed } = app.counts
  if (required + installed + pending + failed === 0) return <>{t('appsPage.nowhere')}</>
  const tone = failed > 0 ? 'attention' : pending > 0 ? 'pending' : 'ok'
  return (
    <>
      <Sentence tone={tone}>{t('appsPage.standing', { required, installed, pending, failed })}</Sentence>
      <AppProgress counts={app.counts} large />
      {app.kind === 'file' && app.otherVersions > 0 && (
        <p className="small soft">{t('apkPage.others', { count: app.otherVersions })}</p>
      )}
    </>
  )
}

function Acts({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const look = useMutation({
    mutationFn: () => call('POST', `/apps/${app.id}/look-up`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['app', app.id] }),
  })
  const archive = useMutation({
    mutationFn: () => call('DELETE', `/apps/${app.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['apps'] })
      await navigate({ to: '/apps' })
    },
  })
  return (
    <>
      <ProblemNote error={look.error ?? archive.error} />
      {app.storeId && (
        <Button icon="refresh" busy={look.isPending} onClick={() => look.mutate()}>
          {t('appsPage.lookUp')}
        </Button>
      )}
      <Button icon="x" busy={archive.isPending} onClick={() => archive.mutate()}>
        {t('appsPage.archive')}
      </Button>
    </>
  )
}

function About({ app }: { app: AppPageData }) {
  const { t } = useVoice()
  const rows: [string, string | null][] = [
    [t('appsPage.kind'), t(kindKeys[app.kind] ?? 'appsPage.kind.store')],
    [t('appsPage.system'), t(`appsPage.platform.${app.platform}`)],
    [t('appsPage.publisher'), app.publisher || null],
    [t(app.platform === 'android' ? 'apkPage.package' : 'apps.identifier'), app.bundle],
    [t('appsPage.storeId'), app.storeId],
    [t('appsPage.address'), app.address],
    [t('appsPage.unit'), app.unit.path || app.unit.name],
    [t('appsPage.needsSeat'), t(app.needsSeat ? 'kit.yes' : 'kit.no')],
    [t('appsPage.look'), app.look ? t(`appsPage.look.${app.look.state}`) : null],
  ]
  return <Named rows={rows} />
}
