import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { EscrowMissing } from '../../contract/escrow.ts'
import { type Voice, useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence } from '../../kit/State.tsx'
import { ComplianceNav } from '../compliance/ComplianceNav.tsx'
import { missingQuery } from './queries.ts'

type Row = EscrowMissing['items'][number]

/** Has macOS make a new recovery key and show it; the escrow payload tells it to us. */
const command = 'sudo fdesetup changerecovery -personal'

/** Which encrypted devices nobody could open if a password were forgotten, and what to do about it. */
export function MissingKeysPage() {
  const voice = useVoice()
  const { t } = voice
  const list = useInfiniteQuery(missingQuery)
  const [first] = list.data?.pages ?? []
  const rows = list.data?.pages.flatMap(p => p.items) ?? []
  const missing = first?.total ?? 0
  return (
    <>
      <PageHead
        title={t('escrow.missing.title')}
        crumbs={[{ label: t('compliance.title'), to: '/reports/compliance' }, { label: t('escrow.missing.title') }]}
      />
      <ComplianceNav />
      <ProblemNote error={list.error} />
      <div className="pad below-tabs">
        {list.isPending && <Bones lines={3} label={t('kit.loading')} />}
        {first && (
          <Sentence tone={missing === 0 ? 'ok' : 'attention'}>
            <b>{missing === 0 ? t('escrow.missing.all') : t('escrow.missing.some', { count: missing })}</b>{' '}
            {t('escrow.missing.kept', { count: first.kept })}
          </Sentence>
        )}
        {first && (
          <Empty title={t('escrow.missing.how')}>
            {t('escrow.missing.teach')}{' '}
            <span className="mono" lang="en">
              {command}
            </span>{' '}
            <Copy text={command} label={t('kit.copy')} />
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <Section id="keyless" title={t('escrow.missing.title')}>
          <ListTable caption={t('escrow.missing.title')} columns={columnsOf(voice)} rows={rows} keyOf={row => row.id} />
          {list.hasNextPage && (
            <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('kit.more')}
            </Button>
          )}
        </Section>
      )}
    </>
  )
}

function columnsOf(voice: Voice): ListColumn<Row>[] {
  const { t } = voice
  return [
    {
      id: 'name',
      head: t('escrow.missing.device'),
      width: 200,
      cell: row => (
        <Link to="/devices/$device" params={{ device: row.id }} search={{ tab: 'security' }} data-name>
          {row.name}
        </Link>
      ),
    },
    {
      id: 'unit',
      head: t('escrow.missing.unit'),
      aside: true,
      wraps: true,
      cell: row => <span data-name>{row.unit.path}</span>,
    },
    { id: 'os', head: t('escrow.missing.system'), width: 90, aside: true, cell: row => row.osVersion ?? '–' },
    { id: 'seen', head: t('escrow.missing.heard'), width: 110, cell: row => <Age at={row.lastSeenAt || null} /> },
    {
      id: 'why',
      head: t('escrow.missing.why'),
      width: 320,
      wraps: true,
      cell: row => {
        const key = `problem.${row.problem ?? ''}`
        return voice.has(key) ? voice.t(key) : t('escrow.missing.none')
      },
    },
  ]
}
