import { common, forbids, type Line, said, says, set, write } from '../write.ts'

const payload = (of: string, key: string, value: boolean | number, test: 'is' | 'atLeast' | 'atMost' = 'is') =>
  says(`apple.payload:${of}`, key, value, test)

const update = 'com.apple.SoftwareUpdate'
const window = 'com.apple.loginwindow'

const device: readonly Line[] = [
  [
    'password',
    [
      'The sign-in password meets the password policy',
      'Le mot de passe de session respecte la stratégie',
      'Inloggningslösenordet uppfyller policyn',
      'ログインパスワードがポリシーを満たしている',
    ],
    { kind: 'passcode', params: { compliant: true } },
    'high',
    'cis 5.2 · iso 8.5 5.17 · nist IA-5 IA-5(1)',
  ],
  [
    'encryption',
    ['The disk is encrypted', 'Le disque est chiffré', 'Disken är krypterad', 'ディスクが暗号化されている'],
    common.encrypted,
    'critical',
    'cis 2.6.6 · iso 8.24 8.1 · nist SC-28 SC-28(1)',
  ],
  [
    'recovery-key',
    [
      'A recovery key for the disk exists',
      'Une clé de secours du disque existe',
      'Det finns en återställningsnyckel för disken',
      'ディスクの復旧キーが存在する',
    ],
    said('fact.security.personalRecoveryKey:yes'),
    'high',
    'cis 2.6.6 · iso 8.24 · nist SC-12 SC-28',
  ],
  [
    'firewall',
    ['The firewall is on', 'Le pare-feu est activé', 'Brandväggen är på', 'ファイアウォールがオンである'],
    said('fact.security.firewall:yes'),
    'high',
    'cis 2.2.1 · iso 8.20 · nist SC-7 SC-7(12)',
  ],
  [
    'firewall-stealth',
    [
      'The firewall does not answer probes',
      'Le pare-feu ne répond pas aux sondages',
      'Brandväggen svarar inte på sonderingar',
      'ファイアウォールが探索に応答しない',
    ],
    said('fact.security.firewallStealth:yes'),
    'medium',
    'cis 2.2.2 · iso 8.20 · nist SC-7 SC-7(16)',
  ],
  [
    'system-integrity',
    [
      'System Integrity Protection is on',
      'La protection de l’intégrité du système est activée',
      'Systemintegritetsskyddet är på',
      'システム整合性保護が有効である',
    ],
    said('fact.security.systemIntegrity:yes'),
    'critical',
    'cis 5.1.2 · iso 8.7 8.9 · nist AC-3 CM-5 SI-7',
  ],
  [
    'sealed-system',
    [
      'The system volume is sealed',
      'Le volume système est scellé',
      'Systemvolymen är förseglad',
      'システムボリュームが署名で封印されている',
    ],
    said('fact.security.sealedSystem:yes'),
    'critical',
    'cis 5.1.4 · iso 8.7 8.9 · nist CM-5 SI-7(6)',
  ],
  [
    'attested',
    [
      'Its own chip vouches for what the device is',
      'Sa propre puce garantit ce qu’est l’appareil',
      'Enhetens eget chip går i god för vad den är',
      '端末自身のチップがその正体を証明している',
    ],
    said('fact.security.attested:passed'),
    'high',
    'iso 8.7 8.9 · nist IA-3 SI-7',
  ],
  [
    'secure-boot',
    [
      'Secure boot is at its full level',
      'Le démarrage sécurisé est au niveau complet',
      'Säker start är på högsta nivån',
      'セキュアブートが最高レベルである',
    ],
    said('fact.security.secureBoot:full'),
    'high',
    'iso 8.7 8.9 · nist SI-7(9)',
  ],
  [
    'external-boot',
    [
      'It does not start from external disks',
      'Il ne démarre pas depuis un disque externe',
      'Den startar inte från externa diskar',
      '外部ディスクから起動できない',
    ],
    said('fact.security.externalBoot:disallowed'),
    'medium',
    'iso 8.1 8.9 · nist SI-7(9) MP-7',
  ],
  [
    'recovery-lock',
    [
      'The recovery system is locked',
      'Le système de secours est verrouillé',
      'Återställningssystemet är låst',
      '復旧システムがロックされている',
    ],
    said('fact.security.recoveryLock:yes'),
    'medium',
    'iso 8.1 8.2 · nist AC-3',
    true,
  ],
  [
    'remote-desktop',
    [
      'Remote management of the screen is off',
      'La gestion à distance de l’écran est désactivée',
      'Fjärrhantering av skärmen är av',
      '画面のリモート管理がオフである',
    ],
    said('fact.security.remoteDesktop:no'),
    'high',
    'cis 2.3.3.6 · iso 8.20 8.2 · nist CM-7 AC-17',
  ],
  [
    'approved',
    ['Its management is approved', 'Sa gestion est approuvée', 'Hanteringen är godkänd', '管理が承認されている'],
    said('fact.security.userApproved:yes'),
    'medium',
    'iso 8.1 8.9 · nist CM-6',
  ],
  [
    'automated',
    [
      'It was enrolled automatically',
      'Il a été inscrit automatiquement',
      'Den registrerades automatiskt',
      '自動登録された端末である',
    ],
    said('fact.security.automatedEnrollment:yes'),
    'low',
    'iso 5.9 8.1 · nist CM-8',
    true,
  ],
  [
    'supervised',
    [
      'Company Macs are supervised',
      'Les Mac de l’entreprise sont supervisés',
      'Företagets Mac-datorer är övervakade',
      '会社の Mac が監視対象である',
    ],
    common.supervised,
    'medium',
    'iso 8.1 8.9 · nist CM-6 CM-8',
    true,
  ],
  [
    'os-current',
    [
      'The system is at most 30 days behind',
      'Le système a au plus 30 jours de retard',
      'Systemet ligger högst 30 dagar efter',
      'OS の遅れが 30 日以内である',
    ],
    common.behind,
    'high',
    'cis 1.1 · iso 8.8 · nist SI-2',
  ],
  [
    'contact',
    [
      'The Mac was heard of within 14 days',
      'Le Mac s’est manifesté au cours des 14 derniers jours',
      'Mac-datorn har hörts av inom 14 dagar',
      '14 日以内に Mac から連絡があった',
    ],
    common.silent,
    'medium',
    'iso 5.9 8.1 · nist CM-8 CA-7',
  ],
  [
    'drift',
    [
      'Nothing it should have is missing for a day',
      'Rien de ce qu’il doit avoir ne manque depuis un jour',
      'Inget den ska ha har saknats ett dygn',
      '必要な設定が 1 日以上欠けていない',
    ],
    common.drift,
    'medium',
    'iso 8.9 · nist CM-2 CM-6',
  ],
  [
    'certificates',
    [
      'No certificate lapses within 14 days',
      'Aucun certificat n’expire sous 14 jours',
      'Inget certifikat går ut inom 14 dagar',
      '14 日以内に失効する証明書がない',
    ],
    common.lapsing,
    'medium',
    'iso 8.24 · nist SC-12 SC-17',
  ],
]

