import { call } from '../../api.ts'
import type { Policy, Preview } from '../../contract/policies.ts'
import { type DryRun, useDryRun } from '../../kit/dryRun.ts'
import type { DraftHold } from './useDraft.ts'

/** What saving the draft as the next version would do. */
export function useVersionPreview(policy: Policy, draft: DraftHold, ready: boolean): DryRun {
  const key = ready && draft.dirty ? `${policy.id} ${policy.version} ${JSON.stringify(draft.value)}` : null
  return useDryRun(key, signal =>
    call<{ preview: Preview }>('POST', `/policies/${policy.id}/versions`, {
      query: { dryRun: true },
      body: { value: draft.value, base: draft.base },
      signal,
    }),
  )
}
