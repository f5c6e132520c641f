import type { roster as source } from '../en/roster.ts'

/** Texts of this part of the console. */
export const roster = {
  'problem.program.taken': '別のプログラムがすでにこの認証情報を使っています。',
  'problem.program.taken.next': '既存のプログラムを使うか、先に削除してください。',
  'problem.program.file-unreadable': 'これはサーバトークンのファイルではありません。',
  'problem.program.file-unreadable.next':
    'ダウンロードした .p7m ファイルを、開いたり保存し直したりせずにそのまま使ってください。',
  'problem.program.key-unknown': 'このトークンは別の証明書に対して作られています。',
  'problem.program.key-unknown.next':
    'このページの最新の証明書をベンダーにアップロードし、新しいトークンをダウンロードして使ってください。',
  'problem.program.token-over': 'トークンの有効期限が切れています。',
  'problem.program.token-over.next': 'ベンダーで新しいトークンをダウンロードしてください。',
  'problem.program.other-server': 'このトークンはベンダー側の別のサーバのものです。',
  'problem.program.other-server.next':
    '同じサーバのトークンをダウンロードしてください。別のサーバには専用のプログラムを追加してください。',
  'problem.program.kind-wrong': 'このプログラムは種類が違います。',
  'problem.program.kind-wrong.next': 'デバイスを約束するプログラムを選んでください。',
  'problem.entry.unknown': 'これらのシリアル番号の一部は、ここには約束されていません。',
  'problem.entry.unknown.next': '一覧から外すか、ベンダーが約束するまで待ってください。',
  'problem.setup.name-taken': '同じ名前のセットアップがあります。',
  'problem.setup.name-taken.next': '別の名前を選んでください。',
  'problem.setup.in-use': 'このセットアップを使う予定のデバイスまたはプログラムがあります。',
  'problem.setup.in-use.next': '先に別のセットアップを割り当ててください。',
  'problem.setup.step-unknown': 'スキップする手順の一部は不明です。',
  'problem.setup.step-unknown.next': '以下に挙げた手順を外してください。',
  'event.program.added': 'プログラム {name} を追加',
  'event.program.changed':
    'プログラム {name}：{state, select, new {未確認} good {同期済み} terms {規約が未承認} refused {拒否} expired {期限切れ} throttled {待機の要求} silent {応答なし} elsewhere {別のサーバが使用} other {変更}}',
  'event.program.troubled':
    'プログラム {name} に対応が必要：{state, select, terms {ベンダーの規約が承認されていません} refused {ベンダーが認証情報を拒否しています} expired {認証情報の期限が切れています} throttled {ベンダーから繰り返し待機を求められています} silent {ベンダーが応答しません} elsewhere {別のサーバが使用しています} other {問題}}',
  'event.program.recovered': 'プログラム {name} は再び同期しています',
  'event.program.renewed': 'プログラム {name} の認証情報を更新',
  'event.program.removed': 'プログラム {name} を削除',
  'event.roster.grew': '{added, plural, other {#台のデバイスが約束されました}}',
  'event.roster.shrank': '{gone, plural, other {#台のデバイスの約束がなくなりました}}',
  'event.roster.unassigned': 'ベンダーが{devices, plural, other {#台のデバイス}}のセットアップを受け付けませんでした',
  'event.roster.changed': '約束された{devices, plural, other {#台のデバイス}}の指定を変更',
  'event.setup.added': 'セットアップ {name} を追加',
  'event.setup.changed': 'セットアップ {name} を変更',
  'event.setup.removed': 'セットアップ {name} を削除',
} as const satisfies Record<keyof typeof source, string>