const code = (id: string, key: string, value: number | boolean, test: 'is' | 'atLeast' | 'atMost') =>
  ({ id, demand: set(says('passcode', key, value, test)) }) as const

const passwords: readonly Line[] = [
  [
    'password-length',
    [
      'Passwords have 15 characters or more',
      'Les mots de passe comptent au moins 15 caractères',
      'Lösenord har minst 15 tecken',
      'パスワードが 15 文字以上である',
    ],
    code('length', 'minLength', 15, 'atLeast').demand,
    'high',
    'cis 5.2.2 · iso 5.17 8.5 · nist IA-5(1)',
  ],
  [
    'password-letters',
    [
      'Passwords hold letters and digits',
      'Les mots de passe contiennent lettres et chiffres',
      'Lösenord innehåller bokstäver och siffror',
      'パスワードに英字と数字を含む',
    ],
    code('letters', 'alphanumeric', true, 'is').demand,
    'medium',
    'cis 5.2.3 5.2.4 · iso 5.17 · nist IA-5(1)',
  ],
  [
    'password-special',
    [
      'Passwords hold a special character',
      'Les mots de passe contiennent un caractère spécial',
      'Lösenord innehåller ett specialtecken',
      'パスワードに記号を含む',
    ],
    code('special', 'minComplexCharacters', 1, 'atLeast').demand,
    'medium',
    'cis 5.2.5 · iso 5.17 · nist IA-5(1)',
  ],
  [
    'password-attempts',
    [
      'At most 5 wrong passwords',
      'Au plus 5 mots de passe erronés',
      'Högst 5 felaktiga lösenord',
      'パスワードの誤入力は 5 回まで',
    ],
    code('attempts', 'maxFailedAttempts', 5, 'atMost').demand,
    'high',
    'cis 5.2.1 · iso 8.5 · nist AC-7',
  ],
  [
    'password-age',
    [
      'Passwords are changed once a year',
      'Les mots de passe changent une fois par an',
      'Lösenord byts en gång om året',
      'パスワードを年に 1 回変更する',
    ],
    code('age', 'maxAgeDays', 365, 'atMost').demand,
    'low',
    'cis 5.2.7 · iso 5.17 · nist IA-5',
  ],
  [
    'password-history',
    [
      'The last 15 passwords are not used again',
      'Les 15 derniers mots de passe ne sont pas réutilisés',
      'De 15 senaste lösenorden används inte igen',
      '直近 15 個のパスワードを再利用しない',
    ],
    code('history', 'history', 15, 'atLeast').demand,
    'low',
    'cis 5.2.8 · iso 5.17 · nist IA-5(1)',
  ],
  [
    'password-simple',
    [
      'Simple sequences are no password',
      'Les suites simples sont refusées comme mot de passe',
      'Enkla följder duger inte som lösenord',
      '単純な並びのパスワードを認めない',
    ],
    code('simple', 'simple', false, 'is').demand,
    'medium',
    'cis 5.2 · iso 5.17 · nist IA-5(1)',
  ],
]

