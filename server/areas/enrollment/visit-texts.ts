import type { ProblemCode } from '../../base/problem.ts'
import type { Locale } from '../identity/index.ts'

/** What every page for somebody who enrolls says in one language, whatever the platform. `{time}` is filled in. */
export interface VisitTexts {
  language: string
  validUntil: string
  sorry: string
  problems: Partial<Record<ProblemCode, string>>
  otherProblem: string
}

/** These texts in the languages of the product. */
export const visitTexts: Record<Locale, VisitTexts> = {
  en: {
    language: 'English',
    validUntil: 'This invitation is valid until {time}.',
    sorry: 'This does not work right now',
    problems: {
      'invitation.unknown': 'This invitation is not known. Check that the whole link was copied, or ask for a new one.',
      'invitation.expired': 'This invitation has expired. Ask the person who invited you for a new one.',
      'invitation.used': 'This invitation has already been used. Ask the person who invited you for a new one.',
      'invitation.revoked': 'This invitation was taken back. Ask the person who invited you for a new one.',
      'invitation.too-many-tries':
        'This invitation was tried too often without success. Ask the person who invited you for a new one.',
      'enrollment.no-push-certificate':
        'Devices cannot enroll yet, because this server has no push certificate. Its administrators can upload one under Certificates; then try again.',
    },
    otherProblem: 'Something went wrong. Try again in a few minutes.',
  },
  fr: {
    language: 'Français',
    validUntil: 'Cette invitation est valable jusqu’au {time}.',
    sorry: 'Impossible pour le moment',
    problems: {
      'invitation.unknown':
        'Cette invitation est inconnue. Vérifiez que le lien est complet, ou demandez-en une nouvelle.',
      'invitation.expired': 'Cette invitation a expiré. Demandez-en une nouvelle à la personne qui vous a invité.',
      'invitation.used': 'Cette invitation a déjà servi. Demandez-en une nouvelle à la personne qui vous a invité.',
      'invitation.revoked': 'Cette invitation a été retirée. Demandez-en une nouvelle à la personne qui vous a invité.',
      'invitation.too-many-tries':
        'Cette invitation a été essayée trop souvent sans succès. Demandez-en une nouvelle à la personne qui vous a invité.',
      'enrollment.no-push-certificate':
        'Aucun appareil ne peut encore s’inscrire : ce serveur n’a pas de certificat push. Ses administrateurs peuvent en ajouter un sous Certificats ; réessayez ensuite.',
    },
    otherProblem: 'Une erreur s’est produite. Réessayez dans quelques minutes.',
  },
  sv: {
    language: 'Svenska',
    validUntil: 'Inbjudan gäller till {time}.',
    sorry: 'Det går inte just nu',
    problems: {
      'invitation.unknown': 'Inbjudan är okänd. Kontrollera att hela länken kom med, eller be om en ny.',
      'invitation.expired': 'Inbjudan har gått ut. Be den som bjöd in dig om en ny.',
      'invitation.used': 'Inbjudan har redan använts. Be den som bjöd in dig om en ny.',
      'invitation.revoked': 'Inbjudan har dragits tillbaka. Be den som bjöd in dig om en ny.',
      'invitation.too-many-tries':
        'Inbjudan har prövats för många gånger utan att lyckas. Be den som bjöd in dig om en ny.',
      'enrollment.no-push-certificate':
        'Enheter kan inte registreras ännu eftersom servern saknar pushcertifikat. Administratörerna kan ladda upp ett under Certifikat; försök sedan igen.',
    },
    otherProblem: 'Något gick fel. Försök igen om några minuter.',
  },
  ja: {
    language: '日本語',
    validUntil: 'この招待の有効期限は{time}です。',
    sorry: '現在ご利用いただけません',
    problems: {
      'invitation.unknown':
        'この招待は見つかりません。リンク全体がコピーされているか確認するか、新しい招待を依頼してください。',
      'invitation.expired': 'この招待は有効期限が切れています。招待した方に新しい招待を依頼してください。',
      'invitation.used': 'この招待はすでに使用されています。招待した方に新しい招待を依頼してください。',
      'invitation.revoked': 'この招待は取り消されました。招待した方に新しい招待を依頼してください。',
      'invitation.too-many-tries':
        'この招待は登録に至らないまま何度も試されました。招待した方に新しい招待を依頼してください。',
      'enrollment.no-push-certificate':
        'このサーバーにはプッシュ証明書がないため、まだデバイスを登録できません。管理者が「証明書」でアップロードした後、もう一度お試しください。',
    },
    otherProblem: '問題が発生しました。数分後にもう一度お試しください。',
  },
}
