import { useCallback, useEffect, useMemo, useState } from 'react'
import { changesOf, type Draft, type DraftChange, keepDraft, keptDraft, type Values } from './draft.ts'

/** A policy's value while someone edits it. */
export interface DraftHold {
  value: Values
  /** What the newest saved version says. */
  saved: Values
  changes: DraftChange[]
  dirty: boolean
  /** The version it started from, when somebody has saved a newer one since. */
  outdated: number | null
  base: number
  set(value: Values): void
  discard(): void
  /** Takes the newest version as the ground of this draft: what was changed here stays changed. */
  rebase(): void
}

/** Keeps an unsaved value under a name, in this tab, until it is saved or thrown away. */
export function useDraft(name: string, saved: Values, version: number, first?: Values | undefined): DraftHold {
  const [draft, setDraft] = useState<Draft | null>(
    () => keptDraft(name) ?? (first ? { value: first, base: version } : null),
  )
  const [of, setOf] = useState(name)
  if (of !== name) {
    setOf(name)
    setDraft(keptDraft(name))
  }
  useEffect(() => keepDraft(name, draft), [name, draft])
  const value = draft?.value ?? saved
  const base = draft?.base ?? version
  const changes = useMemo(() => changesOf(saved, value), [saved, value])
  const set = useCallback((next: Values) => setDraft(old => ({ value: next, base: old?.base ?? version })), [version])
  const discard = useCallback(() => setDraft(null), [])
  const rebase = useCallback(() => setDraft(old => old && { ...old, base: version }), [version])
  return {
    value,
    saved,
    changes,
    dirty: draft !== null && (version === 0 || changes.length > 0),
    outdated: draft !== null && base < version ? base : null,
    base,
    set,
    discard,
    rebase,
  }
}