const updates: readonly Line[] = [
  [
    'update-check',
    [
      'Updates are looked for automatically',
      'Les mises à jour sont recherchées automatiquement',
      'Uppdateringar söks automatiskt',
      'アップデートを自動で確認する',
    ],
    set(payload(update, 'AutomaticCheckEnabled', true)),
    'medium',
    'cis 1.2 · iso 8.8 · nist SI-2(5)',
  ],
  [
    'update-download',
    [
      'Updates are downloaded automatically',
      'Les mises à jour sont téléchargées automatiquement',
      'Uppdateringar hämtas automatiskt',
      'アップデートを自動でダウンロードする',
    ],
    set(payload(update, 'AutomaticDownload', true)),
    'medium',
    'cis 1.3 · iso 8.8 · nist SI-2(5)',
  ],
  [
    'update-install',
    [
      'System updates are installed automatically',
      'Les mises à jour du système s’installent automatiquement',
      'Systemuppdateringar installeras automatiskt',
      'システムアップデートを自動でインストールする',
    ],
    set(payload(update, 'AutomaticallyInstallMacOSUpdates', true)),
    'medium',
    'cis 1.4 · iso 8.8 · nist SI-2(5)',
  ],
  [
    'update-apps',
    [
      'App updates are installed automatically',
      'Les mises à jour des apps s’installent automatiquement',
      'Appuppdateringar installeras automatiskt',
      'アプリのアップデートを自動でインストールする',
    ],
    set(payload(update, 'AutomaticallyInstallAppUpdates', true)),
    'low',
    'cis 1.5 · iso 8.8 · nist SI-2(5)',
  ],
  [
    'update-security',
    [
      'Security responses are installed at once',
      'Les correctifs de sécurité s’installent immédiatement',
      'Säkerhetsåtgärder installeras direkt',
      'セキュリティ対応をただちに適用する',
    ],
    set(payload(update, 'CriticalUpdateInstall', true), says('os-update', 'securityResponses', true)),
    'high',
    'cis 1.6 · iso 8.8 · nist SI-2',
  ],
  [
    'update-definitions',
    [
      'Malware definitions are kept current',
      'Les définitions de logiciels malveillants restent à jour',
      'Definitioner av skadlig kod hålls aktuella',
      'マルウェア定義を最新に保つ',
    ],
    set(payload(update, 'ConfigDataInstall', true)),
    'high',
    'cis 1.6 · iso 8.7 · nist SI-2(5) SI-3',
  ],
  [
    'update-deferral',
    [
      'Updates are held back 30 days at most',
      'Les mises à jour sont retenues 30 jours au plus',
      'Uppdateringar hålls tillbaka högst 30 dagar',
      'アップデートの延期は 30 日以内である',
    ],
    set(says('os-update', 'deferDays', 30, 'atMost')),
    'medium',
    'cis 1.7 · iso 8.8 · nist SI-2',
  ],
]

