import { useVoice } from '../../i18n/index.tsx'
import { Note } from '../../kit/State.tsx'

/** What some devices cannot answer, or answer otherwise by the road they are held by; where the rule is about them at all. */
export function RoadRemark({ kind, platforms }: { kind: string; platforms: readonly string[] }) {
  const { t, has } = useVoice()
  const key = `ruleRoad.${kind}`
  if (!has(key) || (platforms.length > 0 && !platforms.includes('android'))) return null
  return (
    <Note tone="info">
      <p>{t(key)}</p>
    </Note>
  )
}
