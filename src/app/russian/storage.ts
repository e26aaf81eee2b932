import type { Templates } from './templates.js';

/**
 * Messages of the storage engines: SQLite, KurrentDB, MongoDB, the keys of persons and the log, in English and Russian.
 */
export const STORAGE_FAULTS: Templates = {
  // Files of SQLite.
  '{}: {}; the file is damaged: stop the server and restore it from a backup ({}). Nothing more is written to it':
    '{1}: {2}; файл повреждён: остановите сервер и восстановите файл из резервной копии ({3}). Больше в него ничего не пишется',
  '{}: {}; the disk is full: free space on it, then repeat. Nothing of this was stored':
    '{1}: {2}; диск полон: освободите место и повторите. Ничего из этого не сохранено',
  '{}: {}; the disk failed to read or write: look into the log of the system, then repeat':
    '{1}: {2}; диск не читает или не пишет: посмотрите журнал системы и повторите',
  '{}: {}; the file may not be written to: give the owner of the server the right to, then start it again':
    '{1}: {2}; в файл нельзя писать: дайте это право владельцу сервера и запустите сервер снова',
  '{}: {}; check that its directory exists and may be written to':
    '{1}: {2}; проверьте, что папка есть и доступна для записи',
  'the read models: {}; restart the server, which rebuilds them':
    'представления: {1}; перезапустите сервер, он построит их заново',
  'read store: {}': 'представления: {1}',
  '{}, the log of the chronicle, cannot be used: {}': 'журнал летописи {1} непригоден: {2}',
  '{}, the log of the chronicle, cannot be read: {}': 'журнал летописи {1} не читается: {2}',
  '{}, the log of the chronicle, failed: {}': 'журнал летописи {1} отказал: {2}',
  // The chronicle in a file.
  '{} is not there: this directory contains no chronicle (set {})':
    'файла {1} нет: в этой папке нет летописи (укажите {2})',
  '{} is not a SQLite database, it is no chronicle: name another file, or restore this one from a backup':
    '{1} — не база SQLite и не летопись: укажите другой файл или восстановите этот из резервной копии',
  '{} belongs to another program, it is no chronicle: name another file, or restore this one from a backup':
    '{1} — файл другой программы, а не летопись: укажите другой файл или восстановите этот из резервной копии',
  '{} holds another chronicle ({}): name another file': 'в {1} другая летопись ({2}): укажите другой файл',
  '{} was written by a newer version of this program (schema {}, this one knows {}): install that version or a later one':
    '{1} записан более новой версией программы (схема {2}, эта знает {3}): установите ту версию или новее',
  '{} was written by an older version of this program (schema {}): start the server once to migrate it to schema {}':
    '{1} записан более старой версией программы (схема {2}): запустите сервер один раз, он перейдёт на схему {3}',
  '{} is damaged ({}): restore it from a backup': '{1} повреждён ({2}): восстановите его из резервной копии',
  '{} is damaged ({}): nothing more is written to it; {}': '{1} повреждён ({2}): больше в него ничего не пишется; {3}',
  'stream {} in {} is damaged ({}): nothing more is appended to it, other streams go on; {}':
    'поток {1} в {2} повреждён ({3}): в него больше ничего не дописывается, другие потоки работают; {4}',
  'stop the server, keep the files as they are, and restore the latest backup ({})':
    'остановите сервер, сохраните файлы как есть и восстановите последнюю копию ({1})',
  'it is empty': 'он пуст',
  'it has schema {}': 'в нём схема {1}',
  'its head row is missing': 'нет строки с последним событием',
  'its head row is missing: restore the file from a backup':
    'нет строки с последним событием: восстановите файл из резервной копии',
  'its head says {}, its last event is {}': 'последним названо событие {1}, а последнее {2}',
  'its event {} is missing': 'нет события {1}',
  'events missing: {}': 'не хватает событий: {1}',
  'event {} (revision {}) is edited': 'событие {1} (ревизия {2}) изменено',
  'event {} (revision {}) is misplaced': 'событие {1} (ревизия {2}) не на своём месте',
  'event {} (revision {}) is unchained': 'перед событием {1} (ревизия {2}) было другое',
  '{} events differ from what was recorded': 'событий, которые отличаются от записанного: {1}',
  'the log and the events differ: {}': 'журнал и события расходятся: {1}',
  'the row of the tree is missing: the chronicle is damaged': 'нет строки дерева: летопись повреждена',
  'the row of the head is missing: the chronicle is damaged': 'нет строки с последней позицией: летопись повреждена',
  'events of {} are not those that the log has signed': 'события {1} не те, что подписаны в журнале',
  '{} was closed': '{1} закрыт',
  '{}: an append has no result': '{1}: у записи нет результата',
  // Events that cannot be read.
  'event {} is not JSON: the chronicle is damaged there': 'событие {1} — не JSON: летопись там повреждена',
  'event {} is no event: the chronicle is damaged there': 'запись {1} — не событие: летопись там повреждена',
  'event {} is stored as {} of version {}, which it is not: the chronicle is damaged there':
    'событие {1} записано как {2} версии {3}, но это не так: летопись там повреждена',
  'event {} is {} of version {}, which this {} cannot read: install a newer one':
    'событие {1} — {2} версии {3}, этой программе ({4}) оно неизвестно: установите более новую',
  'event {} is {}, which has no place in this stream: the chronicle is damaged there':
    'событию {1} ({2}) не место в этом потоке: летопись там повреждена',
  '{} has no data after its upcasters': 'у {1} нет данных после перевода в новую версию',
  'the events of {} from {} on do not follow on each other': 'события {1}, начиная с {2}, не следуют друг за другом',
  'the chronicle holds events that this {} cannot read ({}): install {} or a later one; nothing was changed':
    'в летописи есть события, которых эта программа ({1}) не читает ({2}): установите {3} или новее; ничего не изменено',
  '{} of version {}': '{1} версии {2}',
  'the {} that wrote them': 'ту версию, которая их записала ({1}),',
  'a newer version of this program wrote {} of version {}: install it here too':
    'более новая версия программы записала {1} версии {2}: установите её и здесь',
  // KurrentDB.
  'the event store did not store ({}): {}': 'сервер событий не записал событий ({1}): {2}',
  'the event store did not read a stream ({}): {}': 'сервер событий не прочёл поток ({1}): {2}',
  'the event store did not read the chronicle ({}): {}': 'сервер событий не прочёл летопись ({1}): {2}',
  'the event store did not read an event ({}): {}': 'сервер событий не прочёл событие ({1}): {2}',
  'the event store did not return its head ({}): {}': 'сервер событий не назвал последнее событие ({1}): {2}',
  'the event store did not {} ({}): {}': 'сервер событий не ответил ({2}): {3}',
  'check the user and the password in {}': 'проверьте имя и пароль в {1}',
  'the account in {} must be allowed to read $all, and to read and write the streams of the chronicle; {} has the commands («Give the account its rights»)':
    'дайте учётной записи из {1} право читать $all, читать и писать потоки летописи: команды в {2} («Give the account its rights»)',
  'the server speaks without TLS: add tls=false to {}, or start the server with certificates':
    'сервер говорит без TLS: добавьте tls=false в {1} или запустите его с сертификатами',
  'the certificate of the server is not trusted: name the file of its authority with tlsCAFile=… in {}, and the server as its certificate does':
    'сертификату сервера нет доверия: укажите файл его центра (tlsCAFile=…) в {1} и имя сервера, как в сертификате',
  'check the host name in {}': 'проверьте имя сервера в {1}',
  'check that it runs and can be reached, with TLS only if it has certificates (tls=false in {}), and ask again':
    'проверьте, что он запущен и доступен по сети, а TLS включён, только если у него есть сертификаты (tls=false в {1}), и повторите',
  'the connection string of the event store cannot be read: {}':
    'строка соединения с сервером событий не читается: {1}',
  'throwOnAppendFailure must not be switched off': 'throwOnAppendFailure отключать нельзя',
  'the event store was closed': 'сервер событий закрыт',
  'the event store has lost the beginning of the chronicle: check its disk':
    'сервер событий потерял начало летописи: проверьте его диск',
  'the event store has lost stored events: check its disk, then try again':
    'сервер событий потерял записанные события: проверьте его диск и повторите',
  'the event store does not accept an append of this size: split it':
    'сервер событий не принимает столько событий сразу: разделите их',
  'the server contains no chronicle under this namespace: check {} and {}, or start the server once':
    'на сервере нет летописи с этим началом имён: проверьте {1} и {2} или запустите сервер первый раз',
  'the server holds another chronicle ({}) under this namespace: set another one ({})':
    'на сервере с этим началом имён другая летопись ({1}): задайте другое ({2})',
  'a stream of the adapter contains an event of another program': 'в служебном потоке событие другой программы',
  'event {} was written by another program, which may not write to these streams: give this chronicle another {}':
    'событие {1} записала другая программа, а ей нельзя писать в эти потоки: дайте этой летописи другое значение {2}',
  'the event store returns no positions for events of a stream: it is older than version 22.6; install KurrentDB or EventStoreDB 23.10 or later':
    'сервер событий не называет мест событий потока: он старше версии 22.6; установите KurrentDB или EventStoreDB 23.10 или новее',
  'the history of {} was cut on the event store: {}. Nothing more is appended to this stream, other streams go on ({})':
    'история {1} обрезана на сервере событий: {2}. В этот поток больше ничего не дописывается, другие потоки работают ({3})',
  'its events {} are missing, and nothing hides them: a scavenge has removed them. Restore them from a backup of the server or from a copy of the chronicle':
    'нет событий {1}, и ничто их не скрывает: их удалил scavenge. Восстановите их из резервной копии сервера или из копии летописи',
  'it was deleted for good (a tombstone ends {}): readers see none of its events; they are still in $all until a scavenge: run none, and copy the chronicle to another place ({})':
    'поток удалён насовсем (tombstone в {1}): его событий не видно; до scavenge они ещё есть в $all: не запускайте его и скопируйте летопись в другое место ({2})',
  'it was deleted ($tb in the metadata of {}): readers see none of its events; they are still in $all until a scavenge: run none, and {}':
    'поток удалён ($tb в метаданных {1}): его событий не видно; до scavenge они ещё есть в $all: не запускайте его и {2}',
  '{}, which will hide events: {}': '{1}, и события будут скрыты: {2}',
  '{}, which hides all its events from readers; they are still in $all until a scavenge: run none, and {}':
    '{1}, и его событий не видно; до scavenge они ещё есть в $all: не запускайте его и {2}',
  '{}, which hides its events {} from readers; they are still in $all until a scavenge: run none, and {}':
    '{1}, и событий {2} не видно; до scavenge они ещё есть в $all: не запускайте его и {3}',
  'the metadata of {} has {}': 'в метаданных {1} стоит {2}',
  'write the metadata of {} again without $maxCount, $maxAge and $tb':
    'запишите метаданные {1} заново без $maxCount, $maxAge и $tb',
  // MongoDB.
  'MongoDB did not answer as it should ({}): check that it runs and can be reached, and try again':
    'MongoDB не отвечает как должна ({1}): проверьте, что она запущена и доступна по сети, и повторите',
  'MongoDB cannot be used: {}': 'MongoDB недоступна: {1}',
  'leave «{}» out of its address, it weakens what is stored': 'уберите «{1}» из её адреса: это ослабляет хранение',
  'the read store was closed': 'хранилище представлений закрыто',
  '{} documents of {} kept changing': '{2}: записей, которые всё время менялись: {1}',
  'MongoDB did not store the keys of persons ({}): try again': 'MongoDB не сохранила ключи лиц ({1}): повторите',
  'events in KurrentDB need MongoDB for the rest: give its address':
    'событиям в KurrentDB нужна MongoDB для остального: укажите её адрес',
  'this event store has no log': 'у этого хранилища событий нет журнала',
  // Keys of persons.
  'the master key does not open the {}: give the one with which they were made, by {}. Nothing was changed':
    'главный ключ не открывает ключей лиц ({1}): дайте тот, с которым они созданы, в {2}. Ничего не изменено',
  'key file (keys.db)': 'файл keys.db',
  'key file': 'файл ключей',
  'keys in MongoDB ({})': 'MongoDB, {1}',
  'the keys of {} persons could not be written, because the {} holds other keys for them: name another {}':
    'ключи {1} лиц не записаны: там у них другие ключи; укажите другое место',
  'the database holds the keys of another chronicle: name another database':
    'в базе ключи другой летописи: укажите другую базу',
  '{} holds the keys of another chronicle: name another directory': 'в {1} ключи другой летописи: укажите другую папку',
  'the stored key of a person is damaged: `{}` names it': 'сохранённый ключ лица повреждён: его назовёт {1}',
  // Read models.
  'the chronicle ends after {}, but the read models have seen {}: its end was lost (a cut write-ahead log, or an older copy of the file). Restore the latest backup with `{}`; to go on without what was lost, make the read models anew with `{}`. Nothing was changed':
    'летопись кончается ({1}), а представления видели больше ({2}): её конец потерян (обрезан журнал SQLite или файл заменён прежней копией). Восстановите последнюю копию ({3}); чтобы работать без потерянного, постройте представления заново ({4}). Ничего не изменено',
  'event {}': 'событие {1}',
  'no event': 'ничего',
  'position {}': 'место {1}',
  'position {} is beyond the head of the chronicle, {}': 'место {1} дальше конца летописи ({2})',
  '«{}» is no position of this chronicle: read from the beginning': '«{1}» — не место этой летописи: читайте сначала',
  'there is no read model «{}»; there are: {}': 'представления «{1}» нет; есть: {2}',
  'another process keeps the read model {}: run this beside that one, with its {} (its log tells that it took the lease)':
    'представление {1} ведёт другой процесс: выполните команду рядом с ним, с его {2} (в его журнале сказано, что он взял аренду)',
  'another process keeps part {} of {} of the read model {}: stop the processes that keep its parts, and run this in one that takes all of them':
    'часть {1} из {2} представления {3} ведёт другой процесс: остановите процессы, которые ведут его части, и выполните команду в том, который берёт их все',
  // The log.
  'the log was signed by another key ({}), which must hand over to the new one: give it once by {}, or take {} back':
    'журнал подписан другим ключом ({1}), он должен передать подпись новому: один раз дайте прежний в {2} или верните {3}',
  'the log has {} entries yet and is being built again: start the server if none runs, and verify again when it reports no problem of the log':
    'в журнале пока {1} записей, он строится заново: запустите сервер, если он не работает, и проверьте снова, когда он не сообщает о журнале ничего плохого',
  'the log matches its anchor: there is nothing to accept': 'журнал совпадает с якорем: принимать нечего',
  'the log is being built: try again in a moment': 'журнал строится: повторите через минуту',
  'the log does not hold the acceptance yet: start a server, then accept it again':
    'записи о принятии в журнале ещё нет: запустите сервер и примите журнал снова',
  'another process recorded an event of the log at the same time: try again':
    'другой процесс в то же время записал событие журнала: повторите',
};
