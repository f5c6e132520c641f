import type { Part } from '../en.ts'
import type { androidApps as english } from '../en/androidApps.ts'

export const androidApps: Part<typeof english> = {
  'appsPage.platform.android': 'Android',
  'explained.agent.download': 'デバイスがアプリのファイルを取得できませんでした。',
  'explained.agent.download.next': 'デバイスがこのサーバーに届くか確認してください。自動で再試行します。',
  'explained.agent.file-other': '届いたファイルは意図したものではなく、デバイスが破棄しました。',
  'explained.agent.file-other.next':
    'サーバーとデバイスの間で何かがファイルを書き換えていないか確認し、続く場合はリリースをアップロードし直してください。',
  'explained.agent.signer': 'ファイルまたは既にあるアプリが別の署名者のもので、デバイスはインストールしませんでした。',
  'explained.agent.signer.next': 'デバイスから同名のアプリを削除するか、ファイルの署名者を調べてください。',
  'explained.agent.package-other': 'ファイルの中身がカタログのアプリと違います。',
  'explained.agent.package-other.next': 'リリースを取り下げ、正しいファイルをアップロードしてください。',
  'explained.agent.failed': 'デバイスで実行できませんでした。',
  'explained.agent.failed.next': 'デバイスのメッセージを確認してください。間隔を空けながら自動で再試行します。',
  'explained.agent.waiting': 'デバイス上で人の同意が必要か、必要なものがまだありません。',
  'explained.agent.waiting.next': '利用者にデバイスを確認してもらってください。',
  'explained.agent.unsupported': 'このデバイスには該当する機能がありません。',
  'explained.agent.unsupported.next': 'このデバイスには割り当てないでください。',
}
