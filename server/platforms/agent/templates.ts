import type { Template } from '../../areas/compliance/index.ts'

type Title = Template['title']

const line = (
  id: string,
  title: Title,
  demand: Template['demand'],
  [severity, iso, nist]: [Template['severity'], string[], string[]],
): Template => ({
  id: `android-${id}`,
  of: 'android',
  title,
  demand,
  severity,
  controls: { cis: [], iso: iso.map(control => `A.${control}`), nist },
})

/** Rules for Android devices, ready to be adopted. */
export const androidTemplates: readonly Template[] = [
  line(
    'attested',
    {
      en: 'Its own chip vouches for the device and for how it was started',
      fr: 'Sa propre puce garantit l’appareil et son démarrage',
      sv: 'Enhetens eget chip går i god för den och för hur den startades',
      ja: '端末自身のチップが、端末とその起動の状態を証明している',
    },
    { kind: 'facts', params: { filter: 'fact.security.attested:passed' } },
    ['high', ['8.7', '8.9'], ['IA-3', 'SI-7']],
  ),
  line(
    'integrity',
    {
      en: 'The device is not rooted and its boot loader is locked',
      fr: 'L’appareil n’est pas rooté et son chargeur d’amorçage est verrouillé',
      sv: 'Enheten är inte rootad och dess starthanterare är låst',
      ja: '端末が root 化されておらず、ブートローダーがロックされている',
    },
    { kind: 'integrity', params: {} },
    ['critical', ['8.7', '8.19'], ['SI-7', 'CM-14']],
  ),
  line(
    'passcode',
    {
      en: 'A screen lock is set',
      fr: 'Un verrouillage d’écran est défini',
      sv: 'Ett skärmlås är inställt',
      ja: '画面ロックが設定されている',
    },
    { kind: 'passcode', params: { compliant: false } },
    ['high', ['8.1', '8.5'], ['AC-11', 'IA-5']],
  ),
  line(
    'encryption',
    {
      en: 'Data on the device is encrypted',
      fr: 'Les données de l’appareil sont chiffrées',
      sv: 'Data på enheten är krypterade',
      ja: '端末内のデータが暗号化されている',
    },
    { kind: 'encryption', params: {} },
    ['critical', ['8.24', '8.1'], ['SC-28', 'SC-28(1)']],
  ),
  line(
    'silent',
    {
      en: 'The device calls at least once in 14 days',
      fr: 'L’appareil se manifeste au moins une fois tous les 14 jours',
      sv: 'Enheten hör av sig minst en gång på 14 dagar',
      ja: '端末が少なくとも 14 日に 1 回は通信している',
    },
    { kind: 'silent', params: { days: 14 } },
    ['medium', ['8.1'], ['CM-8']],
  ),
]
