import { type Language, sayer } from '../../base/say.ts'

const en = {
  'kind.apns': 'the Apple push certificate',
  'kind.tls': 'the TLS certificate of the server',
  'kind.ca-tls': 'the authority of the server',
  'kind.ca-device': 'the issuing CA for devices',
  'kind.ca-scep': 'the issuing CA for SCEP',
  'kind.profile-signing': 'the certificate that signs profiles',
  'kind.devices': 'the token for automated enrollment “{name}”',
  'kind.content': 'the token for apps and books “{name}”',
  'kind.portal': 'the key for the vendor’s portal “{name}”',
  'kind.vendor': 'the vendor certificate that signs requests',
  'ending.subject': '{org}: {what} ends in {days, plural, one {# day} other {# days}}',
  'ending.text':
    'This address is named as the contact for {what} of {org}. It ends on {at, date, long} at {at, time, short} (UTC), in {days, plural, one {# day} other {# days}}. Please make sure that it is renewed before then.',
  'ending.account': 'It is renewed with the account {account}.',
  'ending.noAccount': 'The account it is renewed with has not been written down.',
  'verify.subject': '{org} asks: is this address still read?',
  'verify.text':
    'Devices of {org} depend on accounts for which {address} is named. Once a year Muster asks whether mail to this address still reaches someone who would act. If you read this, please open the page below and confirm. The link is good for 30 days.',
  'verify.none': 'If you do not know what this is about, do nothing, and tell the IT team of {org}.',
  'page.title': 'Is {address} still read?',
  'page.text':
    'Devices of {org} depend on accounts for which this address is named. Confirm only if you read this mailbox and would act on a message about them.',
  'page.confirm': 'Yes, we read it',
  'page.done': 'Thank you. The address is confirmed for a year.',
  'page.over': 'This link has been used or has expired. Ask the IT team for another one if it is needed.',
} as const

type Key = keyof typeof en

const fr: Record<Key, string> = {
  'kind.apns': 'le certificat push d’Apple',
  'kind.tls': 'le certificat TLS du serveur',
  'kind.ca-tls': 'l’autorité du serveur',
  'kind.ca-device': 'l’autorité qui certifie les appareils',
  'kind.ca-scep': 'l’autorité SCEP',
  'kind.profile-signing': 'le certificat qui signe les profils',
  'kind.devices': 'le jeton d’inscription automatisée « {name} »',
  'kind.content': 'le jeton des apps et livres « {name} »',
  'kind.portal': 'la clé du portail du fournisseur « {name} »',
  'kind.vendor': 'le certificat de fournisseur qui signe les demandes',
  'ending.subject': '{org} : {what} expire dans {days, plural, one {# jour} other {# jours}}',
  'ending.text':
    'Cette adresse est le contact désigné pour {what} de {org}. L’expiration est le {at, date, long} à {at, time, short} (UTC), dans {days, plural, one {# jour} other {# jours}}. Merci de veiller au renouvellement d’ici là.',
  'ending.account': 'Le renouvellement se fait avec le compte {account}.',
  'ending.noAccount': 'Le compte qui permet le renouvellement n’a pas été noté.',
  'verify.subject': '{org} demande : cette adresse est-elle encore lue ?',
  'verify.text':
    'Des appareils de {org} dépendent de comptes pour lesquels {address} est indiquée. Une fois par an, Muster demande si le courrier envoyé à cette adresse atteint encore quelqu’un qui agirait. Si vous lisez ceci, ouvrez la page ci-dessous et confirmez. Le lien est valable 30 jours.',
  'verify.none': 'Si vous ne savez pas de quoi il s’agit, ne faites rien et prévenez l’équipe informatique de {org}.',
  'page.title': '{address} est-elle encore lue ?',
  'page.text':
    'Des appareils de {org} dépendent de comptes pour lesquels cette adresse est indiquée. Ne confirmez que si vous lisez cette boîte et agiriez à réception d’un message à leur sujet.',
  'page.confirm': 'Oui, nous la lisons',
  'page.done': 'Merci. L’adresse est confirmée pour un an.',
  'page.over': 'Ce lien a déjà servi ou a expiré. Demandez-en un autre à l’équipe informatique si nécessaire.',
}

