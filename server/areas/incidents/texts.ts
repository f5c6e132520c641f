import { sayer, type Texts } from '../../base/say.ts'

const en = {
  'message.call': 'This device belongs to {org} and is lost. Please call the number below.',
  'message.plain': 'This device belongs to {org} and is lost. Please hand it in.',
  'entry.reported':
    'Reported {kind, select, stolen {stolen} other {lost}}{by, select, person { by its person} other {}}',
  'entry.queued':
    '{what, select, lock {Lock queued} message {Message for its screen queued} sound {Sound queued} locate {Asked where it is} erase {Erasure queued} unlock {End of lost mode queued} other {Order queued}}',
  'entry.done':
    '{what, select, lock {Lock acknowledged} message {Message shown} sound {It made its sound} locate {It answered where it is} erase {Erasure acknowledged} unlock {Lost mode ended} other {Order acknowledged}}',
  'entry.deferred':
    '{what, select, lock {The lock} message {The message} sound {The sound} erase {The erasure} other {The order}} waits: the device said not now',
  'entry.failed':
    '{what, select, lock {Lock} message {Message} sound {Sound} locate {Question where it is} erase {Erasure} unlock {End of lost mode} other {Order}} failed',
  'entry.canceled':
    '{what, select, lock {Lock} message {Message} sound {Sound} locate {Question where it is} erase {Erasure} unlock {End of lost mode} other {Order}} taken back',
  'entry.expired':
    '{what, select, sound {Sound} locate {Question where it is} other {Order}} expired before the device called',
  'entry.located': 'Located, within {accuracyM} m',
  'entry.looked': '{what, select, location {Looked where it was} other {Looked at what it holds}}',
  'entry.revealed': 'Its PIN or another of its secrets was shown',
  'entry.work-data': 'Ordered to remove its work data',
  'entry.order-set': 'Standing order set',
  'entry.order-changed': 'Standing order changed',
  'entry.order-canceled': 'Standing order taken back',
  'entry.order-due': 'Standing order fell due',
  'entry.order-sent': 'Standing order carried out: {after, select, erase {erase it} other {remove its work data}}',
  'entry.order-held': 'Standing order waits',
  'entry.found': 'It was found',
  'entry.written-off': 'Written off',
  'entry.closed': 'Incident closed',
  'entry.wiped': 'The device has erased itself',
  'entry.left': 'Its management ended',
  'entry.enrolled': 'It enrolled anew',
  'why.lost-mode': 'It is supervised, so lost mode locks it, shows your message and tells where it is.',
  'why.lock-screen':
    'It cannot take lost mode, so its screen is locked with your message. It cannot be asked where it is.',
  'why.lock-pin':
    'A Mac restarts, and opens only with a PIN that is kept here. Until someone enters it, it is not reachable.',
  'why.lock-personal': 'It belongs to the person, so it is locked and nothing else is done to it.',
  'why.none-personal': 'It belongs to the person, so nothing is done to it. Its work data can be removed.',
  'why.none-work-only':
    'Only its work data is managed, so it cannot be locked from here. Its work data can be removed.',
  'why.none-not-managed': 'It is not managed now, so nothing can be done to it from here.',
  'why.none-platform': 'Its system can neither be locked nor asked where it is.',
  'why.none-charter': 'The privacy charter or another rule keeps it from being locked by itself.',
}

