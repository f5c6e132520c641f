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
  'problem.app.file-old-signature': 'このパッケージは旧方式（v1）でしか署名されておらず、全体が保護されません。',
  'problem.app.file-old-signature.next':
    'v2 または v3 方式（apksigner で可能）で署名し直し、再度アップロードしてください。',
  'problem.app.file-forged': 'パッケージの署名が合いません。署名後に誰かがファイルを変更しています。',
  'problem.app.file-forged.next': '作成者からファイルを入手し直し、誰が変更したか調べてください。',
  'problem.app.file-part': 'このパッケージはアプリの一部で、単体ではインストールできません。',
  'problem.app.file-part.next': '作成者に単一の汎用 .apk を依頼してください。',
  'problem.app.file-test-only': 'このパッケージはテスト専用にビルドされており、デバイスが拒否します。',
  'problem.app.file-test-only.next': 'リリース用にビルドし、再度アップロードしてください。',
}
