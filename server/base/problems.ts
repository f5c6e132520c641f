import { rosterProblems } from './problems/roster.ts'
import { escrowProblems } from './problems/escrow.ts'
import { appsProblems } from './problems/apps.ts'
import { updatesProblems } from './problems/updates.ts'
import { intakesProblems } from './problems/intakes.ts'
import { custodyProblems } from './problems/custody.ts'
import { setupsProblems } from './problems/setups.ts'
import { licensesProblems } from './problems/licenses.ts'
import { acmeProblems } from './problems/acme.ts'
import { wakeProblems } from './problems/wake.ts'
import { agentProblems } from './problems/agent.ts'
import { androidPagesProblems } from './problems/android-pages.ts'
import { androidProblems } from './problems/android.ts'
import { guardProblems } from './problems/guard.ts'
import { privacyProblems } from './problems/privacy.ts'
import { hoursProblems } from './problems/hours.ts'
import { locationProblems } from './problems/location.ts'
import { incidentsProblems } from './problems/incidents.ts'
import { complianceProblems } from './problems/compliance.ts'
import { alertsProblems } from './problems/alerts.ts'
import { portalProblems } from './problems/portal.ts'
import { reportsProblems } from './problems/reports.ts'
import { passkeysProblems } from './problems/passkeys.ts'
import { appleProblems } from './problems/apple.ts'
import { blueprintsProblems } from './problems/blueprints.ts'
import { changesProblems } from './problems/changes.ts'
import { declarationsProblems } from './problems/declarations.ts'
import { peopleProblems } from './problems/people.ts'
import { policiesProblems } from './problems/policies.ts'
import { previewsProblems } from './problems/previews.ts'
import { reconcileProblems } from './problems/reconcile.ts'
import { rolloutsProblems } from './problems/rollouts.ts'

