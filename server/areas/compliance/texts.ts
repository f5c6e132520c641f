import { sayer, type Texts } from '../../base/say.ts'

const en = {
  'gate.name': '{name}: after the date',
  'gate.fix': 'Install version {version}: Settings, General, Software Update. Access comes back by itself afterwards.',
}

const fr: Record<keyof typeof en, string> = {
  'gate.name': '{name} : après l’échéance',
  'gate.fix':
    'Installez la version {version} : Réglages, Général, Mise à jour logicielle. L’accès revient ensuite de lui-même.',
}

const sv: Record<keyof typeof en, string> = {
  'gate.name': '{name}: efter datumet',
  'gate.fix':
    'Installera version {version}: Inställningar, Allmänt, Programuppdatering. Åtkomsten kommer sedan tillbaka av sig själv.',
}

const ja: Record<keyof typeof en, string> = {
  'gate.name': '{name}：期限後',
  'gate.fix':
    'バージョン {version} をインストールしてください（設定 > 一般 > ソフトウェアアップデート）。その後、アクセスは自動的に戻ります。',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** What rules that are made for someone are called and say. */
export const say = sayer(texts)
