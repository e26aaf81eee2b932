import type { Unread } from '../application/importing.js';
import type { UnreadableReason } from '../documents/unreadable.js';
import type { Bilingual } from '../domain/language.js';
import { messageInBoth } from './russian/messages.js';

/** Russian sentences for a document that cannot be read: the reason, and what to do. */
const IN_RUSSIAN: Readonly<Record<Exclude<UnreadableReason, 'OTHER'>, string>> = {
  ARCHIVE: 'это архив: распакуйте его и укажите сам документ',
  DAMAGED: 'файл повреждён: откройте его в своей программе и сохраните заново',
  EMPTY: 'файл пуст',
  NO_PLAN: 'таблица плана не найдена: нужны графы «Мероприятие» и «Срок», а над таблицей название плана',
  OLD_WORD: 'это документ Word 97–2003: установите LibreOffice (soffice) или сохраните его как .docx',
  PDF: 'это PDF: укажите документ, из которого он сделан, например .docx',
  PICTURE: 'это снимок или скан: укажите документ, с которого он сделан',
  PROTECTED: 'документ защищён паролем: снимите защиту',
  TOO_LARGE: 'файл слишком велик для плана: уберите из него рисунки и лишние листы',
};

/** Returns a sentence that says why a document cannot be read. */
export function whyUnread({ reason, place, problem }: Pick<Unread, 'reason' | 'place' | 'problem'>): Bilingual {
  const en = `${problem}.`;
  if (reason === 'OTHER') return { ru: `документ не читается как план: ${messageInBoth(problem).ru}.`, en };
  return { ru: `${IN_RUSSIAN[reason]}${place === null ? '' : ` (${messageInBoth(place).ru})`}.`, en };
}
