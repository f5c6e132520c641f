import { define, type Values, warning } from './define.ts'
import { flag, whole } from './form.ts'

/** Whether what is stored on a device is encrypted. Of several policies, the strictest counts. */
export const encryption = define({
  kind: 'encryption',
  merge: 'settings',
  keys: {
    required: flag({ default: false }),
    turningOff: flag({ default: true }),
    deferrals: whole(0, 100, { unit: 'attempts' }),
    atSetup: flag({ default: false }),
  },
  rules: {
    required: { rule: 'strictest', by: 'true' },
    turningOff: { rule: 'strictest', by: 'false' },
    deferrals: { rule: 'strictest', by: 'least' },
    atSetup: { rule: 'strictest', by: 'true' },
  },
  honors: {
    required: 'i4#~with-passcode m10.9! a5 w10~edition l~at-installation',
    turningOff: 'm10.9! w10',
    deferrals: 'm10.9!',
    atSetup: 'm14!~automated-enrollment w10~edition',
  },
  also: (value: Values) =>
    value['required'] === true || Object.keys(value).length === 0
      ? []
      : [warning('encryption.not-required', '/required')],
})