const sv: Record<Key, string> = {
  'kind.apns': 'Apples pushcertifikat',
  'kind.tls': 'serverns TLS-certifikat',
  'kind.ca-tls': 'serverns utfärdare',
  'kind.ca-device': 'utfärdaren för enheter',
  'kind.ca-scep': 'utfärdaren för SCEP',
  'kind.profile-signing': 'certifikatet som signerar profiler',
  'kind.devices': 'nyckeln för automatisk registrering ”{name}”',
  'kind.content': 'nyckeln för appar och böcker ”{name}”',
  'kind.portal': 'nyckeln till leverantörens portal ”{name}”',
  'kind.vendor': 'leverantörscertifikatet som signerar begäranden',
  'ending.subject': '{org}: {what} går ut om {days, plural, one {# dag} other {# dagar}}',
  'ending.text':
    'Den här adressen är angiven som kontakt för {what} hos {org}. Giltigheten slutar {at, date, long} kl. {at, time, short} (UTC), om {days, plural, one {# dag} other {# dagar}}. Se till att det förnyas innan dess.',
  'ending.account': 'Det förnyas med kontot {account}.',
  'ending.noAccount': 'Det är inte antecknat vilket konto det förnyas med.',
  'verify.subject': '{org} frågar: läses den här adressen fortfarande?',
  'verify.text':
    'Enheter hos {org} är beroende av konton där {address} är angiven. En gång om året frågar Muster om post till adressen fortfarande når någon som skulle agera. Om du läser detta, öppna sidan nedan och bekräfta. Länken gäller i 30 dagar.',
  'verify.none': 'Om du inte vet vad det gäller behöver du inte göra något, men berätta för it-avdelningen på {org}.',
  'page.title': 'Läses {address} fortfarande?',
  'page.text':
    'Enheter hos {org} är beroende av konton där den här adressen är angiven. Bekräfta bara om ni läser brevlådan och skulle agera på ett meddelande om dem.',
  'page.confirm': 'Ja, vi läser den',
  'page.done': 'Tack. Adressen är bekräftad i ett år.',
  'page.over': 'Länken har redan använts eller gått ut. Be it-avdelningen om en ny om det behövs.',
}

const ja: Record<Key, string> = {
  'kind.apns': 'Apple プッシュ証明書',
  'kind.tls': 'サーバーの TLS 証明書',
  'kind.ca-tls': 'サーバーの認証局',
  'kind.ca-device': 'デバイス用の認証局',
  'kind.ca-scep': 'SCEP 用の認証局',
  'kind.profile-signing': 'プロファイル署名用の証明書',
  'kind.devices': '自動登録のトークン「{name}」',
  'kind.content': 'アプリとブックのトークン「{name}」',
  'kind.portal': 'ベンダーポータルのキー「{name}」',
  'kind.vendor': '要求に署名するベンダー証明書',
  'ending.subject': '{org}：{what}の期限まで {days, plural, other {# 日}}です',
  'ending.text':
    'このアドレスは、{org} の{what}の連絡先として登録されています。期限は {at, date, long} {at, time, short}（UTC）で、残り {days, plural, other {# 日}}です。それまでに必ず更新してください。',
  'ending.account': '更新に使うアカウントは {account} です。',
  'ending.noAccount': '更新に使うアカウントは記録されていません。',
  'verify.subject': '{org} より確認：このアドレスは今も使われていますか',
  'verify.text':
    '{org} のデバイスは、{address} が登録されたアカウントに依存しています。Muster は年に一度、このアドレス宛てのメールが対応できる人に届いているかを確認します。このメールをお読みの方は、下のページを開いて確認してください。リンクの有効期間は 30 日です。',
  'verify.none': '心当たりがない場合は、何もせずに {org} の IT 担当へお知らせください。',
  'page.title': '{address} は今も読まれていますか',
  'page.text':
    '{org} のデバイスは、このアドレスが登録されたアカウントに依存しています。このメールボックスを読んでいて、連絡があれば対応できる場合にだけ確認してください。',
  'page.confirm': 'はい、読んでいます',
  'page.done': 'ありがとうございます。このアドレスは一年間確認済みになりました。',
  'page.over': 'このリンクは使用済みか、期限が切れています。必要な場合は IT 担当に新しいリンクを依頼してください。',
}

/** Says the texts of mails and of the page of custody. */
export const say = sayer({ en, fr, sv, ja })

/** What a thing in custody is, in words that fit into a sentence. */
export function kindText(language: Language, of: { kind: string; name: string }): string {
  const key = `kind.${of.kind}`
  return Object.hasOwn(en, key) ? say(language, key as Key, { name: of.name }) : of.name
}
