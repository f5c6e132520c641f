import { sayer, type Texts } from '../../base/say.ts'

const en = {
  'apps.name': 'Apps that policies do not allow',
  'message.title': 'Message from {org}',
  'message.text':
    '{apps, select, none {This device does not keep the rule “{rule}”.} other {Please remove from this device: {apps}. {org} does not allow it here.}}',
  'gate.name': '{name}: after the date',
  'gate.fix': 'Install version {version}: Settings, General, Software Update. Access comes back by itself afterwards.',
}

const fr: Record<keyof typeof en, string> = {
  'apps.name': 'Apps que les règles n’autorisent pas',
  'message.title': 'Message de {org}',
  'message.text':
    '{apps, select, none {Cet appareil ne respecte pas la règle « {rule} ».} other {Veuillez supprimer de cet appareil : {apps}. {org} ne l’autorise pas ici.}}',
  'gate.name': '{name} : après l’échéance',
  'gate.fix':
    'Installez la version {version} : Réglages, Général, Mise à jour logicielle. L’accès revient ensuite de lui-même.',
}

const sv: Record<keyof typeof en, string> = {
  'apps.name': 'Appar som policyerna inte tillåter',
  'message.title': 'Meddelande från {org}',
  'message.text':
    '{apps, select, none {Enheten följer inte regeln ”{rule}”.} other {Ta bort detta från enheten: {apps}. {org} tillåter det inte här.}}',
  'gate.name': '{name}: efter datumet',
  'gate.fix':
    'Installera version {version}: Inställningar, Allmänt, Programuppdatering. Åtkomsten kommer sedan tillbaka av sig själv.',
}

const ja: Record<keyof typeof en, string> = {
  'apps.name': 'ポリシーで許可されていないアプリ',
  'message.title': '{org}からのお知らせ',
  'message.text':
    '{apps, select, none {このデバイスは規則「{rule}」に違反しています。} other {このデバイスから次のアプリを削除してください：{apps}。{org}では許可されていません。}}',
  'gate.name': '{name}：期限後',
  'gate.fix':
    'バージョン {version} をインストールしてください（設定 > 一般 > ソフトウェアアップデート）。その後、アクセスは自動的に戻ります。',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** What rules that are made for someone are called and say. */
export const say = sayer(texts)
