import { queryOptions } from '@tanstack/react-query'
import { call, get } from '../../api.ts'
import type { Page } from '../../contract.ts'
import type { AppDevice, AppPageData, AppRow, AppTie, DeviceApp, Upload } from '../../contract/apps.ts'

/** The catalog, narrowed by kind and words. */
export const appsQuery = (kind: string, words: string) => ({
  queryKey: ['apps', kind, words],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
    get<Page<AppRow>>(
      '/apps',
      { cursor: pageParam, limit: 100, ...(kind ? { kind } : {}), ...(words ? { words } : {}) },
      signal,
    ),
  getNextPageParam: (page: Page<AppRow>) => page.next,
})

/** One app with everything known of it. */
export const appQuery = (id: string) =>
  queryOptions({
    queryKey: ['app', id],
    queryFn: ({ signal }) => get<AppPageData>(`/apps/${id}`, {}, signal),
  })

/** What apps can be tied to: what policies bring of VPNs, filters, proxies and relays. */
export const tiesQuery = queryOptions({
  queryKey: ['app-ties'],
  queryFn: ({ signal }) => get<{ items: AppTie[] }>('/app-ties', {}, signal),
})

/** The devices of an app, in one group of states or all. */
export const appDevicesQuery = (id: string, state: string) => ({
  queryKey: ['app', id, 'devices', state],
  initialPageParam: '',
  queryFn: ({ pageParam, signal }: { pageParam: string; signal: AbortSignal }) =>
    get<Page<AppDevice>>(`/apps/${id}/devices`, { cursor: pageParam, limit: 50, ...(state ? { state } : {}) }, signal),
  getNextPageParam: (page: Page<AppDevice>) => page.next,
})

/** The apps of the catalog on one device. */
export const deviceAppsQuery = (device: string) =>
  queryOptions({
    queryKey: ['device', device, 'catalog'],
    queryFn: ({ signal }) => get<{ items: DeviceApp[] }>(`/devices/${device}/catalog`, {}, signal),
  })

/** Sends a file part by part, telling how much has come, and waits until it is read. */
export async function sendFile(
  file: File,
  to: { unit: string; app?: string },
  onProgress: (received: number) => void,
): Promise<Upload> {
  let upload = await call<Upload>('POST', '/app-uploads', { body: { ...to, name: file.name, size: file.size } })
  while (upload.state === 'coming') {
    const part = file.slice(upload.received, upload.received + upload.partBytes, 'application/octet-stream')
    upload = await call<Upload>('PUT', `/app-uploads/${upload.id}/parts/${upload.received}`, { body: part })
    onProgress(upload.received)
  }
  while (upload.state === 'reading') {
    await new Promise(resolve => setTimeout(resolve, 700))
    upload = await get<Upload>(`/app-uploads/${upload.id}`)
  }
  return upload
}
