import { type Language, sayer } from '../../base/say.ts'

type Four = readonly [en: string, fr: string, sv: string, ja: string]

const all = {
  'kind.inventory': ['Inventory', 'Inventaire', 'Inventarium', '端末一覧'],
  'kind.security': ['Security status', 'État de sécurité', 'Säkerhetsläge', 'セキュリティ状況'],
  'kind.systems': ['OS versions', 'Versions du système', 'Systemversioner', 'OS バージョン'],
  'kind.silent': ['Silent devices', 'Appareils silencieux', 'Tysta enheter', '応答のない端末'],
  'kind.assets': ['Asset list', 'Liste des actifs', 'Tillgångsförteckning', '資産台帳'],
  'kind.compliance': ['Compliance', 'Conformité', 'Regelefterlevnad', 'コンプライアンス'],
  'kind.violations': ['App violations', 'Applications non autorisées', 'Appöverträdelser', 'アプリ違反'],
  'kind.usage': ['Usage by unit', 'Utilisation par unité', 'Användning per avdelning', '部門別の利用状況'],
  'kind.apps': ['Apps', 'Applications', 'Appar', 'アプリ'],
  'kind.commands': ['Commands and wipes', 'Commandes et effacements', 'Kommandon och raderingar', 'コマンドと消去'],
  'kind.certificates': ['Certificates', 'Certificats', 'Certifikat', '証明書'],
  'kind.looks': ['Who looked at what', 'Consultations de données', 'Vem som tittat på vad', '閲覧記録'],
  'kind.evidence': ['Evidence pack', 'Dossier de preuves', 'Bevispaket', '監査証跡'],
  'about.compliance': [
    'What every rule says of every device, as of any day.',
    'Ce que chaque règle dit de chaque appareil, à n’importe quelle date.',
    'Vad varje regel säger om varje enhet, vilken dag som helst.',
    '各端末に対する各ルールの判定（任意の日付時点）。',
  ],
  'about.violations': [
    'Devices with apps they may not have, or without apps they need.',
    'Appareils avec des applications interdites, ou sans celles qui sont exigées.',
    'Enheter med appar de inte får ha, eller utan appar de behöver.',
    '許可されていないアプリがある、または必要なアプリがない端末。',
  ],
  'about.inventory': [
    'Every device with whose it is, what it is and when it was last heard of.',
    'Chaque appareil : à qui il est, ce que c’est, son dernier contact.',
    'Varje enhet: vems den är, vad den är och när den senast hördes av.',
    '全端末の使用者、機種、最終接続。',
  ],
  'about.security': [
    'Encryption, passcode, system and policies, device by device.',
    'Chiffrement, code, système et politiques, appareil par appareil.',
    'Kryptering, lösenkod, system och policyer, enhet för enhet.',
    '暗号化、パスコード、OS、ポリシーの状況を端末ごとに。',
  ],
  'about.systems': [
    'How many devices run which version.',
    'Combien d’appareils ont quelle version.',
    'Hur många enheter som kör vilken version.',
    'バージョンごとの台数。',
  ],
  'about.silent': [
    'Devices that should call home and have not.',
    'Appareils qui devraient se manifester et ne l’ont pas fait.',
    'Enheter som borde höra av sig men inte har gjort det.',
    '接続があるはずなのに応答していない端末。',
  ],
  'about.assets': [
    'Asset tags, and who has had what since when.',
    'Numéros d’inventaire, et qui détient quoi depuis quand.',
    'Inventarienummer, och vem som haft vad sedan när.',
    '資産番号と、誰がいつから使用しているか。',
  ],
  'about.usage': [
    'How often company devices are in contact, by unit. Groups of fewer than five people are not told apart.',
    'Fréquence de contact des appareils de l’entreprise, par unité. Les groupes de moins de cinq personnes ne sont pas distingués.',
    'Hur ofta företagets enheter hör av sig, per avdelning. Grupper med färre än fem personer särskiljs inte.',
    '会社の端末の接続頻度を部門別に。5 人未満のグループは区別しません。',
  ],
  'about.apps': [
    'Which apps are on how many devices, where the charter shows them.',
    'Quelles applications sont sur combien d’appareils, là où la charte les montre.',
    'Vilka appar som finns på hur många enheter, där stadgan visar dem.',
    'プライバシー憲章で表示が認められた範囲での、アプリごとの台数。',
  ],
  'about.commands': [
    'What was ordered in a period, by whom, and what became of it.',
    'Ce qui a été ordonné pendant une période, par qui, et avec quel résultat.',
    'Vad som beordrats under en period, av vem, och hur det gick.',
    '期間中に誰が何を指示し、どうなったか。',
  ],
  'about.certificates': [
    'Certificates in use and when they end.',
    'Certificats utilisés et leur échéance.',
    'Certifikat i bruk och när de går ut.',
    '使用中の証明書と有効期限。',
  ],
  'about.looks': [
    'Who looked at protected data or took files away, and why.',
    'Qui a consulté des données protégées ou emporté des fichiers, et pourquoi.',
    'Vem som tittat på skyddade uppgifter eller hämtat filer, och varför.',
    '保護された情報の閲覧やファイルの持ち出しを、誰がなぜ行ったか。',
  ],
  'column.id': ['Id', 'Identifiant', 'Id', 'ID'],
  'column.name': ['Name', 'Nom', 'Namn', '名前'],
  'column.state': ['State', 'État', 'Status', '状態'],
  'column.user': ['User', 'Utilisateur', 'Användare', '使用者'],
  'column.unit': ['Unit', 'Unité', 'Avdelning', '部門'],
  'column.ownership': ['Ownership', 'Propriété', 'Ägande', '所有'],
  'column.platform': ['Platform', 'Plateforme', 'Plattform', 'プラットフォーム'],
  'column.formFactor': ['Form', 'Format', 'Form', '形状'],
  'column.model': ['Model', 'Modèle', 'Modell', 'モデル'],
  'column.modelIdentifier': ['Model identifier', 'Identifiant du modèle', 'Modellbeteckning', 'モデル識別子'],
  'column.os': ['OS version', 'Version du système', 'Systemversion', 'OS バージョン'],
  'column.build': ['Build', 'Version interne', 'Bygge', 'ビルド'],
  'column.serial': ['Serial number', 'Numéro de série', 'Serienummer', 'シリアル番号'],
  'column.udid': ['UDID', 'UDID', 'UDID', 'UDID'],
  'column.imei': ['IMEI', 'IMEI', 'IMEI', 'IMEI'],
  'column.supervised': ['Supervised', 'Supervisé', 'Övervakad', '監視対象'],
  'column.shared': ['Shared', 'Partagé', 'Delad', '共用'],
  'column.asset': ['Asset tag', 'Numéro d’inventaire', 'Inventarienummer', '資産番号'],
  'column.tags': ['Tags', 'Étiquettes', 'Taggar', 'タグ'],
  'column.policy': ['Policies', 'Politiques', 'Policyer', 'ポリシー'],
  'column.policyFailed': ['Failed policies', 'Politiques en échec', 'Misslyckade policyer', '失敗したポリシー'],
  'column.enrolled': ['Enrolled', 'Inscrit le', 'Registrerad', '登録日時'],
  'column.seen': ['Last contact', 'Dernier contact', 'Senaste kontakt', '最終接続'],
  'column.heldSince': ['Held since', 'Détenu depuis', 'Innehas sedan', '貸与日'],
  'column.encrypted': ['Encrypted', 'Chiffré', 'Krypterad', '暗号化'],
  'column.passcode': ['Passcode set', 'Code défini', 'Lösenkod satt', 'パスコード設定'],
  'column.passcodeCompliant': ['Passcode compliant', 'Code conforme', 'Lösenkod godkänd', 'パスコード準拠'],
  'column.firewall': ['Firewall', 'Pare-feu', 'Brandvägg', 'ファイアウォール'],
  'column.systemIntegrity': ['System integrity', 'Intégrité du système', 'Systemintegritet', 'システム整合性保護'],
  'column.activationLock': [
    'Activation Lock',
    'Verrouillage d’activation',
    'Aktiveringslås',
    'アクティベーションロック',
  ],
  'column.storageFree': ['Free bytes', 'Octets libres', 'Lediga byte', '空き容量（バイト）'],
  'column.storage': ['Storage in bytes', 'Stockage en octets', 'Lagring i byte', '容量（バイト）'],
  'column.battery': ['Battery level', 'Niveau de batterie', 'Batterinivå', 'バッテリー残量'],
  'column.carrier': ['Carrier', 'Opérateur', 'Operatör', '通信事業者'],
  'column.devices': ['Devices', 'Appareils', 'Enheter', '台数'],
  'column.share': ['Share in %', 'Part en %', 'Andel i %', '割合（%）'],
  'column.silent': ['Of those silent', 'Dont silencieux', 'Varav tysta', 'うち応答なし'],
  'column.people': ['People', 'Personnes', 'Personer', '人数'],
  'column.activeDevices': ['Devices that called', 'Appareils connectés', 'Enheter som hört av sig', '接続した端末'],
  'column.daysPerDevice': [
    'Days in contact per device',
    'Jours de contact par appareil',
    'Kontaktdagar per enhet',
    '1台あたりの接続日数',
  ],
  'column.app': ['App', 'Application', 'App', 'アプリ'],
  'column.identifier': ['Identifier', 'Identifiant', 'Identifierare', '識別子'],
  'column.version': ['Version', 'Version', 'Version', 'バージョン'],
  'column.at': ['Time', 'Date et heure', 'Tidpunkt', '日時'],
  'column.command': ['Command', 'Commande', 'Kommando', 'コマンド'],
  'column.device': ['Device', 'Appareil', 'Enhet', '端末'],
  'column.deviceId': ['Device id', 'Identifiant de l’appareil', 'Enhets-id', '端末 ID'],
  'column.by': ['By', 'Par', 'Av', '実行者'],
  'column.reason': ['Reason', 'Motif', 'Skäl', '理由'],
  'column.sent': ['Sent', 'Envoyée le', 'Skickad', '送信日時'],
  'column.ended': ['Ended', 'Terminée le', 'Avslutad', '終了日時'],
  'column.wipe': ['Erases the device', 'Efface l’appareil', 'Raderar enheten', '端末を消去'],
  'column.purpose': ['Purpose', 'But', 'Syfte', '目的'],
  'column.subject': ['Subject', 'Sujet', 'Subjekt', 'サブジェクト'],
  'column.issuer': ['Issuer', 'Émetteur', 'Utfärdare', '発行者'],
  'column.validFrom': ['Valid from', 'Valide à partir du', 'Giltigt från', '有効期間の開始'],
  'column.validUntil': ['Valid until', 'Valide jusqu’au', 'Giltigt till', '有効期限'],
  'column.daysLeft': ['Days left', 'Jours restants', 'Dagar kvar', '残り日数'],
  'column.seq': ['Entry', 'Entrée', 'Post', '番号'],
  'column.event': ['Event', 'Événement', 'Händelse', 'イベント'],
  'column.about': ['About', 'Objet', 'Gäller', '対象'],
  'column.aboutId': ['Id of what it is about', 'Identifiant de l’objet', 'Id för det den gäller', '対象の ID'],
  'column.details': ['Details', 'Détails', 'Detaljer', '詳細'],
  'column.rule': ['Rule', 'Règle', 'Regel', 'ルール'],
  'column.severity': ['Severity', 'Gravité', 'Allvarlighet', '重大度'],
  'column.verdict': ['Verdict', 'Verdict', 'Utfall', '判定'],
  'column.since': ['Since', 'Depuis', 'Sedan', '以降'],
  'column.apps': ['Apps', 'Applications', 'Appar', 'アプリ'],
  'column.compliance': ['Compliance', 'Conformité', 'Efterlevnad', 'コンプライアンス'],
  'column.violated': ['Violated rules', 'Règles enfreintes', 'Överträdda regler', '違反しているルール'],
  'code.active': ['In use', 'En service', 'I bruk', '使用中'],
  'code.enrolling': ['Enrolling', 'Inscription en cours', 'Registreras', '登録中'],
  'code.silent': ['Silent', 'Silencieux', 'Tyst', '応答なし'],
  'code.lost': ['Lost', 'Perdu', 'Förlorad', '紛失'],
  'code.ended': ['No longer managed', 'Plus géré', 'Hanteras inte längre', '管理終了'],
  'code.company': ['Company', 'Entreprise', 'Företaget', '会社'],
  'code.personal': ['Personal', 'Personnel', 'Privat', '個人'],
  'code.unknown': ['Unknown', 'Inconnu', 'Okänd', '不明'],
  'code.ios': ['iOS', 'iOS', 'iOS', 'iOS'],
  'code.ipados': ['iPadOS', 'iPadOS', 'iPadOS', 'iPadOS'],
  'code.macos': ['macOS', 'macOS', 'macOS', 'macOS'],
  'code.tvos': ['tvOS', 'tvOS', 'tvOS', 'tvOS'],
  'code.android': ['Android', 'Android', 'Android', 'Android'],
  'code.windows': ['Windows', 'Windows', 'Windows', 'Windows'],
  'code.linux': ['Linux', 'Linux', 'Linux', 'Linux'],
  'code.phone': ['Phone', 'Téléphone', 'Telefon', '電話'],
  'code.tablet': ['Tablet', 'Tablette', 'Surfplatta', 'タブレット'],
  'code.laptop': ['Laptop', 'Portable', 'Bärbar dator', 'ノートパソコン'],
  'code.desktop': ['Desktop', 'Ordinateur de bureau', 'Stationär dator', 'デスクトップ'],
  'code.tv': ['TV', 'Téléviseur', 'TV', 'テレビ'],
  'code.ok': ['In place', 'En place', 'På plats', '適用済み'],
  'code.pending': ['Under way', 'En cours', 'På väg', '適用中'],
  'code.failed': ['Failed', 'Échec', 'Misslyckad', '失敗'],
  'code.queued': ['Waiting', 'En attente', 'Väntar', '待機中'],
  'code.sent': ['Sent', 'Envoyée', 'Skickad', '送信済み'],
  'code.done': ['Done', 'Effectuée', 'Utförd', '完了'],
  'code.expired': ['Expired', 'Expirée', 'Utgången', '期限切れ'],
  'code.canceled': ['Canceled', 'Annulée', 'Avbruten', 'キャンセル'],
  'code.superseded': ['Superseded', 'Remplacée', 'Ersatt', '置き換え'],
  'code.revoked': ['Revoked', 'Révoqué', 'Återkallat', '失効'],
  'code.system': ['Muster', 'Muster', 'Muster', 'Muster'],
  'code.compliant': ['Compliant', 'Conforme', 'Följer reglerna', '準拠'],
  'code.violating': ['Violating', 'Non conforme', 'Bryter mot reglerna', '違反'],
  'code.grace': ['In its time of grace', 'Dans le délai de grâce', 'Inom anståndstiden', '猶予期間中'],
  'code.excepted': ['Excepted', 'Exempté', 'Undantagen', '例外'],
  'code.low': ['Low', 'Faible', 'Låg', '低'],
  'code.medium': ['Medium', 'Moyenne', 'Medel', '中'],
  'code.high': ['High', 'Élevée', 'Hög', '高'],
  'code.critical': ['Critical', 'Critique', 'Kritisk', '緊急'],
  'said.yes': ['yes', 'oui', 'ja', 'はい'],
  'said.no': ['no', 'non', 'nej', 'いいえ'],
  'said.asOf': ['As of {at}', 'État au {at}', 'Läget {at}', '{at} 現在'],
  'said.period': ['From {from} to {to}', 'Du {from} au {to}', 'Från {from} till {to}', '{from} から {to} まで'],
  'said.filter': ['Filter', 'Filtre', 'Filter', '絞り込み'],
  'said.lines': ['Lines', 'Lignes', 'Rader', '件数'],
  'said.zone': ['Time zone', 'Fuseau horaire', 'Tidszon', 'タイムゾーン'],
  'mail.subject': ['{name}: {day}', '{name} : {day}', '{name}: {day}', '{name}（{day}）'],
  'mail.text': [
    'Attached is the report “{name}”, true {at}.\n\nIt holds {rows, plural, one {# line} other {# lines}}.\n\nManage the schedule: {link}',
    'Ci-joint le rapport « {name} », tel qu’au {at}.\n\nIl contient {rows, plural, one {# ligne} other {# lignes}}.\n\nGérer la planification : {link}',
    'Rapporten ”{name}” bifogas, så som läget var {at}.\n\nDen har {rows, plural, one {# rad} other {# rader}}.\n\nHantera schemat: {link}',
    'レポート「{name}」（{at} 時点）を添付します。\n\n件数：{rows, plural, other {#}}\n\nスケジュールの管理：{link}',
  ],
  'mail.large': [
    'The report “{name}”, true {at}, is ready. It is too large for mail; fetch it here: {link}',
    'Le rapport « {name} », tel qu’au {at}, est prêt. Il est trop volumineux pour un courriel ; récupérez-le ici : {link}',
    'Rapporten ”{name}”, så som läget var {at}, är klar. Den är för stor för e-post; hämta den här: {link}',
    'レポート「{name}」（{at} 時点）ができました。メールには大きすぎるため、こちらから取得してください：{link}',
  ],
} as const satisfies Record<string, Four>

type Key = keyof typeof all

const inLanguage = (place: number): Record<Key, string> =>
  Object.fromEntries(Object.entries(all).map(([key, texts]) => [key, texts[place] ?? ''])) as Record<Key, string>

/** Says a text of reports in a language. */
export const say = sayer<Key>({ en: inLanguage(0), fr: inLanguage(1), sv: inLanguage(2), ja: inLanguage(3) })

/** The title of a column; of one that is a fact, the key of the fact. */
export function titleOf(language: Language, column: string): string {
  const key = `column.${column}`
  return isKey(key) ? say(language, key) : column.replace(/^fact\./, '')
}

/** The name of a kind of report. */
export function kindTitle(language: Language, kind: string): string {
  const key = `kind.${kind}`
  return isKey(key) ? say(language, key) : kind
}

/** What a kind of report tells, in a sentence. */
export function kindAbout(language: Language, kind: string): string {
  const key = `about.${kind}`
  return isKey(key) ? say(language, key) : ''
}

/** A word of ours as people say it. */
export function codeText(language: Language, word: string): string {
  const key = `code.${word}`
  return isKey(key) ? say(language, key) : word
}

function isKey(key: string): key is Key {
  return Object.hasOwn(all, key)
}
