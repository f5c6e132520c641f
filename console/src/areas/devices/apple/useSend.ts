import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Device } from '../../../contract.ts'
import { order } from '../queries.ts'

interface Written {
  /** JSON, or the text of a property list. */
  command: unknown
  reason: string
  confirm?: string
}

/** Sends a written command and goes to where it can be followed. */
export function useSend(device: Device) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ command, reason, confirm }: Written) =>
      order(device.id, {
        kind: 'apple.raw',
        args: { command, ...(confirm ? { confirm } : {}) },
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    onSuccess: async made => {
      void client.invalidateQueries({ queryKey: ['device', device.id] })
      await navigate({ to: '/commands/$command', params: { command: made.id } })
    },
  })
}
