import { sayer, type Texts } from '../../base/say.ts'

const en = {
  tag: 'Update: {name}',
  'notice.subject': '{device}: version {version} by {due, date, long}, {due, time, short}',
  'notice.text':
    'Hello {name},\n\n{org} asks you to bring {device} to version {version} by {due, date, full}, {due, time, short}, by its own clock.\n\nChoose a time that suits you: Settings, General, Software Update. Have it charging and on Wi-Fi; it restarts. After that date it installs the version by itself.{more}\n\nHow it stands: {url}',
  'notice.more': '\n\nRead more: {details}',
}

const fr: Record<keyof typeof en, string> = {
  tag: 'Mise à jour : {name}',
  'notice.subject': '{device} : version {version} avant le {due, date, long}, {due, time, short}',
  'notice.text':
    'Bonjour {name},\n\n{org} vous demande de passer {device} à la version {version} avant le {due, date, full}, {due, time, short}, à l’horloge de l’appareil.\n\nChoisissez l’heure qui vous convient : Réglages, Général, Mise à jour logicielle. Laissez-le en charge et en Wi-Fi ; il redémarre. Passé cette date, il installe la version de lui-même.{more}\n\nOù en est-on : {url}',
  'notice.more': '\n\nEn savoir plus : {details}',
}

const sv: Record<keyof typeof en, string> = {
  tag: 'Uppdatering: {name}',
  'notice.subject': '{device}: version {version} senast {due, date, long} {due, time, short}',
  'notice.text':
    'Hej {name},\n\n{org} ber dig att uppdatera {device} till version {version} senast {due, date, full} {due, time, short}, efter enhetens egen klocka.\n\nVälj en tid som passar dig: Inställningar, Allmänt, Programuppdatering. Ha den på laddning och wifi; den startar om. Efter det datumet installerar den versionen av sig själv.{more}\n\nHur det ligger till: {url}',
  'notice.more': '\n\nLäs mer: {details}',
}

const ja: Record<keyof typeof en, string> = {
  tag: '更新：{name}',
  'notice.subject': '{device}：{due, date, long} {due, time, short} までにバージョン {version} へ',
  'notice.text':
    '{name} 様\n\n{device} を {due, date, full} {due, time, short}（端末の現地時刻）までにバージョン {version} へ更新してください（{org}より）。\n\nご都合のよい時間に「設定 > 一般 > ソフトウェアアップデート」から行えます。充電しながら Wi-Fi につないでください。端末は再起動します。期限を過ぎると自動的にインストールされます。{more}\n\n現在の状況：{url}',
  'notice.more': '\n\n詳しくは：{details}',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** What people are told of versions by mail, and what devices bear that a campaign has reached. */
export const say = sayer(texts)
