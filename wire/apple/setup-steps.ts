/** One step of Setup Assistant that can be left out, and from which system on each family knows it; `ended`: from there on it is not shown any more. */
export interface SetupStep {
  readonly step: string
  readonly since: Readonly<Partial<Record<'ios' | 'macos' | 'tvos', string>>>
  readonly ended: Readonly<Partial<Record<'ios' | 'macos' | 'tvos', string>>>
}

const step = (name: string, since: SetupStep['since'], ended: SetupStep['ended'] = {}): SetupStep => ({
  step: name,
  since,
  ended,
})

/** Every key that skips a step, with the first systems that know it. (Apple: SkipKeys; the last three came after the published schema.) */
export const setupSteps: readonly SetupStep[] = [
  step('Accessibility', { macos: '11.0' }),
  step('ActionButton', { ios: '17.0' }),
  step('Android', { ios: '9.0' }),
  step('Appearance', { ios: '13.0', macos: '10.14' }),
  step('AppleID', { ios: '7.0', macos: '10.9', tvos: '10.2' }),
  step('AppStore', { ios: '14.3', macos: '11.1' }),
  step('Biometric', { ios: '8.1', macos: '10.12.4' }),
  step('CameraButton', { ios: '18.0' }),
  step('DeviceToDeviceMigration', { ios: '12.4' }),
  step('Diagnostics', { ios: '7.0', macos: '10.9', tvos: '10.2' }),
  step('DisplayTone', { ios: '9.3.2', macos: '10.13.6' }, { ios: '15.0', macos: '12.0' }),
  step('EnableLockdownMode', { ios: '17.1', macos: '14.0' }),
  step('FileVault', { macos: '10.10' }),
  step('HomeButtonSensitivity', { ios: '10.0' }, { ios: '15.0' }),
  step('iCloudDiagnostics', { macos: '10.12.4' }),
  step('iCloudStorage', { macos: '10.13.4' }),
  step('iMessageAndFaceTime', { ios: '12.0' }),
  step('Intelligence', { ios: '18.0', macos: '15.0' }),
  step('Keyboard', { ios: '13.0' }),
  step('Location', { ios: '7.0', macos: '10.11', tvos: '10.2' }),
  step('MessagingActivationUsingPhoneNumber', { ios: '10.0' }),
  step('OnBoarding', { ios: '11.0' }, { ios: '14.0' }),
  step('Passcode', { ios: '7.0', macos: '10.9' }),
  step('Payment', { ios: '8.1', macos: '10.12.4' }),
  step('Privacy', { ios: '11.3', macos: '10.13.4', tvos: '11.3' }),
  step('Restore', { ios: '7.0', macos: '10.9' }),
  step('RestoreCompleted', { ios: '14.0' }),
  step('ScreenSaver', { tvos: '10.2' }),
  step('Safety', { ios: '16.0' }),
  step('ScreenTime', { ios: '12.0', macos: '10.15' }),
  step('SIMSetup', { ios: '12.0' }),
  step('Siri', { ios: '7.0', macos: '10.12', tvos: '10.2' }),
  step('SoftwareUpdate', { ios: '12.0' }),
  step('SpokenLanguage', { ios: '13.0' }),
  step('TapToSetup', { tvos: '10.2' }),
  step('TermsOfAddress', { ios: '16.0', macos: '13.0' }),
  step('TOS', { ios: '7.0', macos: '10.9', tvos: '10.2' }),
  step('TVHomeScreenSync', { tvos: '11.0' }),
  step('TVProviderSignIn', { tvos: '11.0' }),
  step('TVRoom', { tvos: '11.4' }),
  step('UpdateCompleted', { ios: '14.0' }),
  step('Wallpaper', { macos: '14.1' }),
  step('WatchMigration', { ios: '11.0' }),
  step('Welcome', { ios: '13.0', macos: '15.0' }),
  step('Zoom', { ios: '8.3' }, { ios: '17.0' }),
  step('AccessibilityAppearance', { ios: '26.0', macos: '26.0' }),
  step('DeviceFeaturesTour', { ios: '26.0' }),
  step('LiquidGlass', { ios: '26.0', macos: '26.0' }),
]
