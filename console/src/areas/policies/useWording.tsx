import type { FormField } from '@muster/wire/apple/catalog/form.ts'
import { useMemo } from 'react'
import type { Json, Kind } from '../../contract/policies.ts'
import { useVoice } from '../../i18n/index.tsx'
import type { ControlProps, Wording } from '../../kit/catalog-form/hold.ts'
import { listOf } from '../../kit/catalog-form/value.ts'
import { Icon } from '../../kit/Icon.tsx'
import { AppPicker } from '../compliance/AppPicker.tsx'
import { honorBadges } from './words.ts'

/** Our own words for the settings of a kind, and which platforms honor each. */
export function useWording(kind: Kind): Wording {
  const voice = useVoice()
  return useMemo(() => {
    // Keys that say the same in several places of a kind have one text by their last step; those of certificates one for all kinds.
    const said = (start: string, pointer: string, end = ''): string | undefined => {
      // What an app calls its own keys is not for us to say.
      if (kind.kind === 'app' && pointer.startsWith('/config/')) return undefined
      const path = pathOf(pointer)
      const last = path.slice(path.lastIndexOf('/') + 1)
      const shared = path.includes('/identity/') ? 'identity' : kind.kind
      const keys = [`${start}.${kind.kind}${path.replaceAll('/', '.')}${end}`, `${start}.${shared}.${last}${end}`]
      const key = keys.find(one => voice.has(one))
      return key !== undefined && voice.has(key) ? voice.t(key) : undefined
    }
    return {
      label: (_: FormField, pointer: string) => said('setting', pointer),
      note: (_: FormField, pointer: string) => said('setting', pointer, '.text'),
      option: (_: FormField, pointer: string, value: Json) => said('choice', pointer, `.${String(value)}`),
      group: (code: string) => {
        const key = `settingSection.${code}`
        return voice.has(key) ? voice.t(key) : undefined
      },
      ...(kind.kind === 'restrictions'
        ? { list: (props: ControlProps) => (appLists.has(props.pointer) ? <AppList {...props} /> : undefined) }
        : {}),
      ...(kind.family === 'ours'
        ? { badges: (pointer: string) => <Badges kind={kind} at={pathOf(pointer).slice(1)} /> }
        : {}),
    }
  }, [voice, kind])
}

const appLists: ReadonlySet<string> = new Set(['/blockedApps', '/allowedApps'])

/** Apps by what devices have, under the names people know; kept by what their systems know them by. */
function AppList({ value, onChange }: ControlProps) {
  const chosen = listOf(value).flatMap(app => (typeof app === 'string' ? [{ app, name: '' }] : []))
  return (
    <div className="cf-list wide">
      <AppPicker chosen={chosen} onChange={to => onChange(to.map(one => one.app))} />
    </div>
  )
}

/** A pointer without the places in lists. */
const pathOf = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '')

function Badges({ kind, at }: { kind: Kind; at: string }) {
  const voice = useVoice()
  return honorBadges(voice, kind.honors, at).map(badge => (
    <span key={badge.text} className="badge" title={badge.reason ?? undefined}>
      {badge.supervised && <Icon name="shield" />}
      {badge.text}
      {badge.supervised && <span>· {voice.t('editor.supervised')}</span>}
      {badge.reason && <span>· {voice.t('editor.partly')}</span>}
    </span>
  ))
}
