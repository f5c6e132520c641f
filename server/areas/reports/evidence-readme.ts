import type { Language } from '../../base/say.ts'

interface Said {
  org: string
  from: number
  to: number
  zone: string
  entries: number
}

/** What lies in an evidence pack and how it is checked, for whoever opens it. */
export function readme(language: Language, said: Said): string {
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: said.zone })
  const [from, to] = [time.format(said.from), time.format(said.to)]
  return texts[language]({ org: said.org, zone: said.zone, from, to, n: String(said.entries) })
}

type Values = Record<'org' | 'zone' | 'from' | 'to' | 'n', string>

const texts: Readonly<Record<Language, (v: Values) => string>> = {
  en: v => `Evidence of ${v.org}
${v.from} – ${v.to} (${v.zone})

log/events.jsonl        ${v.n} entries of the log, each chained to the one before by its hash
log/heads.jsonl         signed ends of the log
log/commands.csv        orders to devices
log/looks.csv           who looked at what that is protected, and why
inventory/*.csv         devices at the beginning and at the end
compliance/*.csv        verdicts at the beginning and at the end
policies/in-force.csv   the version of each policy that counted at the end
exceptions.csv          exceptions from rules, with who approved them
access.csv              who may do what where, when this was made
certificates.csv        certificates in use
manifest.json           the SHA-256 of every file, signed in manifest.sig (Ed25519)

To check it, without a server and without a network:
  ./muster audit verify FILE
  ./muster audit verify FILE --anchors anchors.log --key FINGERPRINT
The first names any file or entry that was altered. The second also shows whether the end of the log was cut off, or the log
written anew: compare with anchors and with a fingerprint that you got some other way.`,
  fr: v => `Preuves de ${v.org}
${v.from} – ${v.to} (${v.zone})

log/events.jsonl        ${v.n} entrées du journal, chacune liée à la précédente par son empreinte
log/heads.jsonl         fins signées du journal
log/commands.csv        ordres donnés aux appareils
log/looks.csv           qui a consulté quelles données protégées, et pourquoi
inventory/*.csv         les appareils au début et à la fin
compliance/*.csv        les verdicts au début et à la fin
policies/in-force.csv   la version de chaque politique en vigueur à la fin
exceptions.csv          exceptions aux règles, avec leur approbateur
access.csv              qui peut faire quoi et où, au moment de la création
certificates.csv        certificats utilisés
manifest.json           le SHA-256 de chaque fichier, signé dans manifest.sig (Ed25519)

Pour le vérifier, sans serveur ni réseau :
  ./muster audit verify FICHIER
  ./muster audit verify FICHIER --anchors anchors.log --key EMPREINTE
La première commande nomme tout fichier ou toute entrée modifiés. La seconde montre aussi si la fin du journal a été coupée ou si le
journal a été réécrit : comparez avec des ancres et une empreinte obtenues par une autre voie.`,
  sv: v => `Bevis för ${v.org}
${v.from} – ${v.to} (${v.zone})

log/events.jsonl        ${v.n} poster i loggen, var och en kedjad till den föregående med sitt hashvärde
log/heads.jsonl         signerade slut på loggen
log/commands.csv        order till enheter
log/looks.csv           vem som tittat på vad som är skyddat, och varför
inventory/*.csv         enheterna i början och i slutet
compliance/*.csv        utfallen i början och i slutet
policies/in-force.csv   den version av varje policy som gällde i slutet
exceptions.csv          undantag från regler, med vem som godkänt dem
access.csv              vem som får göra vad var, när paketet gjordes
certificates.csv        certifikat i bruk
manifest.json           SHA-256 för varje fil, signerat i manifest.sig (Ed25519)

Så kontrolleras det, utan server och utan nätverk:
  ./muster audit verify FIL
  ./muster audit verify FIL --anchors anchors.log --key FINGERAVTRYCK
Det första nämner varje fil eller post som ändrats. Det andra visar också om loggens slut har kapats eller om loggen skrivits om:
jämför med ankare och ett fingeravtryck som du fått på annat sätt.`,
  ja: v => `${v.org} の監査証跡
${v.from} – ${v.to}（${v.zone}）

log/events.jsonl        ログ ${v.n} 件。それぞれ直前の記録とハッシュでつながっています
log/heads.jsonl         署名されたログの末尾
log/commands.csv        端末への指示
log/looks.csv           保護された情報を誰がなぜ閲覧したか
inventory/*.csv         期間の初めと終わりの端末
compliance/*.csv        期間の初めと終わりの判定
policies/in-force.csv   期間の終わりに有効だった各ポリシーのバージョン
exceptions.csv          ルールの例外と承認者
access.csv              作成時点で、誰がどこで何をできるか
certificates.csv        使用中の証明書
manifest.json           全ファイルの SHA-256。manifest.sig で署名されています（Ed25519）

確認方法（サーバーもネットワークも不要です）：
  ./muster audit verify ファイル
  ./muster audit verify ファイル --anchors anchors.log --key フィンガープリント
前者は、改変されたファイルや記録を指摘します。後者は、ログの末尾が切り取られていないか、書き直されていないかも示します。
別の手段で入手したアンカーとフィンガープリントと照合してください。`,
}
