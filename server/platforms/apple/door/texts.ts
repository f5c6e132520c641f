import { sayer, type Texts } from '../../../base/say.ts'

const en = {
  title: 'Sign in to {org}',
  lead: 'This device belongs to {org}. Before it is set up, say who you are: a code is mailed to you.',
  address: 'Your email address at {org}',
  next: 'Continue',
  sent: 'If {org} knows this address, a code of six digits is on its way to it. Read it on another device and type it here.',
  code: 'Code',
  signIn: 'Sign in',
  wrong: 'This is not the code that was mailed, or it is too old.',
  again: 'Mail another code',
  'refusal.not-expected': 'This device is not expected here. Ask your administrators to assign it to this server.',
  'refusal.over': 'This took too long or was done already. Go back and begin again.',
  'refusal.no-mail': 'Nobody can sign in yet: this server sends no mail. Its administrators can change that.',
  'refusal.not-apple': 'This page is only for devices that are being set up.',
  'refusal.closed': 'Devices cannot be enrolled by signing in here. Ask your administrators for another way.',
}

const fr: Record<keyof typeof en, string> = {
  title: 'Se connecter à {org}',
  lead: 'Cet appareil appartient à {org}. Avant sa configuration, dites qui vous êtes : un code vous est envoyé par e-mail.',
  address: 'Votre adresse e-mail chez {org}',
  next: 'Continuer',
  sent: 'Si {org} connaît cette adresse, un code à six chiffres vient d’y être envoyé. Lisez-le sur un autre appareil et saisissez-le ici.',
  code: 'Code',
  signIn: 'Se connecter',
  wrong: 'Ce n’est pas le code envoyé, ou il est trop ancien.',
  again: 'Envoyer un autre code',
  'refusal.not-expected':
    'Cet appareil n’est pas attendu ici. Demandez à vos administrateurs de l’affecter à ce serveur.',
  'refusal.over': 'Le délai est passé ou la connexion a déjà servi. Revenez en arrière et recommencez.',
  'refusal.no-mail':
    'Personne ne peut encore se connecter : ce serveur n’envoie pas d’e-mails. Ses administrateurs peuvent y remédier.',
  'refusal.not-apple': 'Cette page est réservée aux appareils en cours de configuration.',
  'refusal.closed':
    'On ne peut pas inscrire d’appareil en se connectant ici. Demandez un autre moyen à vos administrateurs.',
}

const sv: Record<keyof typeof en, string> = {
  title: 'Logga in hos {org}',
  lead: 'Den här enheten tillhör {org}. Säg vem du är innan den ställs in: en kod skickas till din e-post.',
  address: 'Din e-postadress hos {org}',
  next: 'Fortsätt',
  sent: 'Om {org} känner till adressen är en sexsiffrig kod på väg dit. Läs den på en annan enhet och skriv den här.',
  code: 'Kod',
  signIn: 'Logga in',
  wrong: 'Det är inte koden som skickades, eller så är den för gammal.',
  again: 'Skicka en ny kod',
  'refusal.not-expected': 'Den här enheten väntas inte här. Be dina administratörer tilldela den till den här servern.',
  'refusal.over': 'Det tog för lång tid eller är redan gjort. Gå tillbaka och börja om.',
  'refusal.no-mail': 'Ingen kan logga in ännu: servern skickar ingen e-post. Administratörerna kan ändra på det.',
  'refusal.not-apple': 'Den här sidan är bara till för enheter som ställs in.',
  'refusal.closed': 'Enheter kan inte skrivas in genom inloggning här. Fråga dina administratörer om ett annat sätt.',
}

const ja: Record<keyof typeof en, string> = {
  title: '{org} にサインイン',
  lead: 'この端末は {org} のものです。設定の前に本人確認を行います。コードをメールでお送りします。',
  address: '{org} でのメールアドレス',
  next: '続ける',
  sent: '{org} に登録のあるアドレスであれば、6 桁のコードをお送りしました。別の端末でメールを確認し、ここに入力してください。',
  code: 'コード',
  signIn: 'サインイン',
  wrong: 'コードが違うか、期限が切れています。',
  again: 'コードを再送する',
  'refusal.not-expected':
    'この端末はここに割り当てられていません。管理者にこのサーバーへの割り当てを依頼してください。',
  'refusal.over': '時間切れか、すでに完了しています。前に戻ってやり直してください。',
  'refusal.no-mail': 'このサーバーはメールを送れないため、まだサインインできません。管理者が設定できます。',
  'refusal.not-apple': 'このページは設定中の端末専用です。',
  'refusal.closed': 'ここではサインインによる登録ができません。別の方法を管理者にお尋ねください。',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** Says a text of the pages on which people sign in on a device. */
export const say = sayer(texts)
