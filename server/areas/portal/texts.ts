import { sayer, type Texts } from '../../base/say.ts'

const en = {
  'link.subject': 'Your page at {org}: what is known of your devices',
  'link.text':
    'Hello {name},\n\nthis link opens your own page. It shows what {org} collects of the devices you use, what it never does, who looked and why, and lets you report a device that is lost.\n\n{url}\n\nIt opens once, within three days. It is meant for you alone: please do not pass it on.',
  'code.subject': 'Your code for {org}',
  'code.text':
    'Your code is {code}\n\nIt is good for ten minutes, on the page that asked for it. Nobody at {org} will ask you for it. If you did not ask for a code, someone may have opened your personal link: tell your help desk.',
}

const fr: Record<keyof typeof en, string> = {
  'link.subject': 'Votre page chez {org} : ce que l’on sait de vos appareils',
  'link.text':
    'Bonjour {name},\n\nce lien ouvre votre propre page. Vous y voyez ce que {org} collecte sur les appareils que vous utilisez, ce qui ne l’est jamais, qui a regardé et pourquoi, et vous pouvez y signaler la perte d’un appareil.\n\n{url}\n\nIl s’ouvre une seule fois, pendant trois jours. Il n’est destiné qu’à vous : ne le transmettez pas.',
  'code.subject': 'Votre code pour {org}',
  'code.text':
    'Votre code est {code}\n\nIl est valable dix minutes, sur la page qui l’a demandé. Personne chez {org} ne vous le demandera. Si vous n’avez pas demandé de code, quelqu’un a peut-être ouvert votre lien personnel : prévenez l’assistance.',
}

const sv: Record<keyof typeof en, string> = {
  'link.subject': 'Din sida hos {org}: vad som är känt om dina enheter',
  'link.text':
    'Hej {name},\n\nden här länken öppnar din egen sida. Där ser du vad {org} samlar in från enheterna du använder, vad som aldrig samlas in, vem som har tittat och varför, och du kan anmäla att en enhet är borta.\n\n{url}\n\nDen öppnas en gång, inom tre dagar. Den är bara till för dig, så skicka den inte vidare.',
  'code.subject': 'Din kod för {org}',
  'code.text':
    'Din kod är {code}\n\nDen gäller i tio minuter, på sidan som bad om den. Ingen på {org} kommer att fråga efter den. Om du inte har bett om en kod kan någon ha öppnat din personliga länk: säg till supporten.',
}

const ja: Record<keyof typeof en, string> = {
  'link.subject': '{org}：ご利用の端末について記録されている内容のご案内',
  'link.text':
    '{name} 様\n\n以下のリンクから、ご本人専用のページを開けます。ご利用の端末から{org}が収集している情報、決して収集しない情報、誰がなぜ閲覧したかを確認でき、端末の紛失も届け出られます。\n\n{url}\n\nリンクは一度だけ、3 日以内に開けます。ご本人専用ですので、他の方に転送しないでください。',
  'code.subject': '{org} の確認コード',
  'code.text':
    '確認コード：{code}\n\nコードを要求したページでのみ、10 分間有効です。{org}の担当者がこのコードをお尋ねすることはありません。お心当たりのない場合は、個人用リンクが他の人に開かれたおそれがあります。ヘルプデスクへご連絡ください。',
}

const texts: Texts<keyof typeof en> = { en, fr, sv, ja }

/** What the portal says by mail. */
export const say = sayer(texts)
