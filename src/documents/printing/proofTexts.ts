import type { Bilingual } from '../../domain/language.js';
import type { NameState } from './proofLines.js';

/** Why a name is shown or not, in the list of names on the page of a proof. */
export const NAME_REASONS: Readonly<Record<NameState, Bilingual>> = {
  SHOWN: {
    ru: 'имя назвал сервер, который составил этот файл; событие хранит его зашифрованным, поэтому проверка его не подтверждает',
    en: 'the server that wrote this file has named the person; the event holds the name encrypted, so the verification does not confirm it',
  },
  SEALED: {
    ru: 'имя зашифровано и не показано: этот файл может читать кто угодно',
    en: 'the name is encrypted and not shown, because anybody may read this file',
  },
  ERASED: {
    ru: 'имя удалено: ключ к нему уничтожен, прочесть его не может никто',
    en: 'the name is erased: its key is destroyed, and nobody can read it',
  },
  LOST: {
    ru: 'имя недоступно: ключ к нему утерян или повреждён',
    en: 'the name is unavailable: its key is lost or damaged',
  },
};

/** The state of a name in one word, which is printed beside the number of the name. */
export const NAME_MARKS: Readonly<Record<NameState, Bilingual>> = {
  SHOWN: { ru: '', en: '' },
  SEALED: { ru: 'зашифровано', en: 'sealed' },
  ERASED: { ru: 'удалено', en: 'erased' },
  LOST: { ru: 'недоступно', en: 'unavailable' },
};

/** Explains what the page of a proof shows, and what its verification proves. */
export const PROOF_EXPLANATION: readonly Bilingual[] = [
  {
    ru: 'Каждая строка таблицы составлена по одному событию. Сами события вложены в этот файл слово в слово такими, какими были записаны, вместе с цепочкой хешей от каждого до корня журнала (RFC 6962). Корень подписан ключом журнала. Изменить, убрать, вставить или переставить событие, не нарушив подписи, нельзя. О других планах в файле нет ничего, кроме хешей.',
    en: 'Each row of the table tells of one event. The events themselves are in this file, byte for byte as they were recorded, each with the hashes that lead from it to the root of the log (RFC 6962). The root is signed by the key of the log. No event can be changed, removed, inserted or moved without breaking the signature. Of other plans the file has only hashes.',
  },
  {
    ru: 'Под номером строки стоит хеш её события: SHA-256 от нулевого байта и записи события. Тем же ключом подписан список, в котором рядом с хешем каждого события стоит хеш его строки, а также хеш всей этой страницы. Поэтому изменённое слово, автор, день, строка или порядок строк обнаруживаются.',
    en: 'Below the number of a row is the hash of its event: SHA-256 over a zero byte and the recorded event. The same key has signed a list that has the hash of each row beside the hash of its event, and the hash of this whole page. So a changed word, author, day, row or order of rows is found.',
  },
  {
    ru: 'Этот текст сам по себе ничего не доказывает: его нужно проверить. «npx letopis verify --bundle ФАЙЛ --key КЛЮЧ» проверяет подписи и составляет каждую строку заново по её событию: так видно, что и тот, кто составил файл, ничего не исказил. Программа docs/verify-bundle.go (одна стандартная библиотека языка Go) к Летописи не относится: она проверяет подписи и хеши, а также автора, время и причину по самому событию; в остальных словах она полагается на подпись журнала.',
    en: 'This text proves nothing by itself: verify it. «npx letopis verify --bundle FILE --key KEY» verifies the signatures and writes each row again from its event, so it also shows that the writer of the file has distorted nothing. The program docs/verify-bundle.go (only the standard library of Go) has no code of Letopis: it verifies the signatures and hashes, and compares the author, time and reason with the event itself; for the other words it relies on the signature of the log.',
  },
  {
    ru: 'Чему верить на слово: что ключ ниже действительно принадлежит журналу. Сверьте его с тем, который опубликовал тот, кто ведёт журнал. Чего файл не доказывает: что после контрольной точки с планом ничего не делали.',
    en: 'What to take on trust: that the key below is the key of the log. Compare it with the one that the keeper of the log has published. What the file does not prove: that nothing was done with the plan after the checkpoint.',
  },
];
