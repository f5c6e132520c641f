import type { licenses as source } from '../en/licenses.ts'

/** Texts of this part of the console. */
export const licenses = {
  'event.license.short': 'ライセンスが不足しました',
  'event.license.enough': 'ライセンスの不足が解消しました',
  'event.license.reclaimed': '未使用のライセンスを回収しました',
  'event.seat.held': 'ライセンスを割り当てました',
  'event.seat.refused': 'ライセンスの割り当てが拒否されました',
  'event.seat.returned': 'ライセンスを返却しました',
  'event.seat.lost': 'ライセンスがほかで取り消されました',
  'event.seat.slow': 'ライセンスがベンダーの応答を待っています',
} as const satisfies Record<keyof typeof source, string>
