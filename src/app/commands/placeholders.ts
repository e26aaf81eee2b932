import type { Language } from '../../domain/language.js';

const PLACEHOLDER = /[<[]([^<>[\]]+)[>\]]/g;
const REPEATED = '...';

/** Returns a text with its placeholders, such as `<file>` and `[text...]`, in a language. */
export function withPlaceholders(text: string, language: Language): string {
  if (language === 'en') return text;
  return text.replace(PLACEHOLDER, (whole, name: string) => whole.replace(name, russianPlaceholder(name)));
}

/** Returns the Russian of the name in a placeholder. */
export function russianPlaceholder(name: string): string {
  const isRepeated = name.endsWith(REPEATED);
  const single = isRepeated ? name.slice(0, -REPEATED.length) : name;
  return `${RUSSIAN_PLACEHOLDERS[single] ?? single}${isRepeated ? REPEATED : ''}`;
}

/** Names that are the same in both languages, such as `id`, are left out. */
const RUSSIAN_PLACEHOLDERS: Readonly<Record<string, string>> = {
  cell: 'ячейка',
  address: 'адрес',
  columns: 'столбцы',
  command: 'команда',
  count: 'число',
  directory: 'папка',
  file: 'файл',
  'file or folder': 'файл или папка',
  format: 'формат',
  ground: 'основание',
  host: 'адрес',
  hours: 'часы',
  key: 'ключ',
  language: 'язык',
  moment: 'момент',
  name: 'имя',
  names: 'имена',
  options: 'параметры',
  organisation: 'организация',
  period: 'период',
  person: 'человек',
  place: 'место',
  plan: 'план',
  port: 'порт',
  position: 'место',
  post: 'должность',
  prefix: 'начало',
  reason: 'причина',
  role: 'роль',
  roles: 'роли',
  shell: 'оболочка',
  sides: 'стороны',
  text: 'текст',
  type: 'тип',
  url: 'адрес',
  wording: 'срок',
  words: 'слова',
  'YYYY-MM': 'ГГГГ-ММ',
  'YYYY-MM-DD': 'ГГГГ-ММ-ДД',
};
