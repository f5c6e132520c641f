import type { Part } from '../en.ts'
import type { firstPage as english } from '../en/firstPage.ts'

export const firstPage: Part<typeof english> = {
  'certificates.credential': '証明書',
  'certificates.over': '期限切れ',
  'device.state.active': '稼働中',
  'device.state.ended': '終了',
  'device.state.enrolling': '登録中',
  'device.state.lost': '紛失',
  'device.state.silent': '応答なし',
  'nav.policies': 'ポリシー',
  'signIn.passkey': 'パスキーでサインイン',
}
