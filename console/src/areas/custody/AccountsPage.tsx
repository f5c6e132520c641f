import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { ExternalAccount } from '../../contract/custody.ts'
import { useVoice, type Voice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { type ListColumn, ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Sentence, State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { Address } from '../certificates/Custody.tsx'
import { purposeWord } from '../certificates/words.ts'
import { AccountDialog } from './AccountDialog.tsx'

/** The accounts at vendors on which the fleet depends: what for, who answers, when mail to them was last answered. */
export function AccountsPage() {
  const voice = useVoice()
  const { t } = voice
  const can = useCan()
  const now = useNow(60_000)
  const list = useQuery({
    queryKey: ['certificates', 'accounts'],
    queryFn: ({ signal }) => get<{ items: ExternalAccount[] }>('/external-accounts', {}, signal),
  })
  const [editing, setEditing] = useState<ExternalAccount | 'new' | null>(null)
  // What is nobody's any more comes first.
  const rows = (list.data?.items ?? []).toSorted((a, b) => Number(isGone(b)) - Number(isGone(a)))
  const write = can('custody:write')
  return (
    <>
      <PageHead
        title={t('accounts.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('accounts.title') }]}
        lede={list.data ? <StateOfAll rows={rows} /> : t('accounts.lede')}
      >
        {write && (
          <Button variant="primary" icon="plus" onClick={() => setEditing('new')}>
            {t('accounts.add')}
          </Button>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={list.error} />
        {list.isPending && <Bones lines={5} label={t('kit.loading')} />}
        {list.data && rows.length === 0 && <Empty title={t('accounts.none')}>{t('accounts.noneText')}</Empty>}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('accounts.title')}
          rows={rows}
          keyOf={row => row.id ?? `unwritten ${row.address}`}
          columns={columnsOf(voice, now, write ? setEditing : null)}
        />
      )}
      <p className="small muted pad foot-note">{t('accounts.foot')}</p>
      {editing !== null && (
        <AccountDialog account={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </>
  )
}

const isGone = (row: ExternalAccount): boolean =>
  [row.trouble, row.contactTrouble].some(one => one?.trouble === 'deactivated')

function StateOfAll({ rows }: { rows: ExternalAccount[] }) {
  const { t } = useVoice()
  const gone = rows.filter(isGone).length
  const unwritten = rows.filter(r => r.id === null).length
  if (gone > 0) return <Sentence tone="danger">{t('accounts.gone', { n: gone })}</Sentence>
  if (unwritten > 0) return <Sentence tone="attention">{t('accounts.unwritten', { n: unwritten })}</Sentence>
  return <>{t('accounts.lede')}</>
}

function columnsOf(
  voice: Voice,
  now: number,
  edit: ((row: ExternalAccount) => void) | null,
): ListColumn<ExternalAccount>[] {
  const { t, f } = voice
  return [
    {
      id: 'address',
      head: t('accounts.address'),
      width: 250,
      wraps: true,
      cell: row => <Address text={row.address} noticed={row.trouble} />,
    },
    {
      id: 'service',
      head: t('accounts.service'),
      width: 150,
      wraps: true,
      cell: row => t(`accounts.service.${row.service}`),
    },
    {
      id: 'uses',
      head: t('accounts.uses'),
      aside: true,
      wraps: true,
      cell: row =>
        row.uses.length > 0 ? (
          row.uses.map(one => purposeWord(voice, one.kind, one.name)).join(', ')
        ) : row.purpose ? (
          <span data-name>{row.purpose}</span>
        ) : (
          '–'
        ),
    },
    {
      id: 'team',
      head: t('certificates.owner'),
      width: 112,
      aside: true,
      cell: row =>
        row.team ? <span data-name>{row.team}</span> : <span className="muted">{t('certificates.nobody')}</span>,
    },
    {
      id: 'verified',
      head: t('accounts.verified'),
      width: 148,
      aside: true,
      cell: row => <Verified account={row} now={now} age={f.relative} />,
    },
    {
      id: 'act',
      head: t('accounts.acts'),
      width: 214,
      num: true,
      quiet: true,
      cell: row => edit && <Acts account={row} edit={edit} />,
    },
  ]
}

function Verified({
  account,
  now,
  age,
}: {
  account: ExternalAccount
  now: number
  age(at: number, now: number): string
}) {
  const { t } = useVoice()
  const { verifiedAt = null, askedAt = null } = account.trouble ?? {}
  if (verifiedAt !== null) return <State tone="ok">{age(verifiedAt, now)}</State>
  if (askedAt !== null) return <State tone="pending">{t('accounts.asked', { age: age(askedAt, now) })}</State>
  return <span className="muted">{t('accounts.never')}</span>
}

function Acts({ account, edit }: { account: ExternalAccount; edit(row: ExternalAccount): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const ask = useMutation({
    mutationFn: () => call('POST', '/external-accounts/verify', { body: { address: account.address } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['certificates', 'accounts'] }),
  })
  const { address } = account
  const asks = ask.isError ? t('accounts.verifyFailed') : t('accounts.verify')
  const edits = account.id === null ? t('accounts.write') : t('accounts.edit')
  return (
    <span className="acts">
      <Button
        size="sm"
        busy={ask.isPending}
        onClick={() => ask.mutate()}
        aria-label={t('accounts.actLabel', { what: asks, address })}
      >
        {asks}
      </Button>
      <Button size="sm" onClick={() => edit(account)} aria-label={t('accounts.actLabel', { what: edits, address })}>
        {edits}
      </Button>
    </span>
  )
}
