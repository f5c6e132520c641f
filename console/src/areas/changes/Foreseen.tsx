import { call } from '../../api.ts'
import type { Preview } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import { type DryRun, useDryRun } from '../../kit/dryRun.ts'
import { PreviewView } from '../../kit/Preview.tsx'
import { useCan } from '../../session.tsx'

/** What somebody is about to decide about people and devices, as the server looks at it. */
export interface Decided {
  moves?: readonly { device: string; unit?: string; user?: string | null }[]
  devices?: readonly { device: string; tags?: readonly string[]; ownership?: string }[]
  members?: readonly { group: string; add: readonly string[]; remove: readonly string[] }[]
  leaving?: readonly string[]
}

/** What it would do to devices and licenses, asked for while it can still be left; null where nothing is about to be decided or it may not be looked at. */
export function useForeseen(decided: Decided | null): DryRun | null {
  const can = useCan()
  const asks = decided !== null && can('changes:write')
  const run = useDryRun(asks ? JSON.stringify(decided) : null, signal =>
    call<{ preview: Preview }>('POST', '/changes/preview', { body: decided ?? {}, signal }),
  )
  return asks ? run : null
}

/** Nobody decides what they have not been shown; where it cannot be worked out, the reason stands there instead. */
export const isLooking = (run: DryRun | null): boolean =>
  run !== null && !run.error && (run.stale || run.preview?.state === 'computing')

/** What it would do, where that was asked for. */
export function Foreseen({ run }: { run: DryRun | null }) {
  const { t } = useVoice()
  if (!run) return null
  return (
    <PreviewView
      preview={run.preview}
      error={run.error}
      stale={run.stale}
      title={t('preview.effect')}
      untouched={t('imports.untouched')}
      open={1}
    />
  )
}
