import type { Part } from '../en.ts'
import type { kioskPages as english } from '../en/kioskPages.ts'

export const kioskPages: Part<typeof english> = {
  'kiosk.apps': 'アプリ（ホーム画面の順）',
  'kiosk.appsHint': 'ドラッグか矢印で並べ替えます。未導入のアプリは導入後に表示されます。',
  'kiosk.add': 'アプリを追加',
  'kiosk.addHint': 'カタログを検索するか、com.android.settings のようなパッケージ名を入力します。',
  'kiosk.notFound': '該当するアプリはありません。パッケージ名には点が含まれます。',
  'kiosk.up': '{name}を上へ',
  'kiosk.down': '{name}を下へ',
  'kiosk.remove': '{name}を外す',
  'kiosk.moved': '{name}は {place, number} 番目になりました。',
  'kiosk.empty': 'アプリがありません',
  'kiosk.emptyText': 'キオスクはこれらのアプリだけを表示するので、1 つ以上必要です。',
  'kiosk.singleOnly': '1 つだけを前面に出す場合、ホーム画面はなく、先頭のアプリだけが有効です。',
  'kiosk.without.home': 'なければ、アプリ自身の戻る操作でしか離れられません。',
  'kiosk.without.overview': '許可アプリ間の切り替え。ホームボタンが必要です。',
  'kiosk.without.notifications': '上端から通知を開けます。ホームボタンが必要です。',
  'kiosk.without.system-info': 'なければ上部に時計・電池・電波は出ません。',
  'kiosk.without.power': 'なければ、止まった端末はここからか、電源長押しでしか再起動できません。',
  'kiosk.without.lock-screen': 'なければ、手に取った人がすぐに使えます。',
  'kiosk.since': '{version} 以降。それより前は表示できません。',
  'kiosk.noWayOut': '現場では誰もキオスクを抜けられません',
  'kiosk.noWayOutText':
    '終了コードがありません。通信を失った端末は手作業で消去するまでそのままです。保守担当者用のコードを設定してください。',
  'kiosk.more': '終了と画面',
  'kiosk.drawing': '表示の見本',
  'kiosk.drawingOf': '{device}：{n, plural, other {アプリ # 個}}',
  'kiosk.drawingHint': '自社エージェントのホーム画面の図です。Google 経由では順序と外観は Google のものになります。',
  'kiosk.phone': 'スマートフォン',
  'kiosk.tablet': 'タブレット',
}
