import type { AppIcon } from '../../contract/apps.ts'
import { Icon } from '../../kit/Icon.tsx'

/** The picture of an app, or a plain one; its name stands beside it. */
export function AppMark({ icon }: { icon: AppIcon | null }) {
  if (!icon) return <Icon name="app" />
  return <img className="app-mark" src={`data:${icon.type};base64,${icon.data}`} alt="" width={20} height={20} />
}
