import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'
import type { Device } from '../../contract.ts'
import { useVoice } from '../../i18n/index.tsx'
import { ConfirmDestructive } from '../../kit/ConfirmDestructive.tsx'
import { useOneLeaves } from '../guard/Leaves.tsx'

/** Ends the management of a device: what the server put there goes, what belongs to the person stays. */
export function LeaveDialog({ device, enrollment, onClose }: { device: Device; enrollment: string; onClose(): void }) {
  const { t } = useVoice()
  const client = useQueryClient()
  const leave = useMutation({
    mutationFn: () => call('DELETE', `/enrollments/${enrollment}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['device', device.id] })
      onClose()
    },
  })
  return (
    <ConfirmDestructive
      opened
      onClose={onClose}
      onConfirm={() => leave.mutate()}
      title={t('device.leaveTitle', { name: device.name })}
      action={t('device.leaveGo')}
      consequences={[
        ...useOneLeaves(),
        { tone: 'attention', word: t('device.leaveBackWord'), text: t('device.leaveBack') },
      ]}
      busy={leave.isPending}
      error={leave.error}
    >
      <p>{t('device.leaveText')}</p>
    </ConfirmDestructive>
  )
}
