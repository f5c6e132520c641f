import type { Part } from '../en.ts'
import type { location as english } from '../en/location.ts'

export const location: Part<typeof english> = {
  'event.fix.kept': '位置を記録しました（誤差 {accuracyM} m 以内）',
  'event.fixes.deleted': '{count, plural, other {# 件の位置情報を削除しました}}',
  'problem.location.closed': '端末の位置は、いまは見られません。',
  'problem.location.closed.next': '位置を開けるのは、インシデントが未解決の間か、別の人が承認してから 1 時間だけです。',
  'problem.location.gated': '位置は、目的を示したときにだけ開けます。',
  'problem.location.gated.next': 'インシデントから開いてください。閲覧は記録され、端末の利用者に表示されます。',
  'held.action.location.open': '端末の位置を開く',
}
