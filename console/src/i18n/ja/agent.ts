/** Texts of this part of the console. */
export const agent = {
  'event.agent.cloned': 'エージェントの複製が {subject} として通信しています',
  'event.agent.refused': '{subject} がサーバーからの内容を拒否しました：{code}',
  'problem.agent.clock': 'デバイスの時計がサーバーと大きくずれています。',
  'problem.agent.clock.next': '操作は不要です。エージェントがこの応答から時刻を受け取り、再度問い合わせます。',
  'problem.agent.challenge': 'このサーバーのチャレンジではないか、古すぎます。',
  'problem.agent.challenge.next':
    '操作は不要です。エージェントが新しいものを求めます。続く場合は招待を作り直してください。',
  'problem.agent.item-other': 'デバイスの文書にこの項目がないか、バージョンが違います。',
  'problem.agent.item-other.next': '対応は不要です。エージェントが最新の文書を受け取り、もう一度要求します。',
  'problem.agent.item-own': 'この項目は、このサーバーの認証局の証明書を必要としていません。',
  'problem.agent.item-own.next':
    'ポリシーで証明書の発行元にこのサーバーを選ぶか、当社エージェントのデバイスには割り当てないでください。',
  'problem.agent.busy': 'この招待で登録を始めているデバイスが多すぎます。',
  'problem.agent.busy.next': '数分待ってから、もう一度コードを読み取ってください。',
  'problem.agent.mode': 'この招待は、別の方法で管理されるデバイス用です。',
  'problem.agent.mode.next':
    '所有区分の合う招待を作成してください。デバイス全体なら会社、仕事用プロファイルなら個人です。',
  'problem.agent.replayed': 'この要求は、すでに応答済みの要求より前に作られたものです。',
  'problem.agent.replayed.next':
    '操作は不要です。エージェントが新しい番号で問い合わせ直します。続く場合は、過去の通信を誰かが繰り返し送っています。',
  'problem.agent.message': 'エージェントのメッセージを読み取れません。',
  'problem.agent.message.next':
    'エージェントを更新してください。最新の場合は、リクエスト番号を添えて報告してください。',
  'enrollment.kind.fully-managed': 'デバイス全体',
  'enrollment.kind.dedicated': '専用端末（デバイス全体）',
  'enrollment.kind.company-profile': '仕事用プロファイル付きの会社端末',
  'enrollment.kind.work-profile': '個人端末、仕事用プロファイルのみ',
  'problem.command.mode': 'この端末の管理方式では実行できません。',
  'problem.command.mode.next': '別のコマンドを選ぶか、端末全体を管理する方式で登録し直してください。',
  'command.kind.inventory.query': 'すべての情報を改めて求める',
  'command.kind.app.uninstall': 'アプリを削除',
  'command.kind.message.show': 'メッセージを表示',
  'command.kind.enrollment.leave': '管理を終了',
  'event.guard.approvers-changed': '端末が求める承認者を変更（{people} 人のうち {need} 人）',
  'held.why.proved': '端末自身が承認を求める',
  'held.action.guard.approvers': '端末が求める承認者を変更する',
  'problem.approval.not-pinned': 'あなたのパスキーは、これを承認できるものとして端末に登録されていません。',
  'problem.approval.not-pinned.next': '端末に登録済みの承認者に依頼するか、承認者を更新してください。',
  'problem.approvers.too-few': '承認できる人が足りません。自分の依頼は承認できないため、必要数より 1 人多く必要です。',
  'problem.approvers.too-few.next':
    '承認権限を持つほかの管理者にパスキーを追加してもらってください。1 日後から有効です。',
} as const
