import { escaped, page } from './html.js';

/** Values on the page of a proof. */
export interface ProofPage {
  readonly title: string;
  readonly events: number;
  /** RFC 3339, of the first and the last event. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly checkpoint: string;
  /** The public key of the log. */
  readonly key: string;
  /** The HTML element with the proof for programs. */
  readonly element: string;
}

/** Returns the page of a proof, which explains how to verify it without trusting the server. */
export function proofPage({ title, events, firstAt, lastAt, checkpoint, key, element }: ProofPage): string {
  const paragraphs = [
    `В этот файл вложена вся записанная история плана. Событий: ${events}; первое записано ${printedMoment(firstAt)}, последнее ${printedMoment(lastAt)}. Каждое событие лежит в нём слово в слово таким, каким было записано. Имена людей зашифрованы.`,
    'К каждому событию приложено доказательство: цепочка хешей от него до корня журнала (RFC 6962). Корень подписан ключом журнала; подпись стоит в контрольной точке ниже. Изменить, убрать, вставить или переставить хотя бы одно событие, не нарушив подписи, нельзя. О других планах в файле нет ничего, кроме хешей.',
    'Чему верить на слово: что ключ ниже действительно принадлежит журналу. Сверьте его с тем, который опубликован тем, кто ведёт журнал. Этот текст сам по себе ничего не доказывает: проверяется вложение.',
    'Как проверить: «letopis verify --bundle ФАЙЛ --key КЛЮЧ», или программой, которая к Летописи не относится: docs/verify-bundle.go (одна стандартная библиотека языка Go), или по описанию PROTOCOL.md своей.',
    'Чего файл не доказывает: что после контрольной точки с планом ничего не делали.',
  ];
  const body = [
    `<h1>Доказательство истории плана<br>${escaped(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    `<h2>Контрольная точка</h2><pre>${escaped(checkpoint)}</pre>`,
    `<h2>Открытый ключ журнала</h2><pre>${escaped(key)}</pre>`,
    element,
  ];
  return page(`Доказательство: ${title}`, body.join('\n'), { styles: PROOF });
}

/** `2026-11-25T18:19:16.818Z` as 25.11.2026 18:19:16 UTC. */
function printedMoment(at: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/.exec(at) ?? [];
  return `${day}.${month}.${year} ${time} UTC`;
}

const PROOF =
  'h2 { font-size: 12pt; margin: 6mm 0 2mm } pre { font-size: 9pt; white-space: pre-wrap; overflow-wrap: anywhere }';
