import type { Part } from '../en.ts'
import type { incidents as english } from '../en/incidents.ts'

export const incidents: Part<typeof english> = {
  'event.incident.opened': '{kind, select, stolen {盗難} other {紛失}}が報告されました：インシデント {number}',
  'event.incident.acted':
    'インシデント {number}：{what, select, refused {ロックできませんでした} lock {再びロックしました} message {画面にメッセージを送りました} sound {音を鳴らしました} locate {現在地を問い合わせました} erase {消去を命じました} other {業務データの削除を命じました}}',
  'event.incident.found': 'インシデント {number}：端末が見つかりました',
  'event.incident.written-off': 'インシデント {number}：端末は回収不能とされました',
  'event.incident.closed': 'インシデント {number} が終了しました',
  'event.standing-order.set': '継続指示が出されました',
  'event.standing-order.changed': '継続指示が変更されました',
  'event.standing-order.canceled': '継続指示が取り消されました',
  'event.standing-order.due': '継続指示の期限が来ました',
  'event.standing-order.sent': '継続指示が実行されました：{after, select, erase {消去} other {業務データの削除}}',
  'event.standing-order.held': '継続指示は待機しています',
  'problem.incident.over': 'このインシデントは終わっています。',
  'problem.incident.over.next': '端末が再びなくなったときは、もう一度報告してください。',
  'problem.incident.not-over': '端末は見つかっておらず、回収不能ともされていません。',
  'problem.incident.not-over.next': 'インシデントを終了する前に、どちらかを選んでください。',
  'problem.incident.confirm-differs': '入力された内容は別の端末を指しています。',
  'problem.incident.confirm-differs.next': 'なくなった端末の資産番号、シリアル番号、または名前を入力してください。',
  'problem.incident.personal-device': 'この端末は利用者本人のものなので、全体を消去することはありません。',
  'problem.incident.personal-device.next': '代わりに業務データを削除してください。',
  'problem.incident.not-managed': 'この端末は管理されていないため、ここからは何もできません。',
  'problem.incident.not-managed.next':
    'わかっていることをメモに残し、見つかったか回収不能となったときにインシデントを終了してください。',
  'problem.incident.not-sealed': 'ログを封印しています。',
  'problem.incident.not-sealed.next': '数秒後にもう一度お試しください。',
  'problem.order.sent': '継続指示の期限が来て、そのコマンドはすでに送られています。',
  'problem.order.sent.next': 'まだ届いていなければ、先にコマンドを取り消してください。',
  'problem.order.until-passed': '継続指示の期限は過ぎています。',
  'problem.order.until-passed.next': 'これからの時刻を選ぶか、いますぐ消去してください。',
}