/** Every refusal of the product: HTTP status for people, the sentence, and what to do next. Add a line here before you throw it. */
export const problems = {
  ...appleProblems,
  ...blueprintsProblems,
  ...changesProblems,
  ...declarationsProblems,
  ...peopleProblems,
  ...policiesProblems,
  ...previewsProblems,
  ...reconcileProblems,
  ...rolloutsProblems,
  ...guardProblems,
  ...privacyProblems,
  ...hoursProblems,
  ...locationProblems,
  ...incidentsProblems,
  ...complianceProblems,
  ...alertsProblems,
  ...portalProblems,
  ...reportsProblems,
  ...passkeysProblems,
  ...rosterProblems,
  ...escrowProblems,
  ...appsProblems,
  ...updatesProblems,
  ...intakesProblems,
  ...custodyProblems,
  ...setupsProblems,
  ...licensesProblems,
  ...acmeProblems,
  ...agentProblems,
  ...androidPagesProblems,
  ...wakeProblems,
  ...androidProblems,

  'request.malformed': {
    status: 400,
    title: 'The request is not well formed.',
    next: 'Correct the fields named below and send it again.',
  },
  'request.too-large': {
    status: 413,
    title: 'The request is larger than this address accepts.',
    next: 'Send less at once.',
  },
  'request.content-type': {
    status: 415,
    title: 'This address does not take that content type.',
    next: 'Send one of the types the documentation names.',
  },
  'request.foreign-origin': {
    status: 403,
    title: 'The request came from another site.',
    next: 'Use the console itself, or an API key.',
  },
  'request.too-many': { status: 429, title: 'Too many requests.', next: 'Wait as long as Retry-After says.' },
  'request.replayed': {
    status: 409,
    title: 'This Idempotency-Key was used for a different request.',
    next: 'Use a new key for a new request.',
  },
  'route.unknown': { status: 404, title: 'There is nothing at this address.', next: 'Check the address.' },
  'id.unknown': {
    status: 404,
    title: 'There is no such thing, or you may not see it.',
    next: 'Check the id, or ask for a role on its unit.',
  },
  'permission.missing': {
    status: 403,
    title: 'Your roles do not include this.',
    next: 'Ask an owner for a role that does.',
  },
  'session.missing': { status: 401, title: 'You are not signed in.', next: 'Sign in.' },
  'key.refused': {
    status: 401,
    title: 'The API key is unknown, expired or revoked.',
    next: 'Create a new key under Settings.',
  },
  'filter.malformed': { status: 400, title: 'The filter cannot be read.', next: 'Correct it at the place named.' },
  'filter.field-unknown': {
    status: 400,
    title: 'The filter names a field this list does not have.',
    next: 'Use one of the fields named.',
  },
  'sort.unknown': {
    status: 400,
    title: 'This list cannot be sorted by that.',
    next: 'Use one of the columns named, with - in front for the other direction.',
  },
  'cursor.unknown': {
    status: 400,
    title: 'The page cursor is not one of this list.',
    next: 'Start at the first page.',
  },
  'server.fault': {
    status: 500,
    title: 'The server made a mistake.',
    next: 'Try again; tell your operator the request number if it stays.',
  },
  'server.unavailable': { status: 503, title: 'The server cannot do this right now.', next: 'Try again in a moment.' },
  'role.exceeds-own': {
    status: 403,
    title: 'That role permits more there than your own roles do.',
    next: 'Choose a lesser role, or ask someone who holds it.',
  },
  'unit.name-taken': {
    status: 409,
    title: 'A unit of that name is there already.',
    next: 'Choose another name.',
  },
  'user.email-taken': {
    status: 409,
    title: 'Another user has that e-mail address.',
    next: 'Use another address, or change the other user first.',
  },
  'unit.top': {
    status: 409,
    title: 'The top unit stays where it is.',
    next: 'Rename it, or change a unit below it.',
  },
  'unit.cycle': {
    status: 409,
    title: 'A unit cannot be moved below itself.',
    next: 'Choose a parent outside of it.',
  },
  'unit.not-empty': {
    status: 409,
    title: 'Something still hangs on this unit.',
    next: 'Move or remove what is named, then try again.',
  },
  'admin.email-taken': {
    status: 409,
    title: 'An admin with that e-mail address exists already.',
    next: 'Use another address, or change the other admin.',
  },
  'admin.last-owner': {
    status: 409,
    title: 'The org would be left without an owner.',
    next: 'Make someone else an owner of the top unit first.',
  },
  'admin.yourself': {
    status: 409,
    title: 'You cannot do this to yourself.',
    next: 'Ask another admin.',
  },
  'grant.exists': {
    status: 409,
    title: 'That admin holds this role there already.',
    next: 'Nothing needs to be done.',
  },
  'link.unknown': {
    status: 401,
    title: 'The link was used, has expired, or never existed.',
    next: 'Ask for a new link.',
  },
  'setup.done': {
    status: 409,
    title: 'This server is set up already.',
    next: 'Sign in.',
  },
  'sign-in.refused': {
    status: 401,
    title: 'E-mail address, password or code is wrong.',
    next: 'Try again.',
  },
  'sign-in.code-needed': {
    status: 401,
    title: 'This account asks for a code as well.',
    next: 'Enter the code of your authenticator app, or a recovery code.',
  },
  'sign-in.wait': {
    status: 429,
    title: 'Too many wrong attempts.',
    next: 'Wait as long as it says, then try again.',
  },
  'password.weak': {
    status: 422,
    title: 'That password is too easy to guess.',
    next: 'Use 12 characters or more, and neither your name, your address nor a common word alone.',
  },
  'password.wrong': {
    status: 403,
    title: 'The present password is wrong.',
    next: 'Try again.',
  },
  'totp.on': {
    status: 409,
    title: 'Codes are switched on already.',
    next: 'Switch them off first.',
  },
  'totp.not-begun': {
    status: 409,
    title: 'No authenticator app is being set up.',
    next: 'Begin again.',
  },
  'totp.code-wrong': {
    status: 422,
    title: 'That code does not fit.',
    next: 'Enter the code the app shows now; check the clock of the phone.',
  },
  'view.too-many': {
    status: 409,
    title: 'You have saved as many views as are kept.',
    next: 'Remove one you no longer use.',
  },
  'device.in-use': {
    status: 409,
    title: 'The device is still managed.',
    next: 'End its enrollment first, or erase it.',
  },
  'invitation.unknown': {
    status: 404,
    title: 'This invitation is not known.',
    next: 'Check the link, or ask for a new invitation.',
  },
  'invitation.revoked': { status: 410, title: 'This invitation was taken back.', next: 'Ask for a new invitation.' },
  'invitation.expired': { status: 410, title: 'This invitation has expired.', next: 'Ask for a new invitation.' },
  'invitation.used': {
    status: 410,
    title: 'This invitation has been used as often as it may be.',
    next: 'Ask for a new invitation.',
  },
  'invitation.too-many-tries': {
    status: 429,
    title: 'This invitation was tried too often without enrolling a device.',
    next: 'Ask for a new invitation.',
  },
  'enrollment.no-push-certificate': {
    status: 409,
    title: 'Devices cannot enroll yet: this server has no push certificate.',
    next: 'Upload the push certificate under Certificates.',
  },
  'enrollment.ended': {
    status: 409,
    title: 'This enrollment has ended.',
    next: 'Enroll the device again.',
  },
  'enrollment.device-elsewhere': {
    status: 409,
    title: 'This device is managed in a unit that the invitation does not reach.',
    next: 'End its enrollment or move it first, or invite it from a unit above.',
  },
  'device.proof-missing': {
    status: 403,
    title: 'The message carries no proof of who sent it.',
    next: 'Enroll the device with a profile of this server; it then signs its messages.',
  },
  'device.proof-malformed': {
    status: 400,
    title: 'The certificate that came with the message cannot be read.',
    next: 'Check what the reverse proxy writes into Client-Cert.',
  },
  'device.signature-wrong': {
    status: 400,
    title: 'The signature does not belong to the message.',
    next: 'Send the message exactly as it was signed.',
  },
  'device.certificate-untrusted': {
    status: 403,
    title: 'The certificate was not issued to a device by this server.',
    next: 'Enroll the device with a profile of this server.',
  },
  'device.certificate-expired': {
    status: 403,
    title: 'The certificate of the device has expired.',
    next: 'Enroll the device again.',
  },
  'device.certificate-early': {
    status: 400,
    title: 'The certificate of the device is not valid yet.',
    next: 'Check the clocks of the device and of the server.',
  },
  'device.certificate-unknown': {
    status: 403,
    title: 'The certificate belongs to no enrollment.',
    next: 'Enroll the device again.',
  },
  'device.certificate-retired': {
    status: 403,
    title: 'The certificate was replaced by a newer one; whoever still uses it may be a copy of the device.',
    next: 'Enroll the device again if it is the right one.',
  },
  'device.identity-differs': {
    status: 400,
    title: 'The message names another device than the certificate was issued to.',
    next: 'Look at both devices: one may be a copy of the other.',
  },
  'device.not-authenticated': {
    status: 400,
    title: 'The device has not begun to enroll.',
    next: 'Install the enrollment profile again.',
  },
  'device.topic-differs': {
    status: 400,
    title: 'The message names another push topic than the enrollment profile.',
    next: 'Install the enrollment profile again.',
  },
  'device.message-malformed': {
    status: 400,
    title: 'The message cannot be read.',
    next: 'Send it as the protocol says.',
  },
  'device.token-kind-unknown': {
    status: 400,
    title: 'There is no token of this kind.',
    next: 'Ask for a kind this server gives out.',
  },
  'device.declaration-unknown': {
    status: 404,
    title: 'There is no such declaration.',
    next: 'Read the declaration items again.',
  },
  'metrics.refused': {
    status: 403,
    title: 'Metrics are read from this machine or with the metrics token.',
    next: 'Set MUSTER_METRICS_TOKEN and send it as a bearer token.',
  },
  'certificate.ended': {
    status: 409,
    title: 'The certificate is retired or revoked.',
    next: 'Use the one that replaced it, or enroll again.',
  },
  'certificate.owned': {
    status: 409,
    title: 'The certificate belongs to another enrollment.',
    next: 'Ask for a certificate of your own.',
  },
  'certificate.elsewhere': {
    status: 409,
    title: 'The certificate is kept by another organization of this server.',
    next: 'Use a certificate made for this organization.',
  },
  'certificate.request-malformed': {
    status: 400,
    title: 'The certificate request cannot be read.',
    next: 'Send a SCEP message as RFC 8894 describes.',
  },
  'certificate.operation-unknown': {
    status: 400,
    title: 'SCEP knows no such operation here.',
    next: 'Use GetCACaps, GetCACert or PKIOperation.',
  },
  'push.topic-differs': {
    status: 409,
    title:
      'This push certificate has another topic than the current one; devices enrolled with that could not be reached any more.',
    next: 'Renew the current certificate with the same Apple account, or send replace and enroll the devices again.',
  },
  'push.key-missing': {
    status: 422,
    title: 'The private key of the push certificate is missing.',
    next: 'Send the key the certificate was requested with.',
  },
  'push.key-unreadable': {
    status: 422,
    title: 'The private key cannot be opened.',
    next: 'Check the passphrase and the file.',
  },
  'push.key-mismatch': {
    status: 422,
    title: 'The private key does not belong to this certificate.',
    next: 'Send the key the certificate was requested with.',
  },
  'push.expired': {
    status: 422,
    title: 'The push certificate has expired.',
    next: 'Renew it at the Apple Push Certificates Portal and upload the new one.',
  },
  'push.not-yet-valid': {
    status: 422,
    title: 'The push certificate is not valid yet.',
    next: 'Check the clock of this server.',
  },
  'push.not-push-certificate': {
    status: 422,
    title: 'This is not a push certificate for device management.',
    next: 'Download the one that the Apple Push Certificates Portal made for this server.',
  },
  'command.kind-unknown': {
    status: 404,
    title: 'There is no such kind of command.',
    next: 'Use one of those that the list of kinds names.',
  },
  'command.not-enrolled': {
    status: 409,
    title: 'The device is not enrolled, so nothing can be sent to it.',
    next: 'Enroll it again.',
  },
  'command.never-expires': {
    status: 400,
    title: 'A command of this kind does not expire; it waits until the device calls or someone cancels it.',
    next: 'Leave the time limit out.',
  },
  'command.ended': {
    status: 409,
    title: 'The command has ended already.',
    next: 'Send it again if it is still needed.',
  },
  'command.under-way': {
    status: 409,
    title: 'The device has just fetched the command and may be carrying it out.',
    next: 'Wait two minutes for its answer.',
  },
  'command.confirm-differs': {
    status: 422,
    title: 'The confirmation names another device.',
    next: 'Type the serial number or the name of the device that is meant.',
  },
  'command.platform': {
    status: 409,
    title: 'The system of this device does not know this command.',
    next: 'Choose another command.',
  },
  'command.channel': {
    status: 409,
    title: 'This command is for the device, not for one of its accounts.',
    next: 'Send it to the device itself.',
  },
  'command.personal-device': {
    status: 409,
    title: 'The device belongs to the person who uses it.',
    next: 'End its management instead; that removes what the organization put there.',
  },
  'command.user-enrollment': {
    status: 409,
    title: 'Only the work data of this device is managed.',
    next: 'End its management instead; that removes the work data.',
  },
  'command.os-too-old': {
    status: 409,
    title: 'The system version of this device does not know this command yet.',
    next: 'Update the device.',
  },
  'command.not-supervised': {
    status: 409,
    title: 'The device is not supervised.',
    next: 'Supervise it when it is set up the next time.',
  },
  'command.access-right': {
    status: 409,
    title: 'The right that this command takes was not granted when the device enrolled.',
    next: 'Enroll it again by an invitation that asks for the right.',
  },
  'command.shared-ipad': {
    status: 409,
    title: 'An iPad that is shared has no passcode of its own.',
    next: 'Let the person reset the passcode of their account.',
  },
  'command.shared-ipad-only': {
    status: 409,
    title: 'Only an iPad that is shared has this setting.',
    next: 'Leave the setting out.',
  },
  'command.no-unlock-token': {
    status: 409,
    title: 'The device never gave the token that clears its passcode.',
    next: 'It sends one when it is unlocked and calls; otherwise it can only be erased.',
  },
  'command.not-in-lost-mode': {
    status: 409,
    title: 'The device is not in lost mode.',
    next: 'Turn lost mode on first.',
  },
  'command.profile-malformed': {
    status: 422,
    title: 'This is not a configuration profile.',
    next: 'Send a .mobileconfig file in base64.',
  },
  'command.profile-manages': {
    status: 409,
    title: 'This profile is what the device is managed by.',
    next: 'End the management of the device instead, or renew its enrollment.',
  },
  'command.raw-malformed': {
    status: 422,
    title: 'The command is not a dictionary with a RequestType.',
    next: 'Correct it; bytes are written as {"$data": base64} in JSON.',
  },
  'command.not-pushable': {
    status: 409,
    title: 'The device has no address that it could be woken at.',
    next: 'Wait until it calls by itself, or enroll it again.',
  },
  'batch.confirm-differs': {
    status: 422,
    title: 'The number of devices was not confirmed.',
    next: 'Confirm with the number of devices that can take the command.',
  },
  'batch.ended': { status: 409, title: 'The batch has ended already.', next: 'Make a new one.' },
  'secret.none': {
    status: 404,
    title: 'The device has no such secret.',
    next: 'It is set when it is first needed, for example when you lock the device.',
  },
} as const satisfies Record<string, { status: number; title: string; next: string }>
