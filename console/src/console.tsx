import { MantineProvider } from '@mantine/core'
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/VisuallyHidden.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Drawer.css'
import '@mantine/core/styles/Menu.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Refusal } from './api.ts'
import { firstLocale, loadFirst, VoiceProvider } from './i18n/index.tsx'
import './kit/css/tokens.css'
import './kit/css/base.css'
import './kit/css/shell.css'
import './kit/css/words.css'
import './kit/css/inputs.css'
import './kit/css/facts.css'
import './kit/css/table.css'
import './kit/css/float.css'
import './kit/css/general.css'
import './kit/css/filter.css'
import './kit/css/home.css'
import './kit/css/device.css'
import './kit/css/command.css'
import './kit/css/gate.css'
import './kit/css/enrollment.css'
import './kit/css/intakes.css'
import './kit/css/alerts.css'
import './kit/css/certificates.css'
import './kit/css/people.css'
import './kit/css/preview.css'
import './kit/css/policy.css'
import './kit/css/effective.css'
import './kit/css/changes.css'
import './kit/css/narrow.css'
import './kit/css/narrow-pages.css'
import { makeRouter } from './router.tsx'
import { resolver, theme } from './theme.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof Refusal && error.problem.status >= 400 && error.problem.status < 500),
    },
  },
})
const router = makeRouter(client)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// Mantine's scroll lock writes its own style element and looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })
const locale = firstLocale()

void loadFirst(locale).then(() => {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolver}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <VoiceProvider locale={locale}>
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </VoiceProvider>
      </MantineProvider>
    </StrictMode>,
  )
})
