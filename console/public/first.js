// Runs before the first paint, so that a chosen scheme, contrast or language never flashes. Everything else waits for console.tsx.
const chosen = name => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
const scheme = chosen('mantine-color-scheme-value')
if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.mantineColorScheme = scheme
const contrast = chosen('muster-contrast')
if (contrast === 'more' || contrast === 'normal') document.documentElement.dataset.contrast = contrast
document.documentElement.lang = chosen('muster-locale') ?? 'en'
