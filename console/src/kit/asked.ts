import { useNavigate, useSearch } from '@tanstack/react-router'

/** What the address asks to be renewed (`?renew=`), and how to take that out of it once it is answered or declined. */
export function useAskedRenewal(): [ref: string | null, clear: () => void] {
  const { renew } = useSearch({ strict: false }) as { renew?: string }
  const navigate = useNavigate()
  const clear = (): void => {
    if (renew !== undefined) void navigate({ to: '.', search: {}, replace: true })
  }
  return [renew ?? null, clear]
}
