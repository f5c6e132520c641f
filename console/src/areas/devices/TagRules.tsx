import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { TagRule } from '../../contract/changes.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { RemoveTagRule, TagRuleForm } from './TagRuleDialogs.tsx'

type Asking = { what: 'add' } | { what: 'change' | 'remove'; rule: TagRule } | null

/** Filters that give devices their tags. */
export function TagRules() {
  const { t, f } = useVoice()
  const can = useCan()
  const [asking, setAsking] = useState<Asking>(null)
  const rules = useQuery({
    queryKey: ['tag-rules'],
    queryFn: ({ signal }) => get<Pick<Page<TagRule>, 'items'>>('/tag-rules', {}, signal),
  })
  const may = can('devices:write')
  const add = may && (
    <Button icon="plus" onClick={() => setAsking({ what: 'add' })}>
      {t('tagRules.add')}
    </Button>
  )
  const rows = rules.data?.items ?? []
  const close = () => setAsking(null)
  return (
    <>
      <PageHead
        title={t('tagRules.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('tagRules.title') }]}
        lede={t('tagRules.lede')}
      >
        {add}
      </PageHead>
      <div className="pad">
        <ProblemNote error={rules.error} />
        {rules.isPending && <Bones lines={4} label={t('kit.loading')} />}
        {rules.data && rows.length === 0 && (
          <Empty title={t('tagRules.none')} action={add}>
            {t('tagRules.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('tagRules.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('people.name'),
              width: 200,
              cell: row => <span lang={langOf(row.name)}>{row.name}</span>,
            },
            { id: 'tag', head: t('tagRules.tag'), width: 140, cell: row => <span className="badge">{row.tag}</span> },
            {
              id: 'filter',
              head: t('tagRules.filter'),
              aside: true,
              cell: row => <span className="mono">{row.filter}</span>,
            },
            { id: 'unit', head: t('device.col.unit'), width: 160, aside: true, cell: row => shortPath(row.unit.path) },
            {
              id: 'devices',
              head: t('nav.devices'),
              width: 148,
              num: true,
              cell: row =>
                row.looked === null ? (
                  <Link to="/devices" search={{ filter: `tag:"${row.tag}"` }}>
                    {f.number(row.devices)}
                  </Link>
                ) : (
                  <span className="muted">{t('tagRules.looking', { n: row.looked })}</span>
                ),
            },
            {
              id: 'menu',
              head: t('admins.actions'),
              quiet: true,
              width: 64,
              num: true,
              cell: row =>
                may && (
                  <ActionMenu
                    small
                    label={t('tagRules.menu', { name: row.name })}
                    lines={[
                      {
                        key: 'change',
                        icon: 'edit',
                        label: t('tagRules.change'),
                        onClick: () => setAsking({ what: 'change', rule: row }),
                      },
                      {
                        key: 'remove',
                        icon: 'x',
                        label: t('tagRules.remove'),
                        apart: true,
                        onClick: () => setAsking({ what: 'remove', rule: row }),
                      },
                    ]}
                  />
                ),
            },
          ]}
        />
      )}
      {asking?.what === 'add' && <TagRuleForm rule={null} onClose={close} />}
      {asking?.what === 'change' && <TagRuleForm rule={asking.rule} onClose={close} />}
      {asking?.what === 'remove' && <RemoveTagRule rule={asking.rule} onClose={close} />}
    </>
  )
}
