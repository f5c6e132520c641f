import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import type { ApproverSet } from '../../contract/approvers.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'
import { Note } from '../../kit/State.tsx'

/** Asks once more before devices are told whom to ask, because nobody takes that back alone. */
export function ApproversDialog({ set, need, onClose }: { set: ApproverSet; need: number; onClose(): void }) {
  const { t, f } = useVoice()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () => call('PUT', '/guard/approvers', { body: { need } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['guard'] })
      await client.invalidateQueries({ queryKey: ['intents'] })
      onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(need === 0 ? 'approvers.confirmOff' : 'approvers.confirm')}
      actions={
        <>
          <KeepButton onClick={onClose}>{t('kit.keepIt')}</KeepButton>
          <Button
            variant={need === 0 ? 'danger' : 'primary'}
            icon="key"
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t(set.need === 0 ? 'approvers.save' : 'approvers.propose')}
          </Button>
        </>
      }
    >
      {need > 0 && <p>{t('approvers.on', { need, people: set.able.length })}</p>}
      {need > 0 && <p className="soft">{f.list(set.able.map(p => p.name ?? t('approvers.nameless')))}</p>}
      {need === 0 && <p>{t('approvers.offText')}</p>}
      <Note tone="attention">
        <p>{set.need === 0 ? t('approvers.confirmFirst') : t('approvers.confirmLater', { need: set.need })}</p>
      </Note>
      <ProblemNote error={save.error} />
    </Dialog>
  )
}
