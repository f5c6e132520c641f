import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { Device } from '../../../contract.ts'
import { useVoice } from '../../../i18n/index.tsx'
import { Bones, PageHead } from '../../../kit/Page.tsx'
import { ProblemNote } from '../../../kit/Problem.tsx'
import { artifactQuery } from '../../policies/queries.ts'
import { deviceQuery } from '../queries.ts'
import { CommandForm } from './CommandForm.tsx'
import { Commands } from './Commands.tsx'
import { crumbsOf } from './crumbs.tsx'
import { HandForm } from './HandForm.tsx'

/** Any command of the vendor's catalog for one device: first which, then its keys. `command=*` is one written by hand. */
export function ApplePage() {
  const { t } = useVoice()
  const { device: id = '' } = useParams({ strict: false }) as { device?: string }
  const { command } = useSearch({ strict: false }) as { command?: string }
  const device = useQuery(deviceQuery(id))
  if (!device.data) {
    return (
      <>
        <PageHead title={t('apple.title')} crumbs={[{ label: t('nav.devices'), to: '/devices' }]} />
        <div className="pad">
          {device.error ? <ProblemNote error={device.error} /> : <Bones lines={8} label={t('kit.loading')} />}
        </div>
      </>
    )
  }
  if (command === undefined) return <Commands device={device.data} />
  if (command === '*') return <HandForm device={device.data} />
  return <OfCatalog key={command} device={device.data} command={command} />
}

function OfCatalog({ device, command }: { device: Device; command: string }) {
  const { t } = useVoice()
  const found = useQuery(artifactQuery('command', command))
  const name = found.data?.name ?? command
  return (
    <>
      <PageHead
        title={name}
        heading={<h1 lang="en">{name}</h1>}
        crumbs={crumbsOf(t, device, <span lang="en">{name}</span>)}
        lede={
          <span className="mono" lang="en">
            {command}
          </span>
        }
      />
      <div className="pad">
        <ProblemNote error={found.error} />
        {found.isPending && <Bones label={t('kit.loading')} />}
      </div>
      {found.data && <CommandForm device={device} artifact={found.data} name={name} />}
    </>
  )
}
