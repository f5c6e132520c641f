import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api.ts'

/** Asks the vendor of a program now, and shows anew how every program stands. */
export function useSync(program: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => call('POST', `/programs/${program}/sync`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['programs'] }),
  })
}