const fr: Record<keyof typeof en, string> = {
  'message.call': 'Cet appareil appartient à {org} et a été perdu. Merci d’appeler le numéro ci-dessous.',
  'message.plain': 'Cet appareil appartient à {org} et a été perdu. Merci de le rapporter.',
  'entry.reported':
    '{kind, select, stolen {Signalé volé} other {Signalé perdu}}{by, select, person { par la personne} other {}}',
  'entry.queued':
    '{what, select, lock {Verrouillage mis en file} message {Message pour l’écran mis en file} sound {Sonnerie mise en file} locate {Position demandée} erase {Effacement mis en file} unlock {Fin du mode perdu mise en file} other {Ordre mis en file}}',
  'entry.done':
    '{what, select, lock {Verrouillage confirmé} message {Message affiché} sound {L’appareil a sonné} locate {L’appareil a donné sa position} erase {Effacement confirmé} unlock {Mode perdu terminé} other {Ordre confirmé}}',
  'entry.deferred':
    '{what, select, lock {Le verrouillage} message {Le message} sound {La sonnerie} erase {L’effacement} other {L’ordre}} attend : l’appareil a répondu « pas maintenant »',
  'entry.failed':
    '{what, select, lock {Échec du verrouillage} message {Échec du message} sound {Échec de la sonnerie} locate {Échec de la demande de position} erase {Échec de l’effacement} unlock {Échec de la fin du mode perdu} other {Échec de l’ordre}}',
  'entry.canceled':
    '{what, select, lock {Verrouillage retiré} message {Message retiré} sound {Sonnerie retirée} locate {Demande de position retirée} erase {Effacement retiré} unlock {Fin du mode perdu retirée} other {Ordre retiré}}',
  'entry.expired':
    '{what, select, sound {Sonnerie expirée} locate {Demande de position expirée} other {Ordre expiré}} avant que l’appareil n’appelle',
  'entry.located': 'Localisé, à {accuracyM} m près',
  'entry.looked': '{what, select, location {Position consultée} other {Informations consultées}}',
  'entry.revealed': 'Son code ou un autre de ses secrets a été affiché',
  'entry.work-data': 'Ordre de retirer ses données professionnelles',
  'entry.order-set': 'Consigne permanente donnée',
  'entry.order-changed': 'Consigne permanente modifiée',
  'entry.order-canceled': 'Consigne permanente retirée',
  'entry.order-due': 'Consigne permanente arrivée à échéance',
  'entry.order-sent':
    'Consigne permanente exécutée : {after, select, erase {l’effacer} other {retirer ses données professionnelles}}',
  'entry.order-held': 'Consigne permanente en attente',
  'entry.found': 'Il a été retrouvé',
  'entry.written-off': 'Considéré comme perdu',
  'entry.closed': 'Incident clos',
  'entry.wiped': 'L’appareil s’est effacé',
  'entry.left': 'Sa gestion a pris fin',
  'entry.enrolled': 'Il s’est réinscrit',
  'why.lost-mode': 'Il est supervisé : le mode perdu le verrouille, affiche votre message et donne sa position.',
  'why.lock-screen':
    'Il n’accepte pas le mode perdu : son écran est verrouillé avec votre message. On ne peut pas lui demander où il est.',
  'why.lock-pin':
    'Un Mac redémarre et ne s’ouvre qu’avec un code conservé ici. Tant que personne ne le saisit, il est injoignable.',
  'why.lock-personal': 'Il appartient à la personne : il est verrouillé, et rien d’autre.',
  'why.none-personal':
    'Il appartient à la personne : rien ne lui est fait. Ses données professionnelles peuvent être retirées.',
  'why.none-work-only':
    'Seules ses données professionnelles sont gérées : il ne peut pas être verrouillé d’ici. Elles peuvent être retirées.',
  'why.none-not-managed': 'Il n’est pas géré actuellement : rien ne peut être fait d’ici.',
  'why.none-platform': 'Son système ne permet ni de le verrouiller ni de le localiser.',
  'why.none-charter': 'La charte de confidentialité ou une autre règle empêche de le verrouiller d’office.',
}

const sv: Record<keyof typeof en, string> = {
  'message.call': 'Den här enheten tillhör {org} och har tappats bort. Ring gärna numret nedan.',
  'message.plain': 'Den här enheten tillhör {org} och har tappats bort. Lämna gärna in den.',
  'entry.reported':
    'Anmäld som {kind, select, stolen {stulen} other {borttappad}}{by, select, person { av personen själv} other {}}',
  'entry.queued':
    '{what, select, lock {Låsning i kö} message {Meddelande till skärmen i kö} sound {Ljud i kö} locate {Tillfrågad var den är} erase {Radering i kö} unlock {Avslut av förlorat läge i kö} other {Order i kö}}',
  'entry.done':
    '{what, select, lock {Låsning bekräftad} message {Meddelandet visas} sound {Den har låtit} locate {Den svarade var den är} erase {Radering bekräftad} unlock {Förlorat läge avslutat} other {Order bekräftad}}',
  'entry.deferred':
    '{what, select, lock {Låsningen} message {Meddelandet} sound {Ljudet} erase {Raderingen} other {Ordern}} väntar: enheten svarade inte nu',
  'entry.failed':
    '{what, select, lock {Låsningen} message {Meddelandet} sound {Ljudet} locate {Frågan var den är} erase {Raderingen} unlock {Avslutet av förlorat läge} other {Ordern}} misslyckades',
  'entry.canceled':
    '{what, select, lock {Låsningen} message {Meddelandet} sound {Ljudet} locate {Frågan var den är} erase {Raderingen} unlock {Avslutet av förlorat läge} other {Ordern}} togs tillbaka',
  'entry.expired':
    '{what, select, sound {Ljudet} locate {Frågan var den är} other {Ordern}} gick ut innan enheten hörde av sig',
  'entry.located': 'Lokaliserad, inom {accuracyM} m',
  'entry.looked': '{what, select, location {Tittade var den var} other {Tittade på dess uppgifter}}',
  'entry.revealed': 'Dess PIN eller en annan hemlighet visades',
  'entry.work-data': 'Beordrad att ta bort sina arbetsdata',
  'entry.order-set': 'Stående order given',
  'entry.order-changed': 'Stående order ändrad',
  'entry.order-canceled': 'Stående order tillbakatagen',
  'entry.order-due': 'Stående order förföll',
  'entry.order-sent': 'Stående order utförd: {after, select, erase {radera den} other {ta bort dess arbetsdata}}',
  'entry.order-held': 'Stående order väntar',
  'entry.found': 'Den har hittats',
  'entry.written-off': 'Avskriven',
  'entry.closed': 'Incidenten stängd',
  'entry.wiped': 'Enheten har raderat sig',
  'entry.left': 'Hanteringen upphörde',
  'entry.enrolled': 'Den registrerades på nytt',
  'why.lost-mode': 'Den är övervakad, så förlorat läge låser den, visar ditt meddelande och talar om var den är.',
  'why.lock-screen':
    'Den kan inte ta förlorat läge, så skärmen låses med ditt meddelande. Den går inte att fråga var den är.',
  'why.lock-pin':
    'En Mac startar om och öppnas bara med en PIN som sparas här. Tills någon anger den går den inte att nå.',
  'why.lock-personal': 'Den tillhör personen, så den låses och inget annat görs.',
  'why.none-personal': 'Den tillhör personen, så inget görs med den. Dess arbetsdata kan tas bort.',
  'why.none-work-only': 'Bara dess arbetsdata hanteras, så den kan inte låsas härifrån. Arbetsdata kan tas bort.',
  'why.none-not-managed': 'Den hanteras inte nu, så inget kan göras med den härifrån.',
  'why.none-platform': 'Dess system kan varken låsas eller tillfrågas var den är.',
  'why.none-charter': 'Integritetsstadgan eller en annan regel hindrar att den låses av sig själv.',
}

