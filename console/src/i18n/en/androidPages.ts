/** Texts of this part of the console. */
export const androidPages = {
  'problem.agent.none': 'No agent of ours manages this device.',
  'problem.agent.none.next':
    'Nothing is to be done if it is managed in another way; else enroll it by an invitation for Android.',
  'android.device.version': 'Agent',
  'android.device.document': 'Document',
  'android.device.generation': 'Generation {n, number}',
  'android.device.noDocument': 'none yet',
  'android.device.renew': 'Renews its identity from',
  'android.device.cloned':
    'Since {when} another installation speaks with the key of this agent: a copy. Find out who has it, and enroll the device anew.',
  'android.encrypted': 'Encrypted',
  'android.noApps': 'No app is known',
  'android.noAppsText':
    'The agent tells its apps at its next contact. Of a personal device it tells those of the work profile only.',
  'android.system.app': 'the system',
  'android.appSigner': 'Signer',
  'android.permissions': 'Permissions',
  'android.sideloaded': 'by hand',
  'android.system': 'System',
  'android.how': 'How the devices are held',
  'android.how.fully-managed':
    'The company’s, for one person. Set up by a code on the first screen of a new or reset device.',
  'android.how.dedicated':
    'The company’s, for a counter, a store room or a sign: it shows only what a kiosk policy allows.',
  'android.how.company-profile':
    'The company’s, and its person may use it privately too. Only the work profile’s content can be seen.',
  'android.how.work-profile':
    'Somebody’s own. A link sets up a work profile; the rest of the device stays out of sight and cannot be erased.',
  'android.toSettings': 'Android settings',
  'android.package.missing':
    'This server has no Android agent yet, so a new device has nothing to load and there is no code.',
  'android.package.unreadable': 'The file of the Android agent is no signed package, so there is no code.',
  'android.ownAuthority':
    'This server’s certificate is of its own authority. Most devices that are being set up trust public authorities only and will refuse to load the agent.',
  'android.code1': 'Turn on a new or reset device and stop at its first screen.',
  'android.code2': 'Tap six times on the same empty spot. The device opens its camera.',
  'android.code3': 'Scan the code and follow the screen.',
  'android.page1': 'Scan the code with the phone, or send its person the link.',
  'android.page2': 'The page says, in their language, what can be seen and what cannot, and gives the agent.',
  'android.page3': 'The agent sets up the work profile.',
  'android.qrLabel': 'QR code that sets up a new Android device',
  'android.crowded':
    'The code holds {bytes, number} bytes. Simple cameras may not read it; leave the network out or use a shorter password.',
  'android.print': 'Print',
  'android.cable': 'Over a cable, for tests',
  'android.cableHint':
    'On a reset device without accounts, with USB debugging on. For trying things out, not for a fleet.',
  'android.copyCable': 'Copy the lines',
  'android.wifi': 'Put a network for the set-up into the code',
  'android.wifiIn': 'The code holds the network {name}',
  'android.wifiHint':
    'The device joins it to load the agent. Whoever can scan the code can read its password: use a guest network.',
  'android.ssid': 'Network name',
  'android.wifiPassword': 'Password',
  'android.wifiPasswordHint': 'Leave it empty for an open network.',
  'android.wifiHidden': 'The network does not show its name',
  'android.wifiPut': 'Put it into the code',
  'android.wifiOut': 'Take it out',
  'android.step.opened': 'Page opened',
  'android.step.downloaded': 'Asked to enroll',
  'android.step.certificate': 'Identity given',
  'android.step.ready': 'Ready',
  'android.cause.enrollment.waits-for-certificate':
    'The device asked to enroll and got no identity. It may have lost its network.',
  'android.cause.enrollment.waits-for-authenticate':
    'The device has its identity and has not called since. It must be on and online.',
  'android.title': 'Android',
  'android.lede': 'The agent that Android devices load from this server, and how they know it.',
  'android.agent': 'The agent',
  'android.state.ready': 'The agent is ready. New devices load it from this server.',
  'android.state.missing': 'No agent yet. New Android devices cannot be set up by a code.',
  'android.state.unreadable': 'The file is no signed package. New Android devices cannot be set up by a code.',
  'android.make1':
    'Make the agent with your own key: npm run apk. The first time it also makes the key; keep it, because devices accept newer agents from it only.',
  'android.make2':
    'Name the file in MUSTER_ANDROID_APK and start the server anew. A newer file in its place needs no restart.',
  'android.make3': 'Then make an invitation for Android devices.',
  'android.url': 'Loaded from',
  'android.component': 'Admin component',
  'android.size': 'Size',
  'android.changed': 'File changed',
  'android.signer': 'Signer (SHA-256)',
  'android.sha256': 'File (SHA-256)',
  'android.copySigner': 'Copy the signer',
  'android.trust': 'Trust while setting up',
  'android.trust.public': 'The server certificate comes from outside. It must be of a public authority.',
  'android.never':
    'The agent has been checked by tests and by reading its package. It has never run on a phone of ours: try it on one device before you hand out a code.',
  'problem.agent.package-missing': 'This server has no file of the Android agent.',
  'problem.agent.package-missing.next':
    'Make the agent with npm run apk, name its file in MUSTER_ANDROID_APK, and start the server anew.',
  'problem.agent.package-unreadable': 'The file of the Android agent is no signed package.',
  'problem.agent.package-unreadable.next': 'Make it anew with npm run apk, or correct the path in MUSTER_ANDROID_APK.',
  'problem.agent.code-refused': 'No device would take this code.',
  'problem.agent.code-refused.next':
    'Correct what is named; the name of a network has at most 32 bytes, and an open one no password.',
} as const
