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
}