const ja: Record<keyof typeof en, string> = {
  'message.call': 'この端末は{org}のもので、紛失中です。下記の番号までご連絡ください。',
  'message.plain': 'この端末は{org}のもので、紛失中です。拾われた方は届け出をお願いします。',
  'entry.reported': '{kind, select, stolen {盗難} other {紛失}}の報告{by, select, person {（利用者本人）} other {}}',
  'entry.queued':
    '{what, select, lock {ロックを送信待ちにしました} message {画面メッセージを送信待ちにしました} sound {音の再生を送信待ちにしました} locate {現在地を問い合わせました} erase {消去を送信待ちにしました} unlock {紛失モードの解除を送信待ちにしました} other {指示を送信待ちにしました}}',
  'entry.done':
    '{what, select, lock {ロックを確認しました} message {メッセージが表示されました} sound {音が鳴りました} locate {現在地の回答がありました} erase {消去を確認しました} unlock {紛失モードが終了しました} other {指示の完了を確認しました}}',
  'entry.deferred':
    '{what, select, lock {ロック} message {メッセージ} sound {音} erase {消去} other {指示}}は待機中：端末は「今は不可」と答えました',
  'entry.failed':
    '{what, select, lock {ロック} message {メッセージ} sound {音の再生} locate {現在地の問い合わせ} erase {消去} unlock {紛失モードの解除} other {指示}}に失敗しました',
  'entry.canceled':
    '{what, select, lock {ロック} message {メッセージ} sound {音の再生} locate {現在地の問い合わせ} erase {消去} unlock {紛失モードの解除} other {指示}}を取り消しました',
  'entry.expired':
    '端末から連絡がないまま{what, select, sound {音の再生} locate {現在地の問い合わせ} other {指示}}の期限が切れました',
  'entry.located': '位置を確認（誤差 {accuracyM} m 以内）',
  'entry.looked': '{what, select, location {位置を閲覧} other {情報を閲覧}}',
  'entry.revealed': 'PIN などの機密情報を表示',
  'entry.work-data': '業務データの削除を指示',
  'entry.order-set': '継続指示を設定',
  'entry.order-changed': '継続指示を変更',
  'entry.order-canceled': '継続指示を取り消し',
  'entry.order-due': '継続指示の期限到来',
  'entry.order-sent': '継続指示を実行：{after, select, erase {消去} other {業務データの削除}}',
  'entry.order-held': '継続指示は待機中',
  'entry.found': '見つかりました',
  'entry.written-off': '回収不能としました',
  'entry.closed': 'インシデントを終了',
  'entry.wiped': '端末は自身を消去しました',
  'entry.left': '管理が終了しました',
  'entry.enrolled': '再登録されました',
  'why.lost-mode': '監視対象のため、紛失モードでロックし、メッセージを表示し、現在地を確認できます。',
  'why.lock-screen': '紛失モードを使えないため、メッセージを表示して画面をロックします。現在地は確認できません。',
  'why.lock-pin': 'Mac は再起動し、ここに保管された PIN でのみ開きます。PIN が入力されるまで通信できません。',
  'why.lock-personal': '利用者本人の端末のため、ロックだけを行います。',
  'why.none-personal': '利用者本人の端末のため、端末には何もしません。業務データの削除はできます。',
  'why.none-work-only': '管理対象は業務データだけのため、ここからはロックできません。業務データの削除はできます。',
  'why.none-not-managed': '現在は管理されていないため、ここからは何もできません。',
  'why.none-platform': 'このシステムは、ロックも現在地の確認もできません。',
  'why.none-charter': 'プライバシー憲章などの規則により、自動ではロックされません。',
}

/** Every text, by language. */
export const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** The names of the texts. */
export type Said = keyof typeof en

/** What incidents say outside the console, in the languages of the product. */
export const say = sayer(texts)
