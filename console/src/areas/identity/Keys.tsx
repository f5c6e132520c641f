import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { ApiKey, Role } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { useNow } from '../../kit/clock.ts'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { Bones, Empty, PageHead } from '../../kit/Page.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { shortPath, useUnits } from '../../scope.tsx'
import { useCan } from '../../session.tsx'
import { actorWord } from '../audit/words.tsx'
import { expiryTone } from '../certificates/words.ts'
import { RoleFields } from './AdminDialogs.tsx'

/** Keys for programs that use the API. */
export function Keys() {
  const voice = useVoice()
  const { t, f } = voice
  const can = useCan()
  const now = useNow()
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => get<{ items: ApiKey[] }>('/api-keys', {}, signal),
  })
  const client = useQueryClient()
  const resume = useMutation({
    mutationFn: (id: string) => call('POST', `/api-keys/${id}/resume`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  })
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const rows = keys.data?.items ?? []
  const make = can('keys:write') && (
    <Button icon="plus" onClick={() => setMaking(true)}>
      {t('keys.make')}
    </Button>
  )
  return (
    <>
      <PageHead
        title={t('keys.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('keys.title') }]}
        lede={t('keys.lede')}
      >
        {rows.length > 0 && make}
      </PageHead>
      <div className="pad">
        <ProblemNote error={keys.error ?? resume.error} />
        {keys.isPending && <Bones label={t('kit.loading')} />}
        {keys.data && rows.length === 0 && (
          <Empty title={t('keys.none')} action={make}>
            {t('keys.noneText')}
          </Empty>
        )}
      </div>
      {rows.length > 0 && (
        <ListTable
          caption={t('keys.title')}
          rows={rows}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('keys.name'),
              width: 200,
              cell: row => (
                <>
                  {row.name} {row.suspendedAt !== null && <State tone="attention">{t('keys.suspended')}</State>}
                  {row.waitsFor !== null && <State tone="pending">{t('keys.waits')}</State>}
                </>
              ),
            },
            {
              id: 'prefix',
              head: t('keys.prefix'),
              width: 120,
              aside: true,
              cell: row => <span className="mono">{row.prefix}…</span>,
            },
            { id: 'role', head: t('admins.role'), width: 130, cell: row => t(`role.${row.role}`) },
            { id: 'unit', head: t('device.col.unit'), aside: true, cell: row => shortPath(row.unit.path) },
            {
              id: 'by',
              head: t('keys.madeBy'),
              width: 150,
              aside: true,
              cell: row => (row.createdBy ? actorWord(voice, row.createdBy) : '–'),
            },
            {
              id: 'used',
              head: t('keys.used'),
              width: 104,
              num: true,
              aside: true,
              cell: row => <Age at={row.lastUsedAt} />,
            },
            {
              id: 'expires',
              head: t('certificates.expires'),
              width: 128,
              num: true,
              aside: true,
              cell: row =>
                row.expiresAt === null ? (
                  t('keys.never')
                ) : (
                  <State tone={expiryTone(row.expiresAt, now)}>
                    {row.expiresAt <= now ? t('certificates.over') : f.date(row.expiresAt, now)}
                  </State>
                ),
            },
            {
              id: 'act',
              head: t('admins.actions'),
              width: rows.some(row => row.suspendedAt !== null) ? 200 : 112,
              num: true,
              quiet: true,
              cell: row =>
                can('keys:write') && (
                  <>
                    {row.suspendedAt !== null && (
                      <>
                        <Button
                          size="sm"
                          onClick={() => resume.mutate(row.id)}
                          aria-label={t('keys.resumeLabel', { name: row.name })}
                        >
                          {t('keys.resume')}
                        </Button>{' '}
                      </>
                    )}
                    <Button
                      size="sm"
                      onClick={() => setRevoking(row)}
                      aria-label={t('keys.revokeLabel', { name: row.name })}
                    >
                      {t('keys.revoke')}
                    </Button>
                  </>
                ),
            },
          ]}
        />
      )}
      {making && <MakeKey onClose={() => setMaking(false)} />}
      {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}

function MakeKey({ onClose }: { onClose(): void }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const [form, setForm] = useState({ name: '', role: 'read-only' as Role, unit: '', days: '90' })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const unit = form.unit || units.data?.[0]?.id || ''
  const make = useMutation({
    mutationFn: () =>
      call<{ id: string; key: string }>('POST', '/api-keys', {
        body: { name: form.name.trim(), role: form.role, unit, expiresInDays: Number(form.days) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  })
  if (make.data) {
    return (
      <Dialog
        opened
        onClose={onClose}
        title={t('keys.made', { name: form.name })}
        actions={<Button onClick={onClose}>{t('keys.kept')}</Button>}
      >
        <Note tone="attention" icon="eye">
          <p>{t('keys.once')}</p>
        </Note>
        <p className="mono once">{make.data.key}</p>
        <div>
          <Copy text={make.data.key} label={t('keys.copy')} words />
        </div>
      </Dialog>
    )
  }
  const ready = form.name.trim() !== '' && unit !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('keys.make')}
      onSubmit={() => ready && !make.isPending && make.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={make.isPending}>
            {t('keys.makeGo')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('keys.name')}
        hint={t('keys.nameHint')}
        value={form.name}
        onChange={event => set({ name: event.target.value })}
        error={fieldError(make.error, 'name')}
        data-autofocus
      />
      <RoleFields role={form.role} unit={unit} onRole={role => set({ role })} onUnit={next => set({ unit: next })} />
      <SelectField
        label={t('keys.lasts')}
        value={form.days}
        onChange={event => set({ days: event.target.value })}
        options={[7, 30, 90, 365].map(days => ({ value: String(days), label: f.span(days * 86_400_000) }))}
      />
      <ProblemNote error={make.error} />
    </Dialog>
  )
}

function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const { t, f } = useVoice()
  const now = useNow()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => call('DELETE', `/api-keys/${apiKey.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['keys'] })
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => revoke.mutate()}
      title={t('keys.revokeTitle', { name: apiKey.name })}
      action={t('keys.revokeGo')}
      consequences={[
        {
          tone: apiKey.lastUsedAt === null ? 'ok' : 'attention',
          word: apiKey.lastUsedAt === null ? t('keys.unused') : t('keys.inUse'),
          text:
            apiKey.lastUsedAt === null
              ? t('keys.unusedText')
              : t('keys.inUseText', { age: f.relative(apiKey.lastUsedAt, now) }),
        },
      ]}
      busy={revoke.isPending}
      error={revoke.error}
    >
      <p>{t('keys.revokeText')}</p>
    </ConfirmDestructive>
  )
}