const screens: readonly Line[] = [
  [
    'screen-timeout',
    [
      'The screen locks itself within 20 minutes',
      'L’écran se verrouille sous 20 minutes',
      'Skärmen låser sig inom 20 minuter',
      '20 分以内に画面がロックされる',
    ],
    set(says('passcode', 'maxInactivityMinutes', 20, 'atMost')),
    'medium',
    'cis 2.11.1 · iso 7.7 · nist AC-11 IA-11',
  ],
  [
    'screen-password',
    [
      'The password is asked for within 5 seconds',
      'Le mot de passe est demandé sous 5 secondes',
      'Lösenordet krävs inom 5 sekunder',
      '5 秒以内にパスワードを要求する',
    ],
    set(
      payload('com.apple.screensaver', 'askForPasswordDelay', 5, 'atMost'),
      says('passcode', 'gracePeriodMinutes', 0, 'atMost'),
    ),
    'medium',
    'cis 2.11.2 · iso 7.7 · nist AC-11',
  ],
  [
    'login-name',
    [
      'The sign-in screen asks for name and password',
      'L’écran d’ouverture de session demande nom et mot de passe',
      'Inloggningsskärmen frågar efter namn och lösenord',
      'ログイン画面で名前とパスワードを入力する',
    ],
    set(payload(window, 'SHOWFULLNAME', true)),
    'low',
    'cis 2.11.4 · iso 8.5 · nist IA-2',
  ],
  [
    'login-console',
    [
      'The sign-in screen opens no console',
      'L’écran d’ouverture de session n’ouvre pas de console',
      'Inloggningsskärmen öppnar ingen konsol',
      'ログイン画面からコンソールを開けない',
    ],
    set(payload(window, 'DisableConsoleAccess', true)),
    'low',
    'iso 8.2 8.5 · nist AC-3 CM-7',
  ],
  [
    'login-automatic',
    [
      'Unlocking the disk signs nobody in',
      'Déverrouiller le disque ne connecte personne',
      'Att låsa upp disken loggar inte in någon',
      'ディスクの解除だけではログインしない',
    ],
    set(payload(window, 'DisableFDEAutoLogin', true)),
    'high',
    'iso 8.5 · nist IA-2 IA-5(13)',
  ],
  [
    'guest',
    ['The guest account is off', 'Le compte invité est désactivé', 'Gästkontot är av', 'ゲストアカウントを無効にする'],
    set(payload('com.apple.MCX', 'DisableGuestAccount', true)),
    'medium',
    'cis 2.13.1 · iso 8.2 8.5 · nist AC-2 AC-2(9)',
  ],
  [
    'signed-apps',
    [
      'Only apps of known makers start',
      'Seules les apps d’éditeurs connus démarrent',
      'Bara appar från kända utgivare startar',
      '確認済みの開発元のアプリだけが起動する',
    ],
    set(payload('com.apple.systempolicy.control', 'EnableAssessment', true)),
    'high',
    'cis 2.6.5 · iso 8.7 8.19 · nist CM-14 SI-7(15)',
  ],
  [
    'encryption-kept',
    [
      'Disk encryption cannot be turned off',
      'Le chiffrement du disque ne peut pas être désactivé',
      'Diskkrypteringen kan inte stängas av',
      'ディスクの暗号化を解除できない',
    ],
    set(says('encryption', 'turningOff', false), payload('com.apple.MCX', 'dontAllowFDEDisable', true)),
    'high',
    'cis 2.6.6 · iso 8.24 · nist SC-28',
  ],
]

