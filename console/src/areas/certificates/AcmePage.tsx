import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State } from '../../kit/State.tsx'
import { useCan } from '../../session.tsx'
import { AddRoot, AllowProgram } from './AcmeDialogs.tsx'

/** A right to ask our certificate server, as the API answers it. */
export interface Binding {
  id: string
  name: string
  names: string[]
  port: number
  state: 'unused' | 'used' | 'revoked'
  createdAt: number
  usedAt: number | null
  lastIssuedAt: number | null
}

interface Root {
  fingerprint: string
  subject: string
  notAfter: number
  addedAt: number
}

const tones = { unused: 'pending', used: 'ok', revoked: 'none' } as const

/** Who may ask our certificate server, and whose attestations it believes. */
export function AcmePage() {
  const { t } = useVoice()
  return (
    <>
      <PageHead
        title={t('acme.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('acme.title') }]}
        lede={t('acme.lede')}
      />
      <Programs />
      <Makers />
    </>
  )
}

function Programs() {
  const { t } = useVoice()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Binding | null>(null)
  const found = useQuery({
    queryKey: ['acme', 'bindings'],
    queryFn: ({ signal }) => get<{ items: Binding[] }>('/acme/bindings', { limit: 200 }, signal),
  })
  const rows = found.data?.items ?? []
  const add = can('certificates:write') && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('acme.add')}
    </Button>
  )
  return (
    <section aria-labelledby="acme-programs">
      <div className="pad panel-head">
        <h2 id="acme-programs">{t('acme.programs')}</h2>
        {rows.length > 0 && add}
      </div>
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.isPending && <Bones label={t('kit.loading')} />}
        {found.data && rows.length === 0 && (
          <Empty title={t('acme.none')} action={add}>
            {t('acme.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('acme.programs')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            { id: 'name', head: t('acme.name'), width: 180, cell: row => <span data-name>{row.name}</span> },
            {
              id: 'names',
              head: t('acme.names'),
              aside: true,
              cell: row => <span className="mono">{row.names.join(', ')}</span>,
            },
            {
              id: 'state',
              head: t('acme.state'),
              width: 140,
              cell: row => <State tone={tones[row.state]}>{t(`acme.state.${row.state}`)}</State>,
            },
            {
              id: 'last',
              head: t('acme.lastIssued'),
              width: 140,
              num: true,
              aside: true,
              cell: row => <Age at={row.lastIssuedAt} />,
            },
            {
              id: 'act',
              head: t('admins.actions'),
              width: 130,
              num: true,
              quiet: true,
              cell: row =>
                can('certificates:write') &&
                row.state !== 'revoked' && (
                  <Button
                    size="sm"
                    onClick={() => setEnding(row)}
                    aria-label={t('acme.takeBackLabel', { name: row.name })}
                  >
                    {t('acme.takeBack')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {adding && <AllowProgram onClose={() => setAdding(false)} />}
      {ending && (
        <Ending
          path={`/acme/bindings/${ending.id}`}
          title={t('acme.takeBackTitle', { name: ending.name })}
          action={t('acme.takeBack')}
          text={t('acme.takeBackText')}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  )
}

function Makers() {
  const { t, f } = useVoice()
  const can = useCan()
  const [adding, setAdding] = useState(false)
  const [ending, setEnding] = useState<Root | null>(null)
  const found = useQuery({
    queryKey: ['acme', 'roots'],
    queryFn: ({ signal }) => get<{ items: Root[] }>('/attestation-roots', {}, signal),
  })
  const rows = found.data?.items ?? []
  const add = can('certificates:write') && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('acme.addRoot')}
    </Button>
  )
  return (
    <section aria-labelledby="acme-makers">
      <div className="pad panel-head">
        <h2 id="acme-makers">{t('acme.makers')}</h2>
        {rows.length > 0 && add}
      </div>
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.data && rows.length === 0 && (
          <Empty title={t('acme.makersNone')} action={add}>
            {t('acme.makersNoneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('acme.makers')}
          rows={rows}
          keyOf={row => row.fingerprint}
          columns={[
            { id: 'subject', head: t('acme.subject'), cell: row => <span data-name>{row.subject}</span> },
            {
              id: 'print',
              head: t('acme.fingerprint'),
              width: 200,
              aside: true,
              cell: row => <span className="mono">{row.fingerprint.slice(0, 16)}…</span>,
            },
            {
              id: 'expires',
              head: t('certificates.expires'),
              width: 128,
              num: true,
              aside: true,
              cell: row => f.date(row.notAfter),
            },
            {
              id: 'added',
              head: t('acme.added'),
              width: 120,
              num: true,
              aside: true,
              cell: row => <Age at={row.addedAt} />,
            },
            {
              id: 'act',
              head: t('admins.actions'),
              width: 120,
              num: true,
              quiet: true,
              cell: row =>
                can('certificates:write') && (
                  <Button
                    size="sm"
                    onClick={() => setEnding(row)}
                    aria-label={t('acme.removeRootLabel', { subject: row.subject })}
                  >
                    {t('acme.removeRoot')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {adding && <AddRoot onClose={() => setAdding(false)} />}
      {ending && (
        <Ending
          path={`/attestation-roots/${ending.fingerprint}`}
          title={t('acme.removeRootTitle')}
          action={t('acme.removeRoot')}
          text={t('acme.removeRootText')}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  )
}

function Ending(props: { path: string; title: string; action: string; text: string; onClose(): void }) {
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => call('DELETE', props.path),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['acme'] })
      props.onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={props.onClose}
      onConfirm={() => end.mutate()}
      title={props.title}
      action={props.action}
      consequences={[]}
      busy={end.isPending}
      error={end.error}
    >
      <p>{props.text}</p>
    </ConfirmDestructive>
  )
}
