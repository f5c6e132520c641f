import type { Part } from '../en.ts'
import type { orgPeople as english } from '../en/orgPeople.ts'

export const orgPeople: Part<typeof english> = {
  'problem.group.name-taken': 'この部門には同じ名前のグループがあります。',
  'problem.group.name-taken.next': '別の名前を付けてください。',
  'problem.group.in-use': 'このグループを対象とする割り当てがあります。',
  'problem.group.in-use.next': 'このグループを指定している割り当てから外してから削除してください。',
  'event.group.added': 'グループを追加',
  'event.group.changed': 'グループを変更',
  'event.group.removed': 'グループを削除',
  'event.group.membersChanged':
    'グループ「{name}」：{added, plural, =0 {} other {# 人を追加}}{removed, plural, =0 {} other {# 人を除外}}',
  'problem.device.shared': '共用の端末なので、特定の使用者に割り当てられません。',
  'problem.device.shared.next': '先に共用を解除してから割り当ててください。',
  'problem.tag-rule.time-field': '最終接続や登録の日時は規則の条件にできません。時間の経過だけで結果が変わるためです。',
  'problem.tag-rule.time-field.next': '保存したビューを使うか、その条件を外してください。',
  'problem.tag-rule.tag-field': 'タグは規則の条件にできません。規則どうしが互いに作用するためです。',
  'problem.tag-rule.tag-field.next': 'そのタグが表す条件を直接書いてください。',
  'problem.tag-rule.unit-unknown': 'その名前の部門はありません。',
  'problem.tag-rule.unit-unknown.next': '閲覧できる部門を指定してください。',
  'problem.tag-rule.too-many': 'タグの規則の数が上限に達しています。',
  'problem.tag-rule.too-many.next': '不要な規則を削除してください。',
  'event.tag-rule.added': 'タグの規則「{name}」を追加（タグ：{tag}）',
  'event.tag-rule.changed': 'タグの規則「{name}」を変更',
  'event.tag-rule.removed': 'タグの規則「{name}」を削除',
  'event.users.exported': '使用者一覧のダウンロード',
  'event.units.exported': '部門一覧のダウンロード',
}
