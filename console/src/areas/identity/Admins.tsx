import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import type { Admin, RoleRow } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ActionMenu } from '../../kit/ActionMenu.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { langOf } from '../../kit/names.ts'
import { Bones, PageHead, Section } from '../../kit/Page.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { State, type ToneName } from '../../kit/State.tsx'
import { shortPath } from '../../scope.tsx'
import { useCan, useSession } from '../../session.tsx'
import { GrantDialog, InviteAdmin, LinkDialog, RemoveAdmin } from './AdminDialogs.tsx'

const states: Record<Admin['state'], ToneName> = { active: 'ok', invited: 'pending', disabled: 'none' }

type Asking = { what: 'invite' } | { what: 'grant' | 'remove'; admin: Admin } | { what: 'link'; url: string } | null

/** Who may sign in here, with which roles on which units. */
export function Admins() {
  const { t } = useVoice()
  const can = useCan()
  const admins = useQuery({
    queryKey: ['admins'],
    queryFn: ({ signal }) => get<{ items: Admin[] }>('/admins', {}, signal),
  })
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const writes = can('admins:write')
  return (
    <>
      <PageHead
        title={t('admins.title')}
        crumbs={[{ label: t('nav.settings'), to: '/settings' }, { label: t('admins.title') }]}
        lede={t('admins.lede')}
      >
        {writes && (
          <Button icon="plus" onClick={() => setAsking({ what: 'invite' })}>
            {t('admins.invite')}
          </Button>
        )}
      </PageHead>
      <div className="pad">
        <ProblemNote error={admins.error} />
        {admins.isPending && <Bones label={t('kit.loading')} />}
      </div>
      {admins.data && (
        <ListTable
          caption={t('admins.title')}
          rows={admins.data.items}
          keyOf={row => row.id}
          columns={[
            {
              id: 'name',
              head: t('admins.name'),
              width: 180,
              cell: row => <span lang={langOf(row.name)}>{row.name}</span>,
            },
            {
              id: 'state',
              head: t('device.col.state'),
              width: 112,
              cell: row => (
                <State tone={states[row.state]} quiet>
                  {t(`admins.state.${row.state}`)}
                </State>
              ),
            },
            { id: 'email', head: t('signIn.email'), width: 210, cell: row => row.email },
            { id: 'roles', head: t('admins.roles'), cell: row => <Grants admin={row} editable={writes} /> },
            {
              id: 'totp',
              head: t('admins.totp'),
              width: 120,
              cell: row =>
                row.totp || row.passkeys > 0 ? (
                  <State tone="ok" quiet>
                    {t('kit.yes')}
                  </State>
                ) : (
                  <State tone="attention" quiet>
                    {t('kit.no')}
                  </State>
                ),
            },
            {
              id: 'seen',
              head: t('admins.lastSignIn'),
              width: 104,
              num: true,
              cell: row => <Age at={row.lastSignInAt} />,
            },
            {
              id: 'act',
              head: t('admins.actions'),
              width: 64,
              num: true,
              quiet: true,
              cell: row => (writes ? <AdminMenu admin={row} onAsk={setAsking} /> : null),
            },
          ]}
        />
      )}
      <Roles />
      {asking?.what === 'invite' && <InviteAdmin onClose={close} onLink={url => setAsking({ what: 'link', url })} />}
      {asking?.what === 'grant' && <GrantDialog admin={asking.admin} onClose={close} />}
      {asking?.what === 'remove' && <RemoveAdmin admin={asking.admin} onClose={close} />}
      {asking?.what === 'link' && <LinkDialog url={asking.url} onClose={close} />}
    </>
  )
}

function Grants({ admin, editable }: { admin: Admin; editable: boolean }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const drop = useMutation({
    mutationFn: (grant: string) => call('DELETE', `/admins/${admin.id}/grants/${grant}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['admins'] }),
  })
  return (
    <span className="grants">
      {admin.grants.map(grant => (
        <span key={grant.id} className="badge">
          {t(`role.${grant.role}`)}, {shortPath(grant.unit.path)}
          {editable && (
            <button
              type="button"
              className="badge-x"
              aria-label={t('admins.dropGrant', {
                role: t(`role.${grant.role}`),
                unit: grant.unit.name,
                name: admin.name,
              })}
              onClick={() => drop.mutate(grant.id)}
            >
              ×
            </button>
          )}
        </span>
      ))}
      {drop.error && <ProblemNote error={drop.error} />}
    </span>
  )
}

function AdminMenu({ admin, onAsk }: { admin: Admin; onAsk(asking: Asking): void }) {
  const { t } = useVoice()
  const me = useSession().admin.id === admin.id
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: ['admins'] })
  const change = useMutation({
    mutationFn: (state: string) => call('PATCH', `/admins/${admin.id}`, { body: { state } }),
    onSuccess: again,
  })
  const link = useMutation({
    mutationFn: (totp: 'keep' | 'remove') =>
      call<{ url: string }>('POST', `/admins/${admin.id}/link`, { body: { totp } }),
    onSuccess: made => onAsk({ what: 'link', url: made.url }),
  })
  return (
    <ActionMenu
      small
      label={t('admins.more', { name: admin.name })}
      lines={[
        { key: 'grant', icon: 'plus', label: t('admins.grant'), onClick: () => onAsk({ what: 'grant', admin }) },
        {
          key: 'link',
          icon: 'link',
          label: t('admins.link'),
          why: t('admins.linkText'),
          onClick: () => link.mutate('keep'),
        },
        ...(admin.totp || admin.passkeys > 0
          ? [
              {
                key: 'lost',
                icon: 'phone' as const,
                label: t('admins.linkLost'),
                why: t('admins.linkLostText'),
                onClick: () => link.mutate('remove'),
              },
            ]
          : []),
        ...(admin.state === 'disabled'
          ? [{ key: 'enable', icon: 'ok' as const, label: t('admins.enable'), onClick: () => change.mutate('active') }]
          : [
              {
                key: 'disable',
                icon: 'paused' as const,
                label: t('admins.disable'),
                disabled: me,
                why: me ? t('admins.notYourself') : null,
                onClick: () => change.mutate('disabled'),
              },
            ]),
        {
          key: 'remove',
          icon: 'x',
          label: t('admins.remove'),
          apart: true,
          disabled: me,
          why: me ? t('admins.notYourself') : null,
          onClick: () => onAsk({ what: 'remove', admin }),
        },
      ]}
    />
  )
}

function Roles() {
  const { t, f } = useVoice()
  const roles = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => get<{ items: RoleRow[] }>('/roles', {}, signal),
  })
  return (
    <Section id="roles" title={t('admins.rolesTitle')} hint={t('admins.rolesHint')}>
      <ListTable
        inset
        caption={t('admins.rolesTitle')}
        rows={roles.data?.items ?? []}
        keyOf={row => row.id}
        columns={[
          { id: 'role', head: t('admins.role'), width: 140, cell: row => t(`role.${row.id}`) },
          { id: 'what', head: t('admins.may'), cell: row => t(`role.${row.id}.may`) },
          {
            id: 'permissions',
            head: t('admins.permissions'),
            width: 120,
            num: true,
            cell: row => f.number(row.permissions.length),
          },
          { id: 'admins', head: t('admins.holders'), width: 96, num: true, cell: row => f.number(row.admins) },
        ]}
      />
    </Section>
  )
}
