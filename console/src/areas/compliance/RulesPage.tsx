import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import '../../kit/css/compliance.css'
import { call } from '../../api.ts'
import type { Rule } from '../../contract/compliance.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button, ButtonLink } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { ComplianceNav } from './ComplianceNav.tsx'
import { rulesQuery } from './queries.ts'
import { SeverityMark } from './marks.tsx'

/** What is demanded of devices, and how many keep it. */
export function RulesPage() {
  return <Rules kind="" />
}

/** Which apps may, may not and must be on devices. */
export function AppUsagePage() {
  return <Rules kind="apps" />
}

function Rules({ kind }: { kind: '' | 'apps' }) {
  const { t } = useVoice()
  const can = useCan()
  const rules = useInfiniteQuery(rulesQuery(kind))
  const rows = rules.data?.pages.flatMap(p => p.items) ?? []
  const apps = kind === 'apps'
  const title = t(apps ? 'appUsage.title' : 'rules.title')
  const add = can('compliance:write') && (
    <ButtonLink
      to="/reports/rules/$rule"
      params={{ rule: 'new' }}
      search={apps ? { kind: 'apps' } : {}}
      icon="plus"
      variant="primary"
    >
      {t(apps ? 'appUsage.add' : 'rules.add')}
    </ButtonLink>
  )
  return (
    <>
      <PageHead
        title={title}
        crumbs={[{ label: t('compliance.title'), to: '/reports/compliance' }, { label: title }]}
        lede={t(apps ? 'appUsage.lede' : 'rules.lede')}
      >
        {add}
      </PageHead>
      <ComplianceNav />
      <div className="pad below-tabs">
        <ProblemNote error={rules.error} />
        {rules.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {rules.data && rows.length === 0 && (
          <Empty
            title={t(apps ? 'appUsage.none' : 'rules.none')}
            action={
              <>
                {add} {!apps && <ButtonLink to="/reports/frameworks">{t('rules.fromFrameworks')}</ButtonLink>}
              </>
            }
          >
            {t(apps ? 'appUsage.noneText' : 'rules.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && <RuleTable rows={rows} caption={title} />}
      {rules.hasNextPage && (
        <div className="pad below-tabs">
          <Button busy={rules.isFetchingNextPage} onClick={() => void rules.fetchNextPage()}>
            {t('kit.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Rules with how many devices violate each. */
export function RuleTable({ rows, caption }: { rows: readonly Rule[]; caption: string }) {
  const { t, f } = useVoice()
  const can = useCan()
  const [removing, setRemoving] = useState<Rule | null>(null)
  return (
    <>
      <ListTable
        caption={caption}
        rows={rows}
        keyOf={row => row.id}
        columns={[
          {
            id: 'name',
            head: t('people.name'),
            cell: row => (
              <Link to="/reports/rules/$rule" params={{ rule: row.id }} lang={langOf(row.name)}>
                {row.name}
              </Link>
            ),
          },
          { id: 'kind', head: t('rules.kind'), width: 150, aside: true, cell: row => t(`ruleKind.${row.kind}`) },
          {
            id: 'severity',
            head: t('rules.severity'),
            width: 110,
            aside: true,
            cell: row => <SeverityMark severity={row.severity} />,
          },
          { id: 'unit', head: t('device.col.unit'), width: 150, aside: true, cell: row => shortPath(row.unit.path) },
          {
            id: 'violating',
            head: t('compliance.is.violating'),
            width: 130,
            num: true,
            cell: row => <Violating rule={row} />,
          },
          {
            id: 'unknown',
            head: t('compliance.is.unknown'),
            width: 100,
            num: true,
            aside: true,
            cell: row => f.number(row.counts.unknown),
          },
          {
            id: 'compliant',
            head: t('compliance.is.compliant'),
            width: 110,
            num: true,
            cell: row => f.number(row.counts.compliant + row.counts.excepted),
          },
          {
            id: 'remove',
            head: t('admins.actions'),
            quiet: true,
            width: 64,
            num: true,
            cell: row =>
              can('compliance:write') && (
                <ActionMenu
                  small
                  label={t('rules.menu', { name: row.name })}
                  lines={[{ key: 'remove', icon: 'x', label: t('rules.removeGo'), onClick: () => setRemoving(row) }]}
                />
              ),
          },
        ]}
      />
      {removing && <RemoveRule rule={removing} onClose={() => setRemoving(null)} />}
    </>
  )
}

function Violating({ rule }: { rule: Rule }) {
  const { t, f } = useVoice()
  const n = rule.counts.violating + rule.counts.grace
  if (rule.looked !== null) return <span className="muted">{t('rules.judging', { n: rule.looked })}</span>
  if (n === 0) return <span className="muted">{f.number(0)}</span>
  return (
    <Link to="/devices" search={{ filter: `rule:${rule.id}` }}>
      <State tone={rule.counts.violating > 0 ? 'danger' : 'attention'}>{f.number(n)}</State>
    </Link>
  )
}

function RemoveRule({ rule, onClose }: { rule: Rule; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/rules/${rule.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['compliance'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('rules.removeTitle', { name: rule.name })}
      onSubmit={() => !remove.isPending && remove.mutate()}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button type="submit" variant="danger" busy={remove.isPending}>
            {t('rules.removeGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('rules.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
