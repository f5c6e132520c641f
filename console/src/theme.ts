import { type CSSVariablesResolver, createTheme } from '@mantine/core'

// What floats opens inside the main landmark, so that nothing on a page is outside of one.
const floating = { radius: 'md', shadow: 'sm', transitionProps: { duration: 0 }, portalProps: { target: '#main' } }

/** Mantine's theme: it only points at tokens.css, which stays the source of every colour and size. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  colors: {
    petrol: [
      '#ebf8f9',
      '#d6eff2',
      '#b0dee3',
      '#89cbd2',
      '#65afb8',
      '#49939c',
      '#2b7880',
      '#076169',
      '#004f57',
      '#003b41',
    ],
    gray: [
      '#f7f7f5',
      '#f1f1ee',
      '#e0e0dc',
      '#c6c6c2',
      '#ababa6',
      '#8a8984',
      '#62625d',
      '#484843',
      '#2e2e2a',
      '#1c1c19',
    ],
    dark: [
      '#ebebe8',
      '#bebeb9',
      '#9c9c96',
      '#797974',
      '#43433f',
      '#2b2b28',
      '#21211f',
      '#171715',
      '#131311',
      '#10100e',
    ],
  },
  black: '#1c1c19',
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  shadows: { sm: 'var(--shadow-pop)', md: 'var(--shadow-pop)', lg: 'var(--shadow-dialog)' },
  headings: { fontWeight: '600' },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { radius: 'md', shadow: 'lg', centered: true, transitionProps: { duration: 0 } } },
    Drawer: { defaultProps: { shadow: 'lg', transitionProps: { duration: 0 } } },
    Popover: { defaultProps: floating },
    Menu: { defaultProps: { ...floating, withInitialFocusPlaceholder: false } },
  },
})

/** Points Mantine's own variables at ours, the same in both schemes because the tokens know the scheme. */
export const resolver: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--accent-fg)',
    '--mantine-color-error': 'var(--danger-fg)',
    '--mantine-primary-color-filled': 'var(--accent-solid)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
  }
  return { variables: {}, light: both, dark: both }
}
