import type { EditionItem, EditionRow } from '../../domain/editions.js';
import type { PrintedText } from '../../domain/personal.js';

/** Returns an item in the words of an order («пункт 5 изложить в следующей редакции: …»), without the item's number. */
export function orderItem({ kind, before, after, behind }: EditionItem, print: (text: PrintedText) => string): string {
  const row = rowName(before ?? after);
  switch (kind) {
    case 'ADD':
      return `дополнить раздел ${sectionName(after)} ${behind ? `после ${rowName(behind, 'пункта')}` : 'в начале'} пунктом${after.number ? ` ${after.number}` : ''} следующего содержания: «${after.text}», срок исполнения – «${after.timeframeText}», ответственные – «${print(after.responsible)}»`;
    case 'RESTATE':
      return `${row} изложить в следующей редакции: «${after.number ? `${after.number}. ` : ''}${after.text}»`;
    case 'RESCHEDULE':
      return inColumn(before ?? after, 'Срок исполнения', before?.timeframeText ?? '', after.timeframeText);
    case 'REASSIGN':
      return inColumn(
        before ?? after,
        'Ответственные',
        before ? print(before.responsible) : '',
        print(after.responsible),
      );
    case 'MOVE':
      return behind
        ? `${row} переместить в раздел ${sectionName(after)} после ${rowName(behind, 'пункта')}`
        : `${row} переместить в начало раздела ${sectionName(after)}`;
    case 'EXCLUDE':
      return `${row} исключить`;
  }
}

/** Returns the text of an order: its items, numbered, one on each line. */
export function orderText(items: readonly EditionItem[], print: (text: PrintedText) => string): string {
  return items
    .map((item, index) => `${index + 1}) ${orderItem(item, print)}${index === items.length - 1 ? '.' : ';'}`)
    .join('\n');
}

function rowName({ number, text }: EditionRow, noun = 'пункт'): string {
  return number ? `${noun} ${number}` : `${noun} «${text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text}»`;
}

function inColumn(row: EditionRow, column: string, before: string, after: string): string {
  return `в графе «${column}» ${rowName(row, 'пункта')} слова «${before}» заменить словами «${after}»`;
}

function sectionName({ sectionNumber, sectionTitle }: EditionRow): string {
  return `«${[sectionNumber, sectionTitle].filter((part) => part !== '').join(' ')}»`;
}
