import { sayer, type Texts } from '../../base/say.ts'

const en = {
  'message.call': 'This device belongs to {org} and is lost. Please call the number below.',
  'message.plain': 'This device belongs to {org} and is lost. Please hand it in.',
}

const fr: Record<keyof typeof en, string> = {
  'message.call': 'Cet appareil appartient à {org} et a été perdu. Merci d’appeler le numéro ci-dessous.',
  'message.plain': 'Cet appareil appartient à {org} et a été perdu. Merci de le rapporter.',
}

const sv: Record<keyof typeof en, string> = {
  'message.call': 'Den här enheten tillhör {org} och har tappats bort. Ring gärna numret nedan.',
  'message.plain': 'Den här enheten tillhör {org} och har tappats bort. Lämna gärna in den.',
}

const ja: Record<keyof typeof en, string> = {
  'message.call': 'この端末は{org}のもので、紛失中です。下記の番号までご連絡ください。',
  'message.plain': 'この端末は{org}のもので、紛失中です。拾われた方は届け出をお願いします。',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** What incidents say outside the console, in the languages of the product. */
export const say = sayer(texts)
