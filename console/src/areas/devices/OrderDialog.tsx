import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { TextArea, TextField, Tick } from '../../kit/Field.tsx'
import { fieldError, ProblemNote } from '../../kit/Problem.tsx'
import { kindWord } from '../commands/words.ts'
import { order } from './queries.ts'
import { kindNames } from './words.ts'

type Args = Record<string, string | boolean>
type FieldName = 'message' | 'phoneNumber' | 'footnote' | 'pin' | 'notifyUser' | 'package' | 'activationCode' | 'card'

/** The questions each command asks, and whether they must be answered. */
function fieldsOf(kind: string, device: Device): FieldName[] {
  const mac = device.platform === 'macos'
  if (kind === 'lock') return mac ? ['pin', 'message'] : ['message', 'phoneNumber']
  if (kind === 'lost-mode.enable') return ['message', 'phoneNumber', 'footnote']
  if (kind === 'suspend') return ['message']
  if (kind === 'app.clear') return ['package']
  if (kind === 'esim.add') return ['activationCode']
  if (kind === 'esim.remove') return ['card']
  if (kind === 'restart') return mac ? ['notifyUser'] : []
  return []
}

/** Without these the order means nothing. */
const needed: readonly FieldName[] = ['package', 'activationCode', 'card']

/** Asks before a command that can be undone or does no lasting harm: says what will happen, then orders it. */
export function OrderDialog({ device, kind, onClose }: { device: Device; kind: string; onClose(): void }) {
  const voice = useVoice()
  const { t, has } = voice
  const client = useQueryClient()
  const [args, setArgs] = useState<Args>({})
  const [reason, setReason] = useState('')
  const fields = fieldsOf(kind, device)
  const give = useMutation({
    mutationFn: () =>
      order(device.id, { kind, args: filled(args), ...(reason.trim() ? { reason: reason.trim() } : {}) }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  const missing =
    (kind === 'lost-mode.enable' && !args['message'] && !args['phoneNumber']) ||
    fields.some(name => needed.includes(name) && !args[name])
  const textKey = `command.about.${kind}`
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('order.title', { command: kindWord(voice, kind), name: device.name })}
      onSubmit={() => !missing && !give.isPending && give.mutate()}
      actions={
        <>
          <Button onClick={onClose} {...(fields.length === 0 ? { 'data-autofocus': true } : {})}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" variant="primary" disabled={missing} busy={give.isPending}>
            {t('order.go', { command: kindWord(voice, kind), kind: kindNames[device.platform] })}
          </Button>
        </>
      }
    >
      {has(textKey) && <p className="soft">{t(textKey)}</p>}
      {fields.map(name => (
        <ArgField
          key={name}
          name={name}
          args={args}
          error={fieldError(give.error, name)}
          first={name === fields[0]}
          onChange={setArgs}
        />
      ))}
      <TextField
        label={t('order.reason')}
        hint={t('order.reasonHint')}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <ProblemNote error={give.error} />
    </Dialog>
  )
}

function ArgField(props: {
  name: FieldName
  args: Args
  error: string | null
  first: boolean
  onChange(args: Args): void
}) {
  const { t } = useVoice()
  const { name, args } = props
  const set = (value: string | boolean) => props.onChange({ ...args, [name]: value })
  const auto = props.first ? { 'data-autofocus': true } : {}
  if (name === 'notifyUser') {
    return (
      <Tick label={t('order.notifyUser')} checked={args[name] === true} onChange={event => set(event.target.checked)} />
    )
  }
  const shared = { label: t(`order.${name}`), value: String(args[name] ?? ''), error: props.error, ...auto }
  if (name === 'message')
    return <TextArea {...shared} rows={2} maxLength={500} onChange={event => set(event.target.value)} />
  if (name === 'pin') {
    return (
      <TextField
        {...shared}
        hint={t('order.pinHint')}
        mono
        inputMode="numeric"
        pattern="[0-9]{6}"
        maxLength={6}
        autoComplete="off"
        onChange={event => set(event.target.value)}
      />
    )
  }
  if (needed.includes(name))
    return <TextField {...shared} mono autoComplete="off" onChange={event => set(event.target.value)} />
  return (
    <TextField {...shared} type={name === 'phoneNumber' ? 'tel' : 'text'} onChange={event => set(event.target.value)} />
  )
}

/** Only what was answered goes to the server. */
const filled = (args: Args): Args =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== '' && value !== false))
