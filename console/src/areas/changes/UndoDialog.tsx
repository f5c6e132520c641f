import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import { useVoice } from '../../i18n/index.tsx'
import { Button } from '../../kit/Button.tsx'
import { Dialog, KeepButton } from '../../kit/Dialog.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { ProblemNote } from '../../kit/Problem.tsx'

/** Asks before something is taken back, and says what does not come back with it. */
export function UndoDialog(props: { of: 'imports' | 'changes'; id: string; name: string; n: number; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const undo = useMutation({
    mutationFn: () => call('POST', `/${props.of}/${props.id}/undo`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [props.of] })
      props.onClose()
    },
  })
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={t('undo.title', { name: props.name })}
      onSubmit={() => !undo.isPending && undo.mutate()}
      actions={
        <>
          <KeepButton onClick={props.onClose}>{t('undo.keep')}</KeepButton>
          <Button type="submit" variant="primary" busy={undo.isPending}>
            {t('undo.go')}
          </Button>
        </>
      }
    >
      <p className="soft">{t('undo.text', { n: props.n })}</p>
      <ul className="undo-not">
        {(['kept', 'data', 'read'] as const).map(what => (
          <li key={what}>
            <Icon name="minus" />
            {t(`undo.not.${what}`)}
          </li>
        ))}
      </ul>
      <ProblemNote error={undo.error} />
    </Dialog>
  )
}
