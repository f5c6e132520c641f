import type { Part } from '../en.ts'
import type { passkeys as english } from '../en/passkeys.ts'

export const passkeys: Part<typeof english> = {
  'event.passkey.added': 'パスキーを追加: {name}',
  'event.passkey.renamed': 'パスキーの名前を変更: {from} → {to}',
  'event.passkey.removed': 'パスキーを削除: {name}',
  'event.passkey.used': 'パスキー {name} で署名',
  'event.passkey.suspected': 'パスキー {name} の複製を検知したため無効化',
  'event.session.proven': '本人確認を実施',
  'event.access.ended': '全員をサインアウトさせ、すべての API キーを停止',
  'event.key.resumed': 'API キーを再開: {name}',
  'problem.step-up.needed': 'この操作には、あらためて本人確認が必要です。',
  'problem.step-up.needed.next': 'パスキーを使うかコードを入力し、5 分以内にもう一度操作してください。',
  'problem.step-up.keys-cannot': 'API キーではこの操作はできません。',
  'problem.step-up.keys-cannot.next': 'ご自身でサインインしてください。パスキーまたはコードを求められます。',
  'problem.step-up.refused': 'コードが一致しません。',
  'problem.step-up.refused.next': 'アプリに今表示されているコード、または未使用のリカバリーコードを入力してください。',
  'problem.passkey.refused': 'パスキーは受け付けられませんでした。',
  'problem.passkey.refused.next':
    'もう一度お試しください。要求の有効期限が切れた可能性があります。続く場合は別の方法を使ってください。',
  'problem.passkey.none': 'この操作にはパスキーが必要ですが、まだ登録されていません。',
  'problem.passkey.none.next': 'アカウントのページで追加してください。',
  'problem.passkey.known': 'このパスキーはすでに登録されています。',
  'problem.passkey.known.next': 'それを使うか、別のデバイスを選んでください。',
  'problem.passkey.too-many': 'パスキーは 1 アカウントにつき 20 個までです。',
  'problem.passkey.too-many.next': '使っていないものを削除してください。',
  'problem.passkey.last': 'これを失うとサインインできなくなります。',
  'problem.passkey.last.next': '先に別のパスキーを追加するか、パスワードを設定してください。',
  'problem.passkey.sign-in-again': '最初のパスキーを追加するには、サインインから時間が経ちすぎています。',
  'problem.passkey.sign-in-again.next': 'サインインし直し、5 分以内に追加してください。',
  'problem.passkey.no-name': 'パスキーは名前に結び付きますが、このサーバーはアドレスでしか知られていません。',
  'problem.passkey.no-name.next': 'ブラウザーが使う名前をサーバーに付けてください（MUSTER_URL）。',
}
