import type { escrow as source } from '../en/escrow.ts'

/** Texts of this part of the console. */
export const escrow = {
  'problem.escrow.kind-unknown': '要求できる秘密情報に、この種類はありません。',
  'problem.escrow.kind-unknown.next': '一覧にある種類から選んでください。',
  'problem.escrow.no-look': 'この秘密情報を見る目的が述べられていません。',
  'problem.escrow.no-look.next': '目的を入力すると、15 分間表示できます。',
  'problem.escrow.not-shown': 'この秘密情報を使うのはサーバーだけで、人が見ても役に立ちません。',
  'problem.escrow.not-shown.next': '対応は必要ありません。',
  'problem.escrow.not-replaceable': 'この端末はこの秘密情報を変更できません。',
  'problem.escrow.not-replaceable.next': '履歴で以前のものを確認するか、端末で直接変更してください。',
  'event.escrow.kept': '送信前に秘密情報を保管',
  'event.escrow.confirmed': '端末の秘密情報を保管',
  'event.escrow.refused': '端末が新しい秘密情報を受け付けず',
  'event.escrow.retired': '秘密情報が端末から消滅',
  'event.escrow.doubted': '保管中の秘密情報では端末が開かず',
  'event.escrow.due': '秘密情報の変更を予定',
  'event.escrow.stuck': '秘密情報を変更できず',
  'event.escrow.ruled': '秘密情報の要件を変更',
  'event.activation-lock.lifted': 'アクティベーションロックの解除を要求',
} as const satisfies Record<keyof typeof source, string>