const off = (id: string, key: string, title: Line[1], controls: string, severity: Line[3] = 'medium'): Line => [
  id,
  title,
  forbids(key),
  severity,
  controls,
]

const restrictions: readonly Line[] = [
  off(
    'nearby-sharing',
    'nearbySharing',
    [
      'Nearby sharing of files is off',
      'Le partage de fichiers à proximité est désactivé',
      'Fildelning i närheten är av',
      '近くの端末とのファイル共有を禁止',
    ],
    'cis 2.3.1.1 · iso 8.12 5.14 · nist AC-3 AC-20',
  ),
  off(
    'receive-mirroring',
    'receiveMirroring',
    [
      'Others cannot mirror their screen to it',
      'Personne ne peut y projeter son écran',
      'Andra kan inte spegla sin skärm till den',
      '他の端末から画面を受信しない',
    ],
    'cis 2.3.1.2 · iso 8.20 · nist CM-7',
    'low',
  ),
  off(
    'diagnostics',
    'diagnostics',
    [
      'Diagnostics are not sent to the vendor',
      'Aucun diagnostic n’est envoyé au fabricant',
      'Diagnostik skickas inte till tillverkaren',
      '診断情報をメーカーに送信しない',
    ],
    'cis 2.6.3.1 · iso 5.34 · nist SI-11 AC-20',
    'low',
  ),
  off(
    'cloud-keychain',
    'cloudKeychain',
    [
      'Passwords do not sync to a personal cloud',
      'Les mots de passe ne se synchronisent pas vers un cloud personnel',
      'Lösenord synkas inte till privat moln',
      'パスワードを個人クラウドと同期しない',
    ],
    'cis 2.1.1.1 · iso 5.17 8.12 · nist AC-20 IA-5',
  ),
  off(
    'cloud-documents',
    'cloudDocuments',
    [
      'Documents do not sync to a personal cloud',
      'Les documents ne se synchronisent pas vers un cloud personnel',
      'Dokument synkas inte till privat moln',
      '書類を個人クラウドと同期しない',
    ],
    'cis 2.1.1.2 · iso 8.12 · nist AC-20 SC-7(10)',
  ),
  off(
    'cloud-photos',
    'cloudPhotos',
    [
      'Photos do not sync to a personal cloud',
      'Les photos ne se synchronisent pas vers un cloud personnel',
      'Bilder synkas inte till privat moln',
      '写真を個人クラウドと同期しない',
    ],
    'iso 8.12 · nist AC-20',
    'low',
  ),
  off(
    'assistant',
    'assistant',
    [
      'The voice assistant is off',
      'L’assistant vocal est désactivé',
      'Röstassistenten är av',
      '音声アシスタントを無効にする',
    ],
    'cis 2.5.1 · iso 5.34 · nist AC-20 CM-7',
    'low',
  ),
  off(
    'auto-unlock',
    'autoUnlock',
    [
      'A watch cannot unlock it',
      'Une montre ne peut pas le déverrouiller',
      'En klocka kan inte låsa upp den',
      '時計でロックを解除できない',
    ],
    'iso 8.5 · nist AC-11',
    'low',
  ),
  off(
    'configuration',
    'configurationInstallation',
    [
      'People cannot add configurations of their own',
      'Les utilisateurs ne peuvent pas ajouter de configurations',
      'Användare kan inte lägga till egna konfigurationer',
      '利用者は構成を追加できない',
    ],
    'iso 8.9 · nist CM-5 CM-6',
  ),
  off(
    'erase',
    'eraseByUser',
    [
      'People cannot erase a company Mac',
      'Les utilisateurs ne peuvent pas effacer un Mac de l’entreprise',
      'Användare kan inte radera företagets Mac',
      '利用者は会社の Mac を消去できない',
    ],
    'iso 8.10 8.1 · nist CM-6 CM-7',
    'low',
  ),
]

/** For Macs: judged by what they report of themselves and by what our policies put there. */
export const macosTemplates = write('macos', [...device, ...passwords, ...updates, ...screens, ...restrictions])
