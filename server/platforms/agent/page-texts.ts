import type { Locale } from '../../areas/identity/index.ts'

/** Every sentence of the page of an invitation for agents in one language. `{org}` is filled in. */
export interface PageTexts {
  personal: {
    title: string
    lead: string
    can: string
    cannot: string
    headHere: string
    stepsHere: readonly string[]
    download: string
    open: string
  }
  whole: {
    title: string
    lead: string
    can: string
    headCode: string
    stepsCode: readonly string[]
    fresh: string
    has: string
    hasLink: string
  }
  scanHead: string
  scan: string
  code: string
  noPackage: string
  trust: string
}

/** The page in the languages of the product. */
export const pageTexts: Record<Locale, PageTexts> = {
  en: {
    personal: {
      title: 'A work profile for {org}',
      lead: '{org} invites you to set up a work profile on your own Android phone or tablet.',
      can: 'Administrators can see and change what is inside the work profile: its apps, settings and accounts. They can remove the work profile.',
      cannot:
        'They cannot see your own apps, messages, photos, calls or where you are, and they cannot erase the device. You can remove the work profile yourself at any time.',
      headHere: 'On this device',
      stepsHere: [
        'Download the agent and open the file. If Android asks, allow your browser to install apps.',
        'Come back to this page and open the invitation in the agent.',
        'Follow the steps on the screen. Android makes the work profile.',
      ],
      download: 'Download the agent',
      open: 'Open in the agent',
    },
    whole: {
      title: 'Set up an Android device for {org}',
      lead: 'This invitation sets up a phone or tablet that belongs to {org}, from the first screen on.',
      can: 'Administrators can then see the device and its apps, change its settings, lock it and, if it is lost, find it and erase it.',
      headCode: 'With the code',
      stepsCode: [
        'The device must be new or reset. Turn it on and stop at the first screen.',
        'Tap six times on the same empty spot. The device opens its camera.',
        'Point it at this code and follow the steps on the screen.',
      ],
      fresh: 'Open this page on another screen: the new device reads the code with its own camera.',
      has: 'Does the device have the agent already, from a cable?',
      hasLink: 'Open in the agent',
    },
    scanHead: 'For another device',
    scan: 'Point the camera of the phone or tablet at this code. It opens this page there.',
    code: 'QR code that sets up a new Android device',
    noPackage: 'The agent cannot be downloaded from this server yet. Ask your administrators for it.',
    trust:
      'This server vouches for itself, and a device that is being set up does not know it. Setting up by code needs a certificate of a public authority.',
  },
  fr: {
    personal: {
      title: 'Un profil professionnel pour {org}',
      lead: '{org} vous invite à créer un profil professionnel sur votre propre téléphone ou tablette Android.',
      can: 'Les administrateurs peuvent voir et modifier ce qui se trouve dans le profil professionnel : ses apps, ses réglages et ses comptes. Ils peuvent supprimer ce profil.',
      cannot:
        'Ils ne voient ni vos apps personnelles, ni vos messages, photos ou appels, ni où vous êtes, et ne peuvent pas effacer l’appareil. Vous pouvez supprimer le profil professionnel vous-même à tout moment.',
      headHere: 'Sur cet appareil',
      stepsHere: [
        'Téléchargez l’agent et ouvrez le fichier. Si Android le demande, autorisez votre navigateur à installer des apps.',
        'Revenez à cette page et ouvrez l’invitation dans l’agent.',
        'Suivez les étapes à l’écran. Android crée le profil professionnel.',
      ],
      download: 'Télécharger l’agent',
      open: 'Ouvrir dans l’agent',
    },
    whole: {
      title: 'Configurer un appareil Android pour {org}',
      lead: 'Cette invitation configure un téléphone ou une tablette de {org} dès le premier écran.',
      can: 'Les administrateurs pourront voir l’appareil et ses apps, modifier ses réglages, le verrouiller et, s’il est perdu, le localiser et l’effacer.',
      headCode: 'Avec le code',
      stepsCode: [
        'L’appareil doit être neuf ou réinitialisé. Allumez-le et restez au premier écran.',
        'Touchez six fois le même endroit vide. L’appareil ouvre son appareil photo.',
        'Pointez-le vers ce code et suivez les étapes à l’écran.',
      ],
      fresh: 'Ouvrez cette page sur un autre écran : le nouvel appareil lit le code avec son propre appareil photo.',
      has: 'L’appareil a-t-il déjà l’agent, installé par câble ?',
      hasLink: 'Ouvrir dans l’agent',
    },
    scanHead: 'Pour un autre appareil',
    scan: 'Pointez l’appareil photo du téléphone ou de la tablette vers ce code. Il y ouvre cette page.',
    code: 'Code QR qui configure un nouvel appareil Android',
    noPackage: 'L’agent ne peut pas encore être téléchargé depuis ce serveur. Demandez-le à vos administrateurs.',
    trust:
      'Ce serveur se porte garant de lui-même, et un appareil en cours de configuration ne le connaît pas. La configuration par code exige un certificat d’une autorité publique.',
  },
  sv: {
    personal: {
      title: 'En jobbprofil för {org}',
      lead: '{org} bjuder in dig att skapa en jobbprofil på din egen Android-telefon eller surfplatta.',
      can: 'Administratörerna kan se och ändra det som finns i jobbprofilen: dess appar, inställningar och konton. De kan ta bort jobbprofilen.',
      cannot:
        'De kan inte se dina egna appar, meddelanden, bilder, samtal eller var du är, och de kan inte radera enheten. Du kan när som helst ta bort jobbprofilen själv.',
      headHere: 'På den här enheten',
      stepsHere: [
        'Hämta agenten och öppna filen. Om Android frågar, låt webbläsaren installera appar.',
        'Gå tillbaka till den här sidan och öppna inbjudan i agenten.',
        'Följ stegen på skärmen. Android skapar jobbprofilen.',
      ],
      download: 'Hämta agenten',
      open: 'Öppna i agenten',
    },
    whole: {
      title: 'Ställ in en Android-enhet för {org}',
      lead: 'Inbjudan ställer in en telefon eller surfplatta som tillhör {org}, från den första skärmen.',
      can: 'Administratörerna kan sedan se enheten och dess appar, ändra inställningar, låsa den och, om den är borta, hitta och radera den.',
      headCode: 'Med koden',
      stepsCode: [
        'Enheten ska vara ny eller återställd. Slå på den och stanna på den första skärmen.',
        'Tryck sex gånger på samma tomma ställe. Enheten öppnar sin kamera.',
        'Rikta den mot koden och följ stegen på skärmen.',
      ],
      fresh: 'Öppna den här sidan på en annan skärm: den nya enheten läser koden med sin egen kamera.',
      has: 'Har enheten redan agenten, via kabel?',
      hasLink: 'Öppna i agenten',
    },
    scanHead: 'För en annan enhet',
    scan: 'Rikta telefonens eller surfplattans kamera mot koden. Då öppnas den här sidan där.',
    code: 'QR-kod som ställer in en ny Android-enhet',
    noPackage: 'Agenten kan inte hämtas från den här servern än. Be administratörerna om den.',
    trust:
      'Servern går i god för sig själv, och en enhet som ställs in känner inte till den. Inställning med kod kräver ett certifikat från en offentlig utfärdare.',
  },
  ja: {
    personal: {
      title: '{org}の仕事用プロファイル',
      lead: '{org}は、お使いの個人のAndroidスマートフォンまたはタブレットに仕事用プロファイルを設定するようご案内しています。',
      can: '管理者は、仕事用プロファイル内のアプリ、設定、アカウントを確認および変更できます。仕事用プロファイルを削除することもできます。',
      cannot:
        '管理者は、個人のアプリ、メッセージ、写真、通話、位置情報を見ることはできず、デバイスを消去することもできません。仕事用プロファイルはいつでもご自身で削除できます。',
      headHere: 'このデバイスで',
      stepsHere: [
        'エージェントをダウンロードしてファイルを開きます。Androidに確認された場合は、ブラウザからのアプリのインストールを許可してください。',
        'このページに戻り、招待をエージェントで開きます。',
        '画面の手順に従います。Androidが仕事用プロファイルを作成します。',
      ],
      download: 'エージェントをダウンロード',
      open: 'エージェントで開く',
    },
    whole: {
      title: '{org}のAndroidデバイスを設定',
      lead: 'この招待は、{org}が所有するスマートフォンまたはタブレットを最初の画面から設定します。',
      can: '管理者は、デバイスとそのアプリの確認、設定の変更、ロック、紛失時の位置の特定と消去ができるようになります。',
      headCode: 'コードを使う',
      stepsCode: [
        '新しいデバイス、または初期化したデバイスの電源を入れ、最初の画面で止めます。',
        '何もない同じ場所を6回タップします。デバイスのカメラが起動します。',
        'このコードに向けて、画面の手順に従います。',
      ],
      fresh: 'このページを別の画面で開いてください。新しいデバイスが自身のカメラでコードを読み取ります。',
      has: 'ケーブル経由で、すでにエージェントが入っていますか？',
      hasLink: 'エージェントで開く',
    },
    scanHead: '別のデバイスの場合',
    scan: 'スマートフォンまたはタブレットのカメラをこのコードに向けると、そのデバイスでこのページが開きます。',
    code: '新しいAndroidデバイスを設定するQRコード',
    noPackage: 'このサーバーからはまだエージェントをダウンロードできません。管理者に依頼してください。',
    trust:
      'このサーバーは自身の証明書を使用しており、設定中のデバイスはこれを認識できません。コードによる設定には、公的な認証局の証明書が必要です。',
  },
}
