import type { AppState } from '../../contract/apps.ts'
import type { Key, Voice } from '../../i18n/index.tsx'
import type { ToneName } from '../../kit/State.tsx'

/** How a state of an app looks. */
export const appTones: Record<AppState, ToneName> = {
  wanted: 'pending',
  license: 'pending',
  sent: 'pending',
  downloading: 'pending',
  installing: 'pending',
  asking: 'attention',
  installed: 'ok',
  updating: 'pending',
  failed: 'danger',
  rejected: 'attention',
  removed: 'none',
}

/** Why an app is where it is, and what to do next, in our own words where we have them. */
export function whyOf(voice: Voice, code: string | null | undefined): { why: string; next: string | null } | null {
  if (!code) return null
  const key = code.startsWith('honor.') ? code : `explained.${code}`
  if (!voice.has(key)) return null
  const next = `${key}.next`
  return { why: voice.tell(key, {}), next: voice.has(next) ? voice.tell(next, {}) : null }
}

/** The kinds of apps, in the order in which people look for them. */
export const kindKeys: Record<string, Key> = {
  store: 'appsPage.kind.store',
  custom: 'appsPage.kind.custom',
  file: 'appsPage.kind.file',
  web: 'appsPage.kind.web',
  book: 'appsPage.kind.book',
}
