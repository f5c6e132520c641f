import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Policy } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { type TabLine, Tabs } from '../../kit/Tabs.tsx'
import { sayKind } from '../../kit/values.tsx'
import { useCan } from '../../session.tsx'
import { DevicesTab } from './DevicesTab.tsx'
import { valuesOf } from './draft.ts'
import { Editor } from './Editor.tsx'
import { LintTab } from './LintTab.tsx'
import { ArchivePolicy, ChangePolicy } from './PolicyDialogs.tsx'
import { PolicyTests } from './PolicyTests.tsx'
import { coverageQuery, policyQuery } from './queries.ts'
import { RawTab } from './RawTab.tsx'
import { SaveVersion } from './SaveVersion.tsx'
import { TryPolicy } from './TryPolicy.tsx'
import { UsedByTab } from './UsedByTab.tsx'
import { type DraftHold, useDraft } from './useDraft.ts'
import { useFindings } from './useFindings.ts'
import { type KindForm, useKindForm } from './useForm.ts'
import { VersionsTab } from './VersionsTab.tsx'

/** One policy: what it says, what a change to it would do, where it is used and how far devices are with it. */
export function PolicyPage() {
  const { t } = useVoice()
  const { policy: id = '' } = useParams({ strict: false }) as { policy?: string }
  const policy = useQuery(policyQuery(id))
  const form = useKindForm(policy.data?.kind ?? '')
  const error = policy.error ?? form.error
  if (!policy.data || !form.data) {
    return (
      <>
        <PageHead title={t('nav.policies')} crumbs={[{ label: t('nav.policies'), to: '/policies' }]} />
        <div className="pad">
          {error ? <ProblemNote error={error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  return <Loaded key={id} policy={policy.data} form={form.data} />
}

type Asking = 'save' | 'try' | 'change' | 'archive' | null

function Loaded({ policy, form }: { policy: Policy; form: KindForm }) {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const draft = useDraft(policy.id, valuesOf(policy.value), policy.version)
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const may = can('policies:write') && policy.archivedAt === null
  return (
    <>
      <PageHead
        title={policy.name}
        crumbs={[{ label: t('nav.policies'), to: '/policies' }, { label: sayKind(voice, policy.kind) }]}
        heading={<h1 lang={langOf(policy.name)}>{policy.name}</h1>}
        lede={
          <>
            {policy.description && <p className="soft policy-about">{policy.description}</p>}
            <Standing policy={policy} draft={draft} />
          </>
        }
      >
        {draft.dirty && (
          <Button variant="quiet" onClick={draft.discard}>
            {t('editor.discard')}
          </Button>
        )}
        {can('devices:configure') && policy.archivedAt === null && (
          <Button onClick={() => setAsking('try')}>{t('tryOn.open')}</Button>
        )}
        {may && draft.dirty && (
          <Button variant="primary" onClick={() => setAsking('save')}>
            {t('editor.save', { version: policy.version + 1 })}
          </Button>
        )}
        {may && (
          <ActionMenu
            label={t('policies.more')}
            lines={[
              { key: 'change', icon: 'edit', label: t('policies.change'), onClick: () => setAsking('change') },
              {
                key: 'archive',
                icon: 'x',
                label: t('policies.archive'),
                apart: true,
                disabled: policy.usedBy.length > 0,
                why: policy.usedBy.length > 0 ? t('policies.archiveWhy', { n: policy.usedBy.length }) : null,
                onClick: () => setAsking('archive'),
              },
            ]}
          />
        )}
      </PageHead>
      <Panels policy={policy} form={form} draft={draft} editable={may} />
      {asking === 'save' && <SaveVersion policy={policy} draft={draft} onClose={close} />}
      {asking === 'try' && <TryPolicy policy={policy} draft={draft} onClose={close} />}
      {asking === 'change' && <ChangePolicy policy={policy} onClose={close} />}
      {asking === 'archive' && <ArchivePolicy policy={policy} onClose={close} />}
    </>
  )
}

/** How the policy stands, in one sentence. */
function Standing({ policy, draft }: { policy: Policy; draft: DraftHold }) {
  const { t, f, rich } = useVoice()
  const now = useNow()
  const { version, rollout } = policy
  const coverage = useQuery(coverageQuery(policy.id))
  const devices = policy.devices?.desired ?? coverage.data?.devices ?? null
  if (draft.dirty) {
    return (
      <Sentence tone="pending" icon="edit">
        {rich('editor.draftOf', {
          next: version + 1,
          changes: draft.changes.length,
          version,
          devices: devices ?? 0,
          known: devices === null ? 'no' : 'yes',
        })}
      </Sentence>
    )
  }
  if (rollout) {
    return (
      <Sentence tone="pending" icon="send">
        {rich(
          'editor.rollingOut',
          { version: rollout.to, percent: f.percent(rollout.percent / 100) },
          {
            link: inside => (
              <Link to="/policies/rollouts/$rollout" params={{ rollout: rollout.id }}>
                {inside}
              </Link>
            ),
          },
        )}
      </Sentence>
    )
  }
  const by = policy.updatedBy.name
  const when = f.relative(policy.updatedAt, now)
  return (
    <Sentence tone={devices ? 'ok' : 'none'} icon={devices ? 'ok' : 'queued'}>
      {rich('editor.standing', {
        version,
        devices: devices ?? 0,
        used: policy.usedBy.length,
        known: devices === null ? 'no' : 'yes',
      })}{' '}
      <span className="muted">{by ? t('editor.savedBy', { when, by }) : t('editor.saved', { when })}</span>
    </Sentence>
  )
}

function Panels(props: { policy: Policy; form: KindForm; draft: DraftHold; editable: boolean }) {
  const { policy, form, draft, editable } = props
  const { t } = useVoice()
  const { tab = 'form' } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const findings = useFindings(policy.kind, draft.value)
  const tabs: TabLine[] = [
    {
      id: 'form',
      label: t('policy.tab.form'),
      panel: <Editor policy={policy} form={form} draft={draft} findings={findings} editable={editable} />,
    },
    {
      id: 'raw',
      label: t('policy.tab.raw'),
      panel: <RawTab draft={draft} findings={findings} editable={editable} />,
    },
    {
      id: 'lint',
      label: t('policy.tab.lint'),
      ...(findings.list.length > 0 && { count: String(findings.list.length) }),
      panel: <LintTab kind={policy.kind} findings={findings} />,
    },
    { id: 'tests', label: t('policy.tab.tests'), panel: <PolicyTests policy={policy} draft={draft} /> },
    {
      id: 'versions',
      label: t('policy.tab.versions'),
      count: String(policy.version),
      panel: <VersionsTab policy={policy} editable={editable} />,
    },
    {
      id: 'used',
      label: t('policy.tab.used'),
      count: t('policy.blueprints', { n: policy.usedBy.length }),
      panel: <UsedByTab policy={policy} editable={editable} />,
    },
    {
      id: 'devices',
      label: t('policy.tab.devices'),
      ...(policy.devices && { count: String(policy.devices.desired) }),
      panel: <DevicesTab policy={policy} />,
    },
  ]
  return (
    <Tabs
      label={t('policy.panels')}
      tabs={tabs}
      current={tab}
      onChange={next =>
        void navigate({
          to: '/policies/$policy',
          params: { policy: policy.id },
          search: next === 'form' ? {} : { tab: next },
          replace: true,
        })
      }
    />
  )
}
