/** The languages a head line can be written in. */
export const titleLocales = ['en', 'fr', 'sv', 'ja'] as const
export type TitleLocale = (typeof titleLocales)[number]

const titles: Readonly<Record<string, readonly [string, string, string, string]>> = {
  id: ['Id', 'Identifiant', 'Id', 'ID'],
  name: ['Name', 'Nom', 'Namn', '名前'],
  state: ['State', 'État', 'Status', '状態'],
  user: ['User', 'Utilisateur', 'Användare', '使用者'],
  unit: ['Unit', 'Unité', 'Avdelning', '部門'],
  ownership: ['Ownership', 'Propriété', 'Ägande', '所有'],
  platform: ['Platform', 'Plateforme', 'Plattform', 'プラットフォーム'],
  formFactor: ['Form', 'Format', 'Form', '形状'],
  modelIdentifier: ['Model identifier', 'Identifiant du modèle', 'Modellbeteckning', 'モデル識別子'],
  model: ['Model', 'Modèle', 'Modell', 'モデル'],
  os: ['OS version', 'Version du système', 'Systemversion', 'OS バージョン'],
  serial: ['Serial number', 'Numéro de série', 'Serienummer', 'シリアル番号'],
  udid: ['UDID', 'UDID', 'UDID', 'UDID'],
  imei: ['IMEI', 'IMEI', 'IMEI', 'IMEI'],
  supervised: ['Supervised', 'Supervisé', 'Övervakad', '監視対象'],
  asset: ['Asset tag', 'Numéro d’inventaire', 'Inventarienummer', '資産番号'],
  tags: ['Tags', 'Étiquettes', 'Taggar', 'タグ'],
  waiting: ['Commands waiting', 'Commandes en attente', 'Väntande kommandon', '待機中のコマンド'],
  policy: ['Policies', 'Politiques', 'Policyer', 'ポリシー'],
  compliance: ['Compliance', 'Conformité', 'Efterlevnad', '準拠状況'],
  violations: ['Violations', 'Infractions', 'Överträdelser', '違反数'],
  enrolled: ['Enrolled', 'Inscrit le', 'Registrerad', '登録日時'],
  seen: ['Last contact', 'Dernier contact', 'Senaste kontakt', '最終接続'],
}

/** The titles of the columns of a list of devices in a language. */
export function columnTitles(locale: TitleLocale): Record<string, string> {
  const place = titleLocales.indexOf(locale)
  return Object.fromEntries(Object.entries(titles).map(([column, texts]) => [column, texts[place] ?? column]))
}
