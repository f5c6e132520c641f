/** What mails about alerts say. */
export const en = {
  'title.left-management': '{device} has left management',
  'title.integrity': '{device} is jailbroken or rooted',
  'title.violation': '{device} breaks the rule “{rule}”{apps, select, none {} other {: {apps}}}',
  'title.malware': 'Malware on {device}{apps, select, none {} other {: {apps}}}',
  'title.no-contact':
    'No contact with {device} for {days, plural, one {# day} other {# days}}{why, select, never { since it was enrolled} noaddress {; it cannot be called} other {}}',
  'title.enrollment-stuck':
    'The enrollment of {device} is not finished after {minutes, plural, one {# minute} other {# minutes}}',
  'title.newcomer': '{name} asks to be let in{attested, select, failed {, and its chip is not believed} other {}}',
  'next.newcomer': 'If you expect this device, let it in; if nobody does, turn it away.',
  'title.cloned': 'A copy of the agent speaks for {device}',
  'next.cloned':
    'Find out which device is the real one: look at its serial number and at who holds it. End the management on the device’s page, then enroll the real one anew; the copy is shut out with it.',
  'title.licenses-short': '{short, plural, one {# license} other {# licenses}} of “{name}” missing',
  'title.app-failed': '“{name}” fails on {failed, plural, one {# device} other {# devices}} of {required, number}',
  'title.leading-refused': '{name}: the vendor refuses to lead devices here whose person signs in',
  'title.program-troubled':
    '{cause, select, terms {{name}: the vendor’s new terms are not accepted} refused {{name}: the vendor refuses the credential} expired {{name}: the credential has expired} throttled {{name}: the vendor keeps asking to wait} silent {{name}: the vendor has not answered several times} elsewhere {{name}: another server works the same devices or licenses} other {{name} is not in step with its vendor}}',
  'title.intake-red': 'Batch {name} is not ready for {day}: {reds, plural, one {# check is} other {# checks are}} red',
  'title.intake-stuck': 'Batch {name}: {count, plural, one {# device is} other {# devices are}} stuck, {serial} first',
  'title.secret-doubted': 'None of the secrets kept for {device} opens it',
  'title.secret-stuck': 'A secret of {device} could not be replaced',
  'title.setup-stuck':
    '{device} is stuck in set-up: {cause, select, silent {it has said nothing for {minutes, plural, one {# minute} other {# minutes}}} failing {what it needs keeps failing} other {nothing moves}}',
  'title.command-failed': '{device} could not carry out “{command}”',
  'title.item-failed': '{device} did not take “{item}” after the last try',
  'title.expiring':
    '{what, select, apns {The Apple push certificate} tls {The TLS certificate of this server} ca_tls {The authority of this server} ca_device {The issuing CA for devices} ca_scep {The issuing CA for SCEP} profile_signing {The certificate that signs profiles} devices {The token for automated enrollment “{subject}”} content {The token for apps and books “{subject}”} portal {The key for the vendor’s portal “{subject}”} vendor {The vendor certificate} other {{subject}}} expires in {days, plural, one {# day} other {# days}}',
  'title.account-trouble':
    '{why, select, deactivated {“{address}” is nobody’s address any more, and the fleet depends on it} other {“{address}” has not answered for a month, and the fleet depends on it}}',
  'title.incident': '{device} was reported {kind, select, stolen {stolen} other {lost}}',
  'title.order-held': 'A standing order for {device} is due, but held',
  'title.push-refused': 'Apple refuses the push certificate: no device can be called',
  'title.push-failing': 'The push service has not been reached for {minutes, plural, one {# minute} other {# minutes}}',
  'title.push-address': '{device} can no longer be called: its push address is dead',
  'title.mail-undelivered': 'Mail does not arrive',
  'title.campaign-halted':
    'The campaign “{name}” halted by itself: {failed, plural, one {# device} other {# devices}} of {reached} failed',
  'title.exception-asked': 'An exception from “{rule}” is asked for',
  'title.hours-asked': 'An exception from work time is asked for',
  'title.privacy-check':
    '{count, plural, one {A promise of the privacy charter does not hold} other {# promises of the privacy charter do not hold}}',
  'title.guard-held': '“{action}” for {count, plural, one {# device} other {# devices}} is held and waits for approval',
  'title.guard-proposed': '“{action}” is proposed and takes effect by itself unless someone stops it',
  'title.guard-breaker':
    'The breaker is open: {count, plural, one {# device was} other {# devices were}} erased or released within {minutes, plural, one {# minute} other {# minutes}}',
  'title.guard-frozen': 'Everything is frozen: no order leaves the server',
  'title.guard-restored': 'The server was restored from a backup: nothing destructive leaves until it is released',
  'title.guard-time':
    'The clock of the server jumped by {minutes, plural, one {# minute} other {# minutes}}: what waits for its time is held',
  'next.left-management':
    'Ask the person whether they removed the management profile. If the device is lost, report it; otherwise enroll it again.',
  'next.integrity': 'Keep work data away from it: look at the evidence, then restrict the device or take it in.',
  'next.violation': 'The person is told how to put it right. It closes by itself when the device keeps the rule again.',
  'next.malware': 'Have the app removed and the device checked before it is used for work again.',
  'next.no-contact':
    'Ask the person where the device is. If they are away, note until when; if nobody knows, report it lost.',
  'next.enrollment-stuck':
    'Look at the device: often a step was left waiting for a tap, or the network was gone. Beginning again does no harm.',
  'next.licenses-short': 'Buy more in Apple Business or School Manager, or take back what is not used.',
  'next.app-failed':
    'Look at the reasons device by device. Mend what is the same for many first, then try again or ask the person again.',
  'next.leading-refused':
    'Open enrollment by signing in: it says what the vendor answered. It is asked again every day; until it agrees, only the address on your own domain brings devices here.',
  'next.program-troubled':
    'Open the program: it says what to do. Until then nothing new is read or assigned, and nothing is lost.',
  'next.intake-red': 'Open the batch: each red check says what to do and where.',
  'next.intake-stuck': 'Open the batch: every device that is stuck is named with its cause.',
  'next.secret-doubted': 'Ask on the device who changed it, set it anew there, and look at its history here.',
  'next.secret-stuck': 'Read what stands against it on the Security tab of the device.',
  'next.setup-stuck':
    'Look at the device: is it on and online? It is let go on at the deadline of its set-up whatever happens; its page says what it waits for.',
  'next.command-failed': 'Read what the device answered, then send it again or choose another way.',
  'next.item-failed': 'Read why, correct the policy or the device, then let it be tried again.',
  'next.account-trouble':
    'While somebody can still sign in: give the account at the vendor a group address that the team reads, then write it down in custody.',
  'next.expiring':
    'Renew it now, with the account that made it: after its end devices cannot be reached or do not trust the server.',
  'next.incident': 'Open the incident: everything that helps is on one page.',
  'next.order-held': 'See why it is held and release it, or take the order back.',
  'next.push-refused': 'Renew the push certificate with the same Apple account, and upload it.',
  'next.push-failing':
    'Check the way out of this server, its firewall and its clock. Devices are called once the service answers again; nothing is lost.',
  'next.push-address': 'It heals when the device next calls by itself. If it does not, enroll it again.',
  'next.mail-undelivered': 'See in the outbox which addresses are refused, and correct them.',
  'next.campaign-halted':
    'See which devices failed and why. Stop it if the version is bad; let it go on if the cause was elsewhere.',
  'next.exception-asked': 'Grant it with an end, or decline it with a reason the person will read.',
  'next.hours-asked': 'Grant it until a time, or decline it.',
  'next.privacy-check': 'Tell the operator and the signers of the charter; the server’s log names what was found.',
  'next.guard-held':
    'If you do not know of this, stop it: any admin can cancel it. If it is right, someone who did not ask for it approves it.',
  'next.guard-proposed': 'If you do not know of this, stop it: any admin can cancel it.',
  'next.guard-breaker': 'Find out who is doing this. Nothing more is erased until someone closes the breaker.',
  'next.guard-frozen': 'Speak to whoever froze it. Another admin lifts it with a passkey when the danger is over.',
  'next.guard-restored': 'Check what the backup did not know of, then release it on the server itself.',
  'next.guard-time': 'Check the clock of the machine, then confirm the time on the server itself.',
  'person.left-management.subject': 'Your device {device} is no longer managed',
  'person.left-management.text':
    'Your device {device} has left the management of {org}. Work apps, mail and networks may stop working on it. If you did not intend this, or the device is lost, please tell your IT team now.',
  'person.integrity.subject': 'Your device {device} is not safe for work',
  'person.integrity.text':
    'Your device {device} shows signs that its system was altered (jailbreak or root). Its protection no longer holds. Please restore the original system in the settings of the device or with a computer; if you do not know how this came about, ask your IT team.',
  'person.violation.subject': 'Please put something right on {device}',
  'person.violation.text':
    'Your device {device} does not keep the rule “{rule}” of {org}.{apps, select, none { Open the settings of the device and put right what the rule asks for.} other { It concerns: {apps}. Please remove it from the device: touch and hold its icon, then choose to remove it.}} Once it is done the notice ends by itself; you need not answer.',
  'person.malware.subject': 'A dangerous app is on {device}',
  'person.malware.text':
    'A harmful app was found on your device {device}{apps, select, none {} other {: {apps}}}. Please remove it now, do not enter passwords until then, and tell your IT team.',
  'person.no-contact.subject': 'Where is {device}?',
  'person.no-contact.text':
    'Your device {device} has not been in contact for {days, plural, one {# day} other {# days}}. If you have it, please switch it on and connect it to a network for a few minutes. If it is lost or stolen, tell your IT team at once. If you are away without it, let them know until when.',
  'person.enrollment-stuck.subject': 'Setting up {device} is not finished',
  'person.enrollment-stuck.text':
    'The set-up of your device {device} has begun and is not finished. Please connect it to a network and complete the steps it shows; if it shows none, open the invitation again.',
  'person.push-address.subject': '{device} can no longer be reached',
  'person.push-address.text':
    'Your device {device} can no longer be called by {org}. Please switch it on and connect it to a network for a few minutes. If you do not have it any more, tell your IT team.',
  severity: '{severity, select, critical {Critical} warning {Warning} other {Caution}}',
  'subject.one': '{severity}: {title}',
  'subject.many': '{count, plural, one {# alert} other {# alerts}} in {org}: {title} …',
  since: 'Since {at, date, medium} {at, time, short} ({zone})',
  repeated: 'said {times, plural, one {once} other {# times}}',
  more: '… and {count, plural, one {one more} other {# more}}',
  everyone: 'Every admin of {org} gets this mail at once; it cannot be switched off.',
  why: 'What you hear of by mail, and when, is chosen here: {url}',
  'assigned.subject': '{who} gave you: {title}',
  'digest.subject':
    '{org}: {fresh, plural, =0 {nothing new} one {# new alert} other {# new alerts}}, {open} open — {at, date, medium}',
  'digest.fresh': 'New since the last digest',
  'digest.open': 'Still open',
  'digest.ended': '{count, plural, one {# alert has} other {# alerts have}} ended since.',
  'digest.anchor':
    'Anchor of the log: entry {seq}, {hash}. Keep this mail: it proves later that nothing before it was altered.',
  'person.hello': 'Hello {name},',
  'person.fix': 'Your IT team adds: {fix}',
  'person.my': 'What {org} sees of your devices, and what never: {url}',
  'person.end': 'This mail was written by Muster on behalf of {org}.',
  'test.subject': 'A test mail from Muster',
  'test.text':
    'This is the test mail that you asked for. If you read it, mail works: alerts, digests and links will arrive.',
} as const

/** The names of these texts. */
export type TextKey = keyof typeof en
