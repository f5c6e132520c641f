import { useVoice } from '../../i18n/index.tsx'
import { TextField } from '../../kit/Field.tsx'

/** How a new version reaches its devices. */
export interface DeliveryChoice {
  how: 'now' | 'waves'
  waves: string
  watchMinutes: string
  stopAbovePercentFailed: string
  minHeardPercent: string
}

/** What is offered first: three waves that stop early. */
export const firstDelivery: DeliveryChoice = {
  how: 'now',
  waves: '5, 25, 100',
  watchMinutes: '60',
  stopAbovePercentFailed: '2',
  minHeardPercent: '50',
}

/** Shares of waves as numbers: growing, ending with everything. */
export function wavesOf(text: string): number[] {
  const shares = text
    .split(/[,;\s]+/)
    .map(Number)
    .filter(share => share > 0 && share <= 100)
  const growing = shares.filter((share, at) => at === 0 || share > (shares[at - 1] ?? 0))
  return growing.at(-1) === 100 ? growing : [...growing, 100]
}

/** The choice as the API takes it. */
export const rolloutBody = (choice: DeliveryChoice) => ({
  waves: wavesOf(choice.waves),
  watchMinutes: Math.max(1, Number(choice.watchMinutes) || 60),
  stopAbovePercentFailed: Math.min(100, Math.max(0, Number(choice.stopAbovePercentFailed) || 0)),
  minHeardPercent: Math.min(100, Math.max(0, Number(choice.minHeardPercent) || 0)),
})

/** Asks whether a version goes to all devices at once or in waves with a stop rule. */
export function Delivery(props: { choice: DeliveryChoice; devices: number; onChange(choice: DeliveryChoice): void }) {
  const { t, f } = useVoice()
  const { choice, devices } = props
  const set = (part: Partial<DeliveryChoice>) => props.onChange({ ...choice, ...part })
  const waves = wavesOf(choice.waves)
  return (
    <fieldset className="radios">
      <legend className="lab">{t('delivery.label')}</legend>
      <label className="ck">
        <input type="radio" name="delivery" checked={choice.how === 'now'} onChange={() => set({ how: 'now' })} />
        <span>{t('delivery.now', { n: devices })}</span>
      </label>
      <label className="ck">
        <input type="radio" name="delivery" checked={choice.how === 'waves'} onChange={() => set({ how: 'waves' })} />
        <span>{t('delivery.waves', { shares: f.list(waves.map(share => f.percent(share / 100))) })}</span>
      </label>
      {choice.how === 'waves' && (
        <div className="wave-form">
          <TextField
            label={t('delivery.shares')}
            value={choice.waves}
            onChange={event => set({ waves: event.target.value })}
            mono
            hint={t('delivery.sharesHint', {
              devices: f.list(waves.map(share => f.number(Math.ceil((devices * share) / 100)))),
            })}
          />
          <TextField
            label={t('delivery.watch')}
            type="number"
            min={1}
            value={choice.watchMinutes}
            onChange={event => set({ watchMinutes: event.target.value })}
          />
          <TextField
            label={t('delivery.stop')}
            type="number"
            min={0}
            max={100}
            value={choice.stopAbovePercentFailed}
            onChange={event => set({ stopAbovePercentFailed: event.target.value })}
          />
          <TextField
            label={t('delivery.heard')}
            type="number"
            min={0}
            max={100}
            value={choice.minHeardPercent}
            onChange={event => set({ minHeardPercent: event.target.value })}
          />
          <p className="small muted">{t('delivery.stopText')}</p>
        </div>
      )}
    </fieldset>
  )
}
