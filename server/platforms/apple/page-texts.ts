import type { Locale } from '../../areas/identity/index.ts'

/** Every sentence of the enrollment page in one language. `{org}` is filled in. */
export interface PageTexts {
  title: string
  lead: string
  whatItMeans: string
  download: string
  stepsMobile: readonly string[]
  stepsMac: readonly string[]
  headMobile: string
  headMac: string
  scanHead: string
  scan: string
  trustHead: string
  trust: string
  trustLink: string
}

/** The page in the languages of the product. */
export const pageTexts: Record<Locale, PageTexts> = {
  en: {
    title: 'Set up this device for {org}',
    lead: '{org} invites you to put this iPhone, iPad or Mac under its management.',
    whatItMeans:
      'Its administrators can then see what model and software it has and which apps are installed, change its settings, lock it and, if it is lost, erase it. They cannot read your messages, photos or browsing history.',
    download: 'Download profile',
    headMobile: 'On iPhone and iPad',
    stepsMobile: [
      'Tap “Download profile” and allow the download.',
      'Open Settings and tap “Profile Downloaded” near the top.',
      'Tap “Install” and follow the steps. Your passcode is asked for.',
    ],
    headMac: 'On Mac',
    stepsMac: [
      'Click “Download profile” and open the file that was downloaded.',
      'Open System Settings › General › Device Management.',
      'Double-click the profile and click “Enroll”.',
    ],
    scanHead: 'For another device',
    scan: 'Point the camera of the iPhone or iPad at this code. It opens this page there.',
    trustHead: 'Does your browser warn about this connection?',
    trust:
      'This server vouches for itself. If you were given its address by someone you trust, continue; the profile you download teaches the device to recognize the server. You can also install only this recognition first:',
    trustLink: 'trust profile',
  },
  fr: {
    title: 'Configurer cet appareil pour {org}',
    lead: '{org} vous invite à lui confier la gestion de cet iPhone, iPad ou Mac.',
    whatItMeans:
      'Ses administrateurs pourront voir le modèle, le système et les apps installées, modifier des réglages, verrouiller l’appareil et, s’il est perdu, l’effacer. Ils ne peuvent lire ni vos messages, ni vos photos, ni votre historique de navigation.',
    download: 'Télécharger le profil',
    headMobile: 'Sur iPhone et iPad',
    stepsMobile: [
      'Touchez « Télécharger le profil » et autorisez le téléchargement.',
      'Ouvrez Réglages et touchez « Profil téléchargé » en haut de la liste.',
      'Touchez « Installer » et suivez les étapes. Votre code vous sera demandé.',
    ],
    headMac: 'Sur Mac',
    stepsMac: [
      'Cliquez sur « Télécharger le profil » et ouvrez le fichier téléchargé.',
      'Ouvrez Réglages Système › Général › Gestion des appareils.',
      'Double-cliquez sur le profil puis cliquez sur « Inscrire ».',
    ],
    scanHead: 'Pour un autre appareil',
    scan: 'Visez ce code avec l’appareil photo de l’iPhone ou de l’iPad : cette page s’y ouvrira.',
    trustHead: 'Votre navigateur affiche un avertissement ?',
    trust:
      'Ce serveur se porte garant de lui-même. Si son adresse vous vient d’une personne de confiance, continuez ; le profil téléchargé apprend à l’appareil à reconnaître le serveur. Vous pouvez aussi n’installer d’abord que cette reconnaissance :',
    trustLink: 'profil de confiance',
  },
  sv: {
    title: 'Ställ in enheten för {org}',
    lead: '{org} bjuder in dig att låta dem hantera denna iPhone, iPad eller Mac.',
    whatItMeans:
      'Administratörerna kan då se modell, system och vilka appar som är installerade, ändra inställningar, låsa enheten och, om den tappas bort, radera den. De kan inte läsa dina meddelanden, se dina bilder eller din webbhistorik.',
    download: 'Hämta profilen',
    headMobile: 'På iPhone och iPad',
    stepsMobile: [
      'Tryck på ”Hämta profilen” och tillåt hämtningen.',
      'Öppna Inställningar och tryck på ”Profil hämtad” högst upp.',
      'Tryck på ”Installera” och följ stegen. Du ombeds ange din lösenkod.',
    ],
    headMac: 'På Mac',
    stepsMac: [
      'Klicka på ”Hämta profilen” och öppna den hämtade filen.',
      'Öppna Systeminställningar › Allmänt › Enhetshantering.',
      'Dubbelklicka på profilen och klicka på ”Registrera”.',
    ],
    scanHead: 'För en annan enhet',
    scan: 'Rikta kameran på din iPhone eller iPad mot koden. Då öppnas den här sidan där.',
    trustHead: 'Varnar webbläsaren för anslutningen?',
    trust:
      'Servern går i god för sig själv. Fortsätt om du fick adressen av någon du litar på; profilen du hämtar lär enheten att känna igen servern. Du kan också först installera enbart detta:',
    trustLink: 'tillitsprofil',
  },
  ja: {
    title: 'このデバイスを{org}用に設定',
    lead: '{org}から、このiPhone・iPad・Macを管理対象として登録するための招待です。',
    whatItMeans:
      '登録すると、管理者は機種、システム、インストール済みのアプリを確認し、設定の変更やロック、紛失時の消去を行えるようになります。メッセージ、写真、閲覧履歴を見ることはできません。',
    download: 'プロファイルをダウンロード',
    headMobile: 'iPhone・iPadの場合',
    stepsMobile: [
      '「プロファイルをダウンロード」をタップし、ダウンロードを許可します。',
      '「設定」を開き、上部の「ダウンロード済みのプロファイル」をタップします。',
      '「インストール」をタップし、画面の指示に従います。パスコードの入力が必要です。',
    ],
    headMac: 'Macの場合',
    stepsMac: [
      '「プロファイルをダウンロード」をクリックし、ダウンロードしたファイルを開きます。',
      '「システム設定」›「一般」›「デバイス管理」を開きます。',
      'プロファイルをダブルクリックし、「登録」をクリックします。',
    ],
    scanHead: '別のデバイスを登録する場合',
    scan: 'iPhoneまたはiPadのカメラでこのコードを読み取ると、そのデバイスでこのページが開きます。',
    trustHead: 'ブラウザに接続の警告が表示される場合',
    trust:
      'このサーバーは自身の証明書を使用しています。信頼できる方から受け取ったアドレスであれば、そのまま進んでください。ダウンロードするプロファイルにより、デバイスがサーバーを認識できるようになります。先に認識用のプロファイルだけをインストールすることもできます：',
    trustLink: '信頼プロファイル',
  },
}
