import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog } from '../../kit/Dialog.tsx'
import { Segments, TextField } from '../../kit/Field.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

const dayMs = 24 * 3_600_000
const lengths = ['7', '30', '90', '365'] as const

/** Excepts a device from a rule for a time; or says that the rule is wrong about it. */
export function ExceptDialog(props: {
  device: { id: string; name: string }
  rule: { id: string; name: string }
  wrong: boolean
  onClose(): void
}) {
  const { t } = useVoice()
  const { device, rule, wrong, onClose } = props
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [days, setDays] = useState<(typeof lengths)[number]>(wrong ? '365' : '30')
  const full = reason.trim().length > 2
  const grant = useMutation({
    mutationFn: () =>
      call('POST', `/devices/${device.id}/exceptions`, {
        body: { rule: rule.id, reason: reason.trim(), until: Date.now() + Number(days) * dayMs, wrong },
      }),
    onSuccess: async () => {
      await Promise.all(['compliance', 'device'].map(name => client.invalidateQueries({ queryKey: [name] })))
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(wrong ? 'ruleExceptions.wrongTitle' : 'ruleExceptions.grantTitle', {
        rule: rule.name,
        device: device.name,
      })}
      onSubmit={() => full && !grant.isPending && grant.mutate()}
      actions={
        <>
          <Button onClick={onClose}>{t('kit.cancel')}</Button>
          <Button type="submit" variant="primary" busy={grant.isPending} disabled={!full}>
            {t('ruleExceptions.grant')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('ruleExceptions.grantText')}</p>
      <TextField
        label={t('ruleExceptions.reason')}
        value={reason}
        maxLength={1000}
        onChange={event => setReason(event.target.value)}
        data-autofocus
      />
      <Segments
        label={t('ruleExceptions.length')}
        value={days}
        onChange={next => setDays(lengths.find(l => l === next) ?? '30')}
        options={lengths.map(value => ({ value, label: t('ruleExceptions.days', { n: Number(value) }) }))}
      />
      <ProblemNote error={grant.error} />
    </Dialog>
  )
}
