import type { Part } from '../en.ts'
import type { compliance as english } from '../en/compliance.ts'

/** Texts of this part of the console. */
export const compliance: Part<typeof english> = {
  'event.rule.added': 'ルール「{name}」を追加',
  'event.rule.changed': 'ルール「{name}」を変更',
  'event.rule.removed': 'ルール「{name}」を削除',
  'event.verdict.changed':
    '{now, select, violating {「{name}」に違反} grace {「{name}」に違反（猶予期間中）} excepted {「{name}」の例外} compliant {「{name}」に再び準拠} unknown {「{name}」に準拠しているか不明} other {「{name}」は対象外になりました}}',
  'event.verdict.responded':
    '{done, select, person {「{name}」について本人に通知} admins {「{name}」について管理者に通知} tag {「{name}」によりタグ {tag} を付与} restrict {「{name}」によりタグ {tag} で制限} ticket {「{name}」のチケット} lock {「{name}」によりロックを送信} other {「{name}」への対応は拒否}}',
  'event.exception.asked': '「{name}」の例外を申請：{reason}',
  'event.exception.granted': '「{name}」の例外を許可：{reason}',
  'event.exception.denied': '「{name}」の例外を却下',
  'event.exception.ended': '{early, select, true {「{name}」の例外を期限前に終了} other {「{name}」の例外が終了}}',
  'problem.rule.too-many': '組織で持てるルールの上限に達しています。',
  'problem.rule.too-many.next': '不要になったルールを削除してください。',
  'problem.rule.words': 'ルールでは語句を検索できません。項目と事実で指定します。',
  'problem.rule.words.next': '条件を「項目:値」の形で書いてください（例：fact.security.firewall:yes）。',
  'problem.rule.unknown': 'そのルールはありません。',
  'problem.rule.unknown.next': '端末に関係するルールを選んでください。',
  'problem.rule.template-unknown': 'そのテンプレートはありません。',
  'problem.rule.template-unknown.next': '一覧からテンプレートを選んでください。',
  'problem.exception.for-whom': '例外は端末 1 台または 1 人に対するものです。',
  'problem.exception.for-whom.next': '端末か人のどちらかを指定してください。',
  'problem.exception.until': '例外は今から 1 年以内に必ず終わります。',
  'problem.exception.until.next': '現在より後で 1 年以内の終了日時を選んでください。',
  'problem.exception.decided': 'この例外はすでに決定済みか終了しています。',
  'problem.exception.decided.next': '一覧を再読み込みして状態を確認してください。',
  'problem.exception.granted': 'これにはすでに例外があります。',
  'problem.exception.granted.next': '何もする必要はありません。',
}
