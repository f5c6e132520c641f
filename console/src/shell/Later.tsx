import { useRouterState } from '@tanstack/react-router'
import { useVoice } from '../i18n/index.tsx'
import { Empty, PageHead } from '../kit/Page.tsx'

/** A page that does not exist yet: says what it will show, and that it is not there. Not in the navigation. */
export function Later() {
  const { t } = useVoice()
  const path = useRouterState({ select: state => state.location.pathname })
  const page = path.startsWith('/apps') ? 'apps' : 'reports'
  return (
    <>
      <PageHead title={t(`later.${page}`)} />
      <div className="pad">
        <Empty title={t('later.title')}>{t(`later.${page}Text`)}</Empty>
      </div>
    </>
  )
}
