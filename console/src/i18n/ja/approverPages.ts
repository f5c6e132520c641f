import type { Part } from '../en.ts'
import type { approverPages as english } from '../en/approverPages.ts'

export const approverPages: Part<typeof english> = {
  'approvers.title': '端末が知る承認者',
  'approvers.lede':
    '自社エージェントの端末は、自らを消去する前に人の同意を求め、このサーバーを信用せずに確認できます。',
  'approvers.off': '端末は誰にも確認しません。',
  'approvers.offText': 'このサーバーを手にした者は、単独ですべての端末を消去できます。',
  'approvers.on': '{need, plural, other {端末が知る {people, number} 人のうち {need, number} 人の同意が必要です。}}',
  'approvers.waiting': '変更は、端末が知る人の署名を待っています。',
  'approvers.waitingText': '必要な人数が署名するまで、端末は以前の人に確認し続けます。',
  'approvers.waitingSee': '変更を見る',
  'approvers.people': '人',
  'approvers.peopleText': '組織全体で承認でき、1 日以上経ったパスキーを持つ全員。',
  'approvers.person': '人物',
  'approvers.passkeys': 'パスキー',
  'approvers.standing': '端末での扱い',
  'approvers.known': '登録済み',
  'approvers.next': '次の変更から',
  'approvers.gone': '登録済みだが、もう承認できない',
  'approvers.nameless': '削除された管理者',
  'approvers.none': '承認できる人がまだいません',
  'approvers.noneText':
    '全体で承認できる管理者 2 人以上に、パスキーを追加してもらってください。盗まれたセッションで追加してすぐ使えないよう、1 日後から有効になります。',
  'approvers.admins': '管理者と権限',
  'approvers.rule': '同意に必要な人数',
  'approvers.select': '端末の消去前に署名する人数',
  'approvers.need.0': '0 人：サーバーに従う',
  'approvers.need.some': '{n, plural, other {# 人}}',
  'approvers.tooFew':
    '自分の依頼には同意できないため、承認できる人が {need, number} 人必要です。今は {people, number} 人です。',
  'approvers.edge':
    'このうち 1 人でも去ると、同意が必要な操作はできなくなります。有効にする前にもう 1 人加えてください。',
  'approvers.save': '端末に伝える',
  'approvers.propose': '変更を提案',
  'approvers.renew': '現在の人に更新',
  'approvers.confirm': '誰に確認するか端末に伝えますか？',
  'approvers.confirmOff': '誰にも確認しないようにしますか？',
  'approvers.confirmFirst':
    '次の接続から、端末はこれらの署名がなければ消去命令に従いません。1 人では取り消せません。以後の変更には、端末が知る人の署名が必要人数分必要です。',
  'approvers.confirmLater': '今端末が知る人のうち{need, plural, other { # 人}}が署名するまで、何も変わりません。',
  'approvers.what': 'その意味',
  'approvers.what.erase': '消去命令は 1 台でもこれらの署名を待ちます。サーバーのコマンドでも回避できません。',
  'approvers.what.before':
    '以前に登録した端末は、次の接続で最初に伝えられた組を受け入れます。その後の変更は、以前の人が認めたものだけを受け入れます。',
  'approvers.what.asleep': 'いくつかの変更を逃した端末には、署名付きで順に渡されます。',
  'approvers.what.lost':
    '紛失端末のロックと位置確認に同意は要りません。この人たちが足りなくなると、手作業で消去するか管理を終えるしかありません。',
  'approvers.whom':
    '確認するのは自社エージェントの端末だけです。iPhone、iPad、Mac、Google 経由の端末はメーカーのサービスに従います。',
  'approvers.see': '端末の消去に誰の同意が要るか',
}
