import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import type { Admin, Role } from '../../contract.ts'
import { languages, useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { Copy } from '../../kit/Copy.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { SelectField, TextField } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'
import { useUnits } from '../../scope.tsx'
import { roleIds } from './roles.ts'

/** Chooses a role and the unit it holds on. */
export function RoleFields(props: { role: Role; unit: string; onRole(role: Role): void; onUnit(unit: string): void }) {
  const { t } = useVoice()
  const units = useUnits()
  return (
    <>
      <SelectField
        label={t('admins.role')}
        hint={t(`role.${props.role}.may`)}
        value={props.role}
        onChange={event => props.onRole(event.target.value as Role)}
        options={roleIds.map(value => ({ value, label: t(`role.${value}`) }))}
      />
      <SelectField
        label={t('admins.onUnit')}
        hint={t('admins.onUnitHint')}
        value={props.unit}
        onChange={event => props.onUnit(event.target.value)}
        options={(units.data ?? []).map(unit => ({ value: unit.id, label: unit.path }))}
      />
    </>
  )
}

/** Invites someone to sign in; the answer is a link told once. */
export function InviteAdmin({ onClose, onLink }: { onClose(): void; onLink(url: string): void }) {
  const { t, locale } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const [form, setForm] = useState({
    name: '',
    email: '',
    role: 'help-desk' as Role,
    unit: '',
    locale: locale as string,
  })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const unit = form.unit || units.data?.[0]?.id || ''
  const invite = useMutation({
    mutationFn: () =>
      call<{ id: string; url: string }>('POST', '/admins', {
        body: { ...form, name: form.name.trim(), email: form.email.trim(), unit },
      }),
    onSuccess: async made => {
      await client.invalidateQueries({ queryKey: ['admins'] })
      onLink(made.url)
    },
  })
  const ready = form.name.trim() !== '' && form.email.includes('@') && unit !== ''
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('admins.invite')}
      onSubmit={() => ready && !invite.isPending && invite.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={invite.isPending}>
            {t('admins.inviteGo')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('admins.name')}
        value={form.name}
        onChange={event => set({ name: event.target.value })}
        error={fieldError(invite.error, 'name')}
        data-autofocus
      />
      <TextField
        label={t('signIn.email')}
        type="email"
        value={form.email}
        onChange={event => set({ email: event.target.value })}
        error={fieldError(invite.error, 'email')}
      />
      <RoleFields role={form.role} unit={unit} onRole={role => set({ role })} onUnit={next => set({ unit: next })} />
      <SelectField
        label={t('account.language')}
        value={form.locale}
        onChange={event => set({ locale: event.target.value })}
        options={languages.map(language => ({ value: language.id, label: language.name }))}
      />
      <ProblemNote error={invite.error} />
    </Dialog>
  )
}

/** Shows a one-time link, the only time. */
export function LinkDialog({ url, onClose }: { url: string; onClose(): void }) {
  const { t } = useVoice()
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('admins.linkTitle')}
      actions={<Button onClick={onClose}>{t('kit.close')}</Button>}
    >
      <Note tone="attention" icon="eye">
        <p>{t('admins.linkOnce')}</p>
      </Note>
      <p className="mono once">{url}</p>
      <div>
        <Copy text={url} label={t('enroll.copyLink')} words />
      </div>
    </Dialog>
  )
}

/** Gives an admin one more role on a unit. */
export function GrantDialog({ admin, onClose }: { admin: Admin; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const units = useUnits()
  const [role, setRole] = useState<Role>('help-desk')
  const [chosen, setChosen] = useState('')
  const unit = chosen || units.data?.[0]?.id || ''
  const grant = useMutation({
    mutationFn: () => call('POST', `/admins/${admin.id}/grants`, { body: { role, unit } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['admins'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('admins.grantTitle', { name: admin.name })}
      onSubmit={() => unit !== '' && !grant.isPending && grant.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={grant.isPending}>
            {t('admins.grantGo')}
          </Button>
        </>
      }
    >
      <RoleFields role={role} unit={unit} onRole={setRole} onUnit={setChosen} />
      <ProblemNote error={grant.error} />
    </Dialog>
  )
}

/** Removes an admin: their sign-in, sessions and roles end, what they did stays in the log. */
export function RemoveAdmin({ admin, onClose }: { admin: Admin; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/admins/${admin.id}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['admins'] })
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={t('admins.removeTitle', { name: admin.name })}
      action={t('admins.removeGo', { name: admin.name })}
      consequences={[
        { tone: 'attention', word: t('admins.removeAccess'), text: t('admins.removeAccessText') },
        { tone: 'ok', word: t('admins.removeLog'), text: t('admins.removeLogText') },
      ]}
      busy={remove.isPending}
      error={remove.error}
    >
      <p>{admin.email}</p>
    </ConfirmDestructive>
  )
}
