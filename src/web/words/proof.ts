import type { SignatureState } from '../proof/note';
import type { KeyTrust } from '../proof/trustedKey';
import { language } from './language';

/** The origin of a log, and the key with which its signature was checked. */
interface Signed {
  readonly origin: string;
  readonly key: string;
}

// The texts of the checks of proofs are loaded with them, not with the first view.
const ruProof = {
  title: 'Проверка доказательства',
  lead: 'Здесь проверяют файл с доказательством истории плана (его пишет команда npx letopis export-proof и скачивает страница плана). Файл проверяет сам браузер: он никуда не отправляется, и входить в Летопись для этого не нужно.',
  drop: 'Перетащите сюда файл доказательства (.html или .json).',
  choose: 'Выбрать файл',
  other: 'Выбрать другой файл',
  file: 'Файл доказательства',
  tooLarge: (megabytes: number) =>
    `Файл больше ${megabytes} МБ: браузеру столько не проверить. Проверьте его командой npx letopis verify --bundle.`,
  unreadFile: 'Браузер не смог прочитать файл: его переместили или к нему нет доступа. Выберите его снова.',
  noProof: 'Это не доказательство Летописи: в файле нет того, что пишет npx letopis export-proof, или он повреждён.',
  unreadable:
    'Доказательство прочесть нельзя: контрольная точка или ключ в нём испорчены. Проверить такое доказательство нельзя.',
  checking: 'Проверяем…',
  key: 'Опубликованный ключ журнала',
  keyHint: 'Возьмите его там, где его опубликовал тот, кто ведёт журнал: на сайте, в приказе. Вид: имя+номер+ключ.',
  keyIsPublished: 'Этот ключ взят не у сервера и не из файла, а там, где его опубликовали (на сайте, в приказе)',
  noKey: 'Это не ключ журнала: он имеет вид letopis/…+c74f20a3+ARpc2Qc…',
  limit: 'Проверка отвечает, меняли ли записанное. Верно ли оно по существу, решает человек.',
  details: 'Подробности проверки',
  steps: 'Что проверено',
  done: 'верно',
  wrong: 'неверно',
  note: 'не подтверждено',
  proves: 'Что это доказывает',
  provesNot: 'Чего это не доказывает',
  signature: {
    SIGNED: ({ key }) => `Подпись контрольной точки (Ed25519) сделана ключом журнала ${key}.`,
    OTHER_LOG: ({ origin, key }) =>
      `Контрольная точка другого журнала: она подписана журналом ${origin}, а ключ для проверки — ${key}.`,
    OTHER_KEY: ({ key }) =>
      `Контрольная точка подписана другим ключом, а не ключом ${key}. Если ключ журнала сменили, проверьте командой npx letopis verify: она прослеживает смену ключей.`,
    WRONG: ({ key }) =>
      `Подпись не подходит к контрольной точке: в ней после подписания ключом ${key} изменён хотя бы один байт.`,
  } satisfies SignatureTexts,
  signatureProblems: {
    OTHER_LOG: 'ключ одного журнала, а подписано другим.',
    OTHER_KEY: 'подписано не этим ключом.',
    WRONG: 'контрольную точку изменили после того, как её подписали.',
  } satisfies Readonly<Record<Exclude<SignatureState, 'SIGNED'>, string>>,
  trusted: 'Это тот ключ, который вы ввели как опубликованный.',
  untrusted: {
    server: 'Ключ назвал сам сервер. Сверьте его с опубликованным или введите опубликованный.',
    file: 'Ключ взят из самого файла. Сверьте его с опубликованным или введите опубликованный.',
  },
  seen: (moment: string) => `Свидетель журнала подтвердил контрольную точку ${moment}.`,
  unseen: 'Подписи свидетеля нет: когда подписана контрольная точка, не подтверждено.',
  entry: {
    facts: (bytes: number) =>
      `Запись получена в том виде, в каком её хранит журнал (байт: ${bytes}). План, время, должность, организация, причина и основание в ней те же, что показаны выше.`,
    notCompared:
      'Предложение и значения «было» и «стало» выше здесь не сверены: их составил сервер. Скачайте доказательство истории плана: его строки подписаны журналом, а команда npx letopis verify --bundle составляет их заново из событий.',
    otherFacts: (facts: string) => `В записи, которую хранит журнал, стоит не то, что показано выше: ${facts}.`,
    factNames: {
      id: 'номер записи',
      plan: 'план',
      recordedAt: 'время',
      effectiveOn: 'день, с которого действует',
      post: 'должность',
      organisation: 'организация',
      role: 'роль',
      onBehalfOf: 'за кого внесено',
      basis: 'основание',
      reason: 'причина',
    },
    leaf: (hash: string, place: number) =>
      `Браузер вычислил хеш записи (SHA-256): ${hash}. Таков же хеш записи № ${place} в журнале.`,
    otherLeaf: (computed: string, stated: string, place: number) =>
      `Запись изменена: её хеш ${computed}, а у записи № ${place} в журнале хеш ${stated}. Отличается хотя бы один байт.`,
    path: (hashes: number, size: number, root: string) =>
      `От этого хеша (промежуточных хешей: ${hashes}) браузер дошёл до корня журнала, записей в котором ${size}: ${root}. Тот же корень стоит в контрольной точке.`,
    otherRoot: (computed: string, signed: string) =>
      `Цепочка хешей ведёт к другому корню, ${computed}, а в контрольной точке стоит ${signed}: такой записи на этом месте журнала нет.`,
    noPath: 'Цепочка хешей не той длины или испорчена: до корня журнала она не доводит.',
    verdicts: {
      PUBLISHED: 'Верно: запись не изменена. Она стоит в журнале, подписанном опубликованным ключом.',
      OWN: 'Не доказано до конца: запись не изменена, но введён тот же ключ, который назвал сам сервер. Если вы взяли его отсюда, проверка показала только, что сервер не противоречит себе: сервер, который подменил и запись, и ключ, прошёл бы её тоже. Если ключ опубликован в другом месте, отметьте это ниже.',
      NONE: 'Не доказано до конца: запись не изменена и стоит в подписанном журнале, но ключ для проверки назвал сам сервер. Введите ниже ключ, опубликованный в другом месте.',
    } satisfies Verdicts,
    failed: 'Не верно',
    problems: {
      changed: 'запись изменена после того, как попала в журнал.',
      elsewhere: 'такой записи на этом месте журнала нет.',
      otherFacts: (facts: string) => `в журнале записано не то, что показано выше (${facts}).`,
    },
    unreadable: 'Проверить нельзя: сервер отдал испорченную контрольную точку или не назвал ключ.',
    proves:
      'Именно эти байты внесены в журнал не позже контрольной точки, и с тех пор их не меняли, не переставляли и не убирали. Чтобы незаметно подменить запись, нужно заново подписать журнал тем же ключом.',
    provesNot:
      'Что записанное верно по существу. Что ключ у того, кому вы верите: его хранит тот, кто ведёт журнал, и он мог бы подписать другой журнал. Это обнаружат внешний свидетель и тот, кто сохранил прежнюю контрольную точку. Имена в журнале зашифрованы, поэтому имя выше не проверено. Не проверены и слова: что предложение и значения «было» и «стало» следуют из записи. Программу этой страницы отдал тот же сервер: чтобы не полагаться на него, проверьте на другом компьютере командой npx letopis verify или программой docs/verify-bundle.go.',
    bytes: 'Запись, как её хранит журнал',
  },
  bundle: {
    events: (events: number, size: number) =>
      `Все события плана (${events}) стоят в журнале, записей в котором ${size}: от каждого цепочка хешей ведёт к корню контрольной точки.`,
    otherEvents: (numbers: string) => `Этих событий в таком виде нет в журнале: № ${numbers}.`,
    chain: 'Каждое событие называет хеш предыдущего: между ними ничего не пропущено и не вставлено.',
    otherChain: (numbers: string) => `Перед этими событиями было другое, или они из другого плана: № ${numbers}.`,
    words: (writer: string) =>
      `Журнал подписал каждую строку истории вместе с её событием. Строки составила программа «${writer}».`,
    unsigned: 'Слова истории не подписаны этим ключом: верить можно только самим событиям, а не словам.',
    otherWords: (numbers: string) => `Слова изменены: журнал подписал для этих событий другие строки, № ${numbers}.`,
    otherCount: 'Строк истории в файле не столько, сколько событий или сколько подписал журнал.',
    otherFacts: (numbers: string) =>
      `В словах не те автор, время, причина или основание, что в самом событии: № ${numbers}.`,
    otherNames: 'Список имён изменён: журнал подписал другой.',
    page: 'Страница вокруг доказательства та же, что подписана: она показывает эти же слова.',
    otherPage: 'Страница изменена: она показывает не то, что подписал журнал. Читайте историю ниже, а не на ней.',
    noWords: 'Слов истории в файле нет, есть только события: что написано на его странице, не проверено.',
    verdicts: {
      PUBLISHED: 'Верно: история не изменена. Она стоит в журнале, подписанном опубликованным ключом.',
      OWN: 'Не доказано до конца: файл цел, но введён тот же ключ, который назван в самом файле. Если вы взяли его из файла или у сервера, который файл отдал, проверка показала только, что файл не противоречит себе: кто подменил и историю, и ключ, прошёл бы её тоже. Если ключ опубликован в другом месте, отметьте это ниже.',
      NONE: 'Не доказано до конца: файл цел, всё в нём согласуется, но ключ для проверки взят из него же. Введите ниже ключ, опубликованный в другом месте.',
    } satisfies Verdicts,
    failed: 'Не верно',
    problems: {
      events: 'события изменены, пропущены или переставлены.',
      words: 'слова изменены: журнал подписал другие.',
      page: 'страница изменена: она показывает не то, что подписал журнал.',
      unsigned: 'слова истории не подписаны этим ключом.',
    },
    proves:
      'Эти события внесены в журнал в этом порядке не позже контрольной точки, и журнал подписал к ним именно эти слова. Изменённые слово, автор, день, строка или порядок строк были бы видны.',
    provesNot:
      'Что после контрольной точки с планом ничего не делали. Что записанное верно по существу. Что ключ у того, кому вы верите: его хранит тот, кто ведёт журнал, и он мог бы подписать другой журнал или другие слова. Что слова следуют из событий, проверяет команда npx letopis verify --bundle: она составляет их заново. Показанные имена событиями не подтверждаются, там они зашифрованы.',
    history: 'История плана',
    number: (place: number) => `в журнале № ${place}`,
    hash: 'хеш',
    changed: 'Слова этой строки изменены: журнал подписал другие.',
    unproved: 'Это событие не доказано.',
    unsignedLine: 'Эти слова журналом не подписаны.',
    inForce: 'действует с',
    noLine: 'Слов нет',
    name: 'имя',
    hidden: { SEALED: 'зашифровано', ERASED: 'удалено', LOST: 'недоступно' },
  },
};

