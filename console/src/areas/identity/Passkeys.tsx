import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, get } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Age } from '../../kit/Age.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { TextField } from '../../kit/Field.tsx'
import { ListTable } from '../../kit/ListTable.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note, State } from '../../kit/State.tsx'
import { type CreationOptions, makePasskey, passkeysWork } from '../../kit/webauthn.ts'
import { useSession } from '../../session.tsx'
import { agentWord } from './agent.ts'
import { CodeList } from './Totp.tsx'

interface Passkey {
  id: string
  name: string
  synced: boolean
  createdAt: number
  lastUsedAt: number | null
  suspect: boolean
}

/** The person's passkeys: what they are called, when they were last used, and the way to more. */
export function Passkeys() {
  const { t } = useVoice()
  const { admin } = useSession()
  const [open, setOpen] = useState<{ kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey } | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: ({ signal }) => get<{ items: Passkey[] }>('/me/passkeys', {}, signal),
  })
  const rows = passkeys.data?.items ?? []
  return (
    <div className="stack">
      <p className="soft narrow">{t('passkeys.text')}</p>
      <ProblemNote error={passkeys.error} />
      {rows.length > 0 && <PasskeyTable rows={rows} onOpen={setOpen} />}
      {codes && <NewCodes codes={codes} />}
      <div>
        <Button icon="key" onClick={() => setOpen({ kind: 'add' })} disabled={!passkeysWork() || !passkeys.data}>
          {t('passkeys.add')}
        </Button>
      </div>
      {!passkeysWork() && <p className="small muted">{t('passkeys.cannot')}</p>}
      {open?.kind === 'add' && (
        <AddPasskey first={rows.length === 0 && !admin.totp} onCodes={setCodes} onClose={() => setOpen(null)} />
      )}
      {open?.kind === 'rename' && <RenamePasskey passkey={open.passkey} onClose={() => setOpen(null)} />}
      {open?.kind === 'remove' && <RemovePasskey passkey={open.passkey} onClose={() => setOpen(null)} />}
    </div>
  )
}

function PasskeyTable(props: { rows: Passkey[]; onOpen(open: { kind: 'rename' | 'remove'; passkey: Passkey }): void }) {
  const { t } = useVoice()
  return (
    <ListTable
      caption={t('passkeys.title')}
      rows={props.rows}
      keyOf={row => row.id}
      columns={[
        {
          id: 'name',
          head: t('admins.name'),
          cell: row => (
            <>
              {row.name}{' '}
              {row.suspect && (
                <State tone="danger" quiet>
                  {t('passkeys.suspect')}
                </State>
              )}
            </>
          ),
        },
        {
          id: 'where',
          head: t('passkeys.where'),
          width: 170,
          aside: true,
          cell: row => (row.synced ? t('passkeys.synced') : t('passkeys.bound')),
        },
        {
          id: 'used',
          head: t('account.lastUsed'),
          width: 110,
          num: true,
          cell: row => (row.lastUsedAt === null ? t('passkeys.never') : <Age at={row.lastUsedAt} />),
        },
        {
          id: 'act',
          head: t('admins.actions'),
          width: 190,
          num: true,
          quiet: true,
          cell: row => (
            <>
              <Button
                size="sm"
                aria-label={t('passkeys.renameLabel', { name: row.name })}
                onClick={() => props.onOpen({ kind: 'rename', passkey: row })}
              >
                {t('passkeys.rename')}
              </Button>{' '}
              <Button
                size="sm"
                aria-label={t('passkeys.removeLabel', { name: row.name })}
                onClick={() => props.onOpen({ kind: 'remove', passkey: row })}
              >
                {t('passkeys.remove')}
              </Button>
            </>
          ),
        },
      ]}
    />
  )
}

function NewCodes({ codes }: { codes: string[] }) {
  const { t } = useVoice()
  return (
    <div className="stack narrow">
      <Note tone="attention" icon="eye">
        <p>{t('totp.codesOnce')}</p>
      </Note>
      <CodeList codes={codes} />
    </div>
  )
}

/** Every list and the session know another number of passkeys now. */
function useAgain(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await client.invalidateQueries({ queryKey: ['passkeys'] })
    await client.invalidateQueries({ queryKey: ['session'] })
  }
}

function AddPasskey(props: { first: boolean; onCodes(codes: string[]): void; onClose(): void }) {
  const { t } = useVoice()
  const again = useAgain()
  const [name, setName] = useState(() => agentWord(navigator.userAgent))
  const [password, setPassword] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      const options = await call<CreationOptions>('POST', '/me/passkeys/options', {
        body: props.first ? { password } : {},
      })
      const body = { name: name.trim(), response: await makePasskey(options) }
      return call<{ recoveryCodes: string[] | null }>('POST', '/me/passkeys', { body })
    },
    onSuccess: async ({ recoveryCodes }) => {
      if (recoveryCodes) props.onCodes(recoveryCodes)
      await again()
      props.onClose()
    },
  })
  const ready = name.trim() !== '' && (!props.first || password !== '')
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={t('passkeys.addTitle')}
      onSubmit={() => ready && !add.isPending && add.mutate()}
      actions={
        <>
          <Button onClick={props.onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={add.isPending}>
            {t('passkeys.addGo')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('passkeys.addText')}</p>
      <TextField
        label={t('admins.name')}
        hint={t('passkeys.nameHint')}
        value={name}
        onChange={event => setName(event.target.value)}
        maxLength={200}
        data-autofocus
      />
      {props.first && (
        <TextField
          label={t('account.current')}
          hint={t('passkeys.passwordHint')}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.target.value)}
        />
      )}
      <ProblemNote error={add.error} />
    </Dialog>
  )
}

function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose(): void }) {
  const { t } = useVoice()
  const again = useAgain()
  const [name, setName] = useState(passkey.name)
  const rename = useMutation({
    mutationFn: () => call('PATCH', `/me/passkeys/${passkey.id}`, { body: { name: name.trim() } }),
    onSuccess: async () => {
      await again()
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('passkeys.renameTitle')}
      onSubmit={() => name.trim() !== '' && !rename.isPending && rename.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={name.trim() === ''} busy={rename.isPending}>
            {t('kit.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('admins.name')}
        value={name}
        onChange={event => setName(event.target.value)}
        maxLength={200}
        data-autofocus
      />
      <ProblemNote error={rename.error} />
    </Dialog>
  )
}

function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose(): void }) {
  const { t } = useVoice()
  const again = useAgain()
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/me/passkeys/${passkey.id}`),
    onSuccess: async () => {
      await again()
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('passkeys.removeTitle', { name: passkey.name })}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('passkeys.remove')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('passkeys.removeText')}</p>
      <ProblemNote error={remove.error} />
    </Dialog>
  )
}