type Verdicts = Readonly<Record<KeyTrust, string>>;
type SignatureTexts = Readonly<Record<SignatureState, (signed: Signed) => string>>;

const enProof: typeof ruProof = {
  title: 'Verify a proof',
  lead: 'Here a file with the proof of a plan’s history is verified (the command npx letopis export-proof writes it, and the page of a plan downloads it). The browser itself verifies the file: it is sent nowhere, and you need not sign in.',
  drop: 'Drop the file of a proof here (.html or .json).',
  choose: 'Choose a file',
  other: 'Choose another file',
  file: 'File of a proof',
  tooLarge: (megabytes) =>
    `The file is larger than ${megabytes} MB, too large for a browser. Verify it with npx letopis verify --bundle.`,
  unreadFile: 'The browser could not read the file: it was moved, or access to it is denied. Choose it again.',
  noProof:
    'This is no proof of Letopis: the file does not have what npx letopis export-proof writes, or it is damaged.',
  unreadable: 'The proof cannot be read: its checkpoint or its key is damaged. Such a proof cannot be verified.',
  checking: 'Verifying…',
  key: 'Published key of the log',
  keyHint: 'Take it from where the keeper of the log has published it: a site, an order. Its form: name+id+key.',
  keyIsPublished: 'This key is not from the server or the file, but from where it was published (a site, an order)',
  noKey: 'This is no key of a log: it looks like letopis/…+c74f20a3+ARpc2Qc…',
  limit: 'The check tells whether what was recorded has been changed. Whether it is true, a person decides.',
  details: 'Details of the check',
  steps: 'What was checked',
  done: 'right',
  wrong: 'wrong',
  note: 'not confirmed',
  proves: 'What this proves',
  provesNot: 'What this does not prove',
  signature: {
    SIGNED: ({ key }) => `The signature of the checkpoint (Ed25519) is by the key of the log ${key}.`,
    OTHER_LOG: ({ origin, key }) =>
      `The checkpoint is of another log: the log ${origin} has signed it, and the key to verify it with is ${key}.`,
    OTHER_KEY: ({ key }) =>
      `The checkpoint is signed by another key, not by ${key}. If the log has changed its key, verify with npx letopis verify, which follows changes of keys.`,
    WRONG: ({ key }) =>
      `The signature does not belong to the checkpoint: at least one byte of it was changed after ${key} had signed it.`,
  },
  signatureProblems: {
    OTHER_LOG: 'the key is of one log, and another one has signed.',
    OTHER_KEY: 'it is not signed by this key.',
    WRONG: 'the checkpoint was changed after it had been signed.',
  },
  trusted: 'This is the key that you have entered as the published one.',
  untrusted: {
    server: 'The server itself names this key. Compare it with the published one, or enter the published one.',
    file: 'The key is from the file itself. Compare it with the published one, or enter the published one.',
  },
  seen: (moment) => `The witness of the log has confirmed the checkpoint on ${moment}.`,
  unseen: 'There is no signature of the witness: when the checkpoint was signed is not confirmed.',
  entry: {
    facts: (bytes) =>
      `The entry has arrived as the log stores it (${bytes} bytes). Its plan, time, post, organisation, reason and basis are those shown above.`,
    notCompared:
      'The sentence and the values before and after above are not compared here: the server has written them. Download the proof of the plan’s history: the log has signed its lines, and npx letopis verify --bundle writes them again from the events.',
    otherFacts: (facts) => `The entry that the log stores does not say what is shown above: ${facts}.`,
    factNames: {
      id: 'id of the entry',
      plan: 'plan',
      recordedAt: 'time',
      effectiveOn: 'day from which it counts',
      post: 'post',
      organisation: 'organisation',
      role: 'role',
      onBehalfOf: 'for whom it was entered',
      basis: 'basis',
      reason: 'reason',
    },
    leaf: (hash, place) =>
      `The browser has computed the hash of the entry (SHA-256): ${hash}. Entry ${place} of the log has the same hash.`,
    otherLeaf: (computed, stated, place) =>
      `The entry was changed: its hash is ${computed}, but entry ${place} of the log has the hash ${stated}. At least one byte differs.`,
    path: (hashes, size, root) =>
      `From this hash, over ${hashes} further ones, the browser has reached the root of the log of ${size} entries: ${root}. The checkpoint has the same root.`,
    otherRoot: (computed, signed) =>
      `The hashes lead to another root, ${computed}, but the checkpoint has ${signed}: there is no such entry at this place of the log.`,
    noPath: 'The chain of hashes has the wrong length or is damaged: it does not lead to the root of the log.',
    verdicts: {
      PUBLISHED: 'Right: the entry has not been changed. It is in the log that the published key has signed.',
      OWN: 'Not wholly proved: the entry has not been changed, but the key that you entered is the one that the server itself names. If you have it from here, the check shows only that the server does not contradict itself: a server that replaced both the entry and the key would pass it too. If the key is published elsewhere, tick the box below.',
      NONE: 'Not wholly proved: the entry has not been changed and is in a signed log, but the server itself has named the key of the check. Enter below the key that is published elsewhere.',
    },
    failed: 'Wrong',
    problems: {
      changed: 'the entry was changed after it had been put into the log.',
      elsewhere: 'there is no such entry at this place of the log.',
      otherFacts: (facts) => `the log has recorded something else than is shown above (${facts}).`,
    },
    unreadable: 'This cannot be verified: the server has sent a damaged checkpoint, or names no key.',
    proves:
      'Exactly these bytes were put into the log no later than the checkpoint, and have not been changed, moved or removed since. To replace the entry unnoticed, somebody would have to sign the log again with the same key.',
    provesNot:
      'That what was recorded is true. That the key is with somebody you trust: the keeper of the log keeps it, and could sign another log. An outside witness would find that, and so would anybody who has kept an earlier checkpoint. Names are encrypted in the log, so the name above was not checked. Neither were the words: that the sentence and the values before and after follow from the entry. The program of this page is from the same server: not to rely on it, verify on another computer with npx letopis verify or the program docs/verify-bundle.go.',
    bytes: 'The entry as the log stores it',
  },
  bundle: {
    events: (events, size) =>
      `All events of the plan (${events}) are in the log of ${size} entries: from each the hashes lead to the root of the checkpoint.`,
    otherEvents: (numbers) => `These events are not in the log in this form: ${numbers}.`,
    chain: 'Each event names the hash of the one before it: nothing is left out or inserted between them.',
    otherChain: (numbers) => `Before these events was another one, or they are of another plan: ${numbers}.`,
    words: (writer) =>
      `The log has signed each line of the history together with its event. The program «${writer}» wrote the lines.`,
    unsigned: 'The words of the history are not signed by this key: rely on the events only, not on the words.',
    otherWords: (numbers) => `Words were changed: the log has signed other lines for these events: ${numbers}.`,
    otherCount: 'The file does not have as many lines as events, or as the log has signed.',
    otherFacts: (numbers) => `The words have another author, time, reason or basis than the event itself: ${numbers}.`,
    otherNames: 'The list of names was changed: the log has signed another one.',
    page: 'The page around the proof is the signed one: it shows these same words.',
    otherPage: 'The page was changed: it does not show what the log has signed. Read the history below, not there.',
    noWords: 'The file has no words of the history, only events: what its page says was not verified.',
    verdicts: {
      PUBLISHED: 'Right: the history has not been changed. It is in the log that the published key has signed.',
      OWN: 'Not wholly proved: the file is whole, but the key that you entered is the one in the file itself. If you have it from the file, or from the server that gave the file, the check shows only that the file does not contradict itself: whoever replaced both the history and the key would pass it too. If the key is published elsewhere, tick the box below.',
      NONE: 'Not wholly proved: the file is whole and all of it fits together, but the key of the check is from the file itself. Enter below the key that is published elsewhere.',
    },
    failed: 'Wrong',
    problems: {
      events: 'events were changed, left out or moved.',
      words: 'words were changed: the log has signed others.',
      page: 'the page was changed: it does not show what the log has signed.',
      unsigned: 'the words of the history are not signed by this key.',
    },
    proves:
      'These events were put into the log in this order no later than the checkpoint, and the log has signed exactly these words for them. Another word, author, day, line or order of lines would be seen.',
    provesNot:
      'That nothing was done with the plan after the checkpoint. That what was recorded is true. That the key is with somebody you trust: the keeper of the log keeps it, and could sign another log or other words. That the words follow from the events is verified by npx letopis verify --bundle, which writes them again. The events do not confirm shown names, because they hold them encrypted.',
    history: 'History of the plan',
    number: (place) => `no. ${place} in the log`,
    hash: 'hash',
    changed: 'The words of this line were changed: the log has signed others.',
    unproved: 'This event is not proved.',
    unsignedLine: 'The log has not signed these words.',
    inForce: 'in force from',
    noLine: 'No words',
    name: 'name',
    hidden: { SEALED: 'sealed', ERASED: 'erased', LOST: 'unavailable' },
  },
};

/** The texts of the checks of proofs in the language of the page. */
export const proofWords = language === 'ru' ? ruProof : enProof;
