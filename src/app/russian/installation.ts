import type { Templates } from './templates.js';

/** Messages about settings, the data directory, the address of the server, keys and proofs, in English and Russian. */
export const INSTALLATION_FAULTS: Templates = {
  // Settings.
  'there is no such setting': 'такой настройки нет',
  'needs {} too': 'нужна и настройка {1}',
  'not empty': 'значение не может быть пустым',
  'on or off': 'on или off',
  'one of {}': 'одно из: {1}',
  'some of {}, with commas between': 'некоторые из {1}, через запятую',
  'a number from {} to {}': 'число от {1} до {2}',
  'bytes, from {} to {}': 'число байтов от {1} до {2}',
  'years, from {} to {}': 'число лет от {1} до {2}',
  'days, from {} to {}': 'число дней от {1} до {2}',
  'units, from {} to {}': 'число единиц от {1} до {2}',
  'seconds, from {} to {}': 'число секунд от {1} до {2}',
  'megabytes, from {} to {}': 'число мегабайтов от {1} до {2}',
  'connections, from {} to {}': 'число соединений от {1} до {2}',
  'witnesses, from {} to {}': 'число свидетелей от {1} до {2}',
  'requests in a minute, from {} to {}': 'число запросов в минуту от {1} до {2}',
  'parts, from {} to {}': 'число частей от {1} до {2}',
  'numbers of parts with commas between, from 1 to LETOPIS_PARTS': 'номера частей через запятую, от 1 до LETOPIS_PARTS',
  'read models in files have one process, so name a MongoDB by LETOPIS_READ_STORE':
    'с представлениями в файлах работает один процесс, поэтому укажите MongoDB в LETOPIS_READ_STORE',
  'there is no part {}, LETOPIS_PARTS is {}': 'части {1} нет, LETOPIS_PARTS равно {2}',
  'at least {} characters': 'не меньше {1} знаков',
  '32 bytes in base64': '32 байта в base64',
  '32 bytes in base64 (openssl rand -base64 32)': '32 байта в base64 (openssl rand -base64 32)',
  '«sqlite:», or the connection string of KurrentDB or EventStoreDB (esdb://host:2113?tls=false)':
    '«sqlite:» или строка соединения с KurrentDB либо EventStoreDB (esdb://host:2113?tls=false)',
  '«sqlite:», or the connection string of MongoDB (mongodb://host:27017/letopis)':
    '«sqlite:» или строка соединения с MongoDB (mongodb://host:27017/letopis)',
  'leave «{}» out: Letopis reads from the primary, and its writes are acknowledged by a majority with journal':
    'уберите «{1}»: Летопись читает с основного узла, а запись подтверждает большинство узлов и их журнал',
  'letters, digits and «-», a letter first': 'латинские буквы, цифры и «-», в начале буква',
  'not an IANA time zone; for example Asia/Yekaterinburg': 'нет такого часового пояса IANA; пример: Asia/Yekaterinburg',
  'addresses and ranges with commas between, such as {}': 'адреса и диапазоны через запятую, например {1}',
  'origins with commas between, such as {}': 'источники через запятую, например {1}',
  'witnesses with commas between, each its public key, a space and its address: name+id+key https://witness.example':
    'свидетели через запятую, у каждого открытый ключ, пробел и адрес: name+id+key https://witness.example',
  'the http(s) address of the issuer': 'адрес поставщика входа, http или https',
  'the http(s) address of an OTLP endpoint': 'адрес приёмника OTLP, http или https',
  'a moment (2021-01-01T09:00:00Z) or a shift (-P5Y, PT2H)': 'момент (2021-01-01T09:00:00Z) или сдвиг (-P5Y, PT2H)',
  'LETOPIS_DOCUMENTS: {} cannot be read': 'LETOPIS_DOCUMENTS: файл {1} не читается',
  'LETOPIS_DOCUMENTS: {} is no JSON object of ids and documents':
    'LETOPIS_DOCUMENTS: файл {1} — не объект JSON из идентификаторов и запросов',
  'LETOPIS_DOCUMENTS: {} has a document that does not fit: {}: {}':
    'LETOPIS_DOCUMENTS: в файле {1} запрос {2} не подходит: «{3}»',
  // Terms of the messages.
  'LETOPIS_DATA or --data': 'LETOPIS_DATA или --data',
  'master.key or LETOPIS_MASTER_KEY': 'master.key или LETOPIS_MASTER_KEY',
  // The data directory and its files.
  '{} cannot be written to ({}): give its owner the right to write, or name another directory with LETOPIS_DATA. Nothing was changed':
    'в {1} нельзя писать ({2}): дайте это право его владельцу или укажите другую папку в LETOPIS_DATA. Ничего не изменено',
  '{} cannot be opened: check the rights of its directory': '{1} не открывается: проверьте права на его папку',
  'another Letopis works on {}: stop it, or give this one another LETOPIS_DATA':
    'с {1} работает другая Летопись: остановите её или дайте этой другую папку в LETOPIS_DATA',
  '{} is missing, and {} cannot be opened without it: put the key back, or give it as LETOPIS_MASTER_KEY':
    '{1} нет, а {2} без него не открывается: верните ключ или дайте его в LETOPIS_MASTER_KEY',
  '{} does not hold a key of 32 bytes in base64': 'в {1} нет ключа из 32 байтов в base64',
  '{} is missing: it holds the keys of all persons, and without it no name in the chronicle can be read, nor the log be signed by its key. No new one was made. Put it back from the latest backup (npx letopis restore into another directory, then take keys.db from there) together with the master.key that opens it':
    '{1} нет: в нём ключи всех лиц, без него не прочесть ни одного имени в летописи и не подписать журнал его ключом. Новый не создан. Верните его из последней резервной копии (npx letopis restore в другую папку, затем возьмите оттуда keys.db) вместе с master.key, который его открывает',
  'the MongoDB database of LETOPIS_READ_STORE has no root key (letopis_root), but the chronicle has names of persons: it must hold the keys of all persons, and without them no name in the chronicle can be read, nor the log be signed by its key. No new one was made. Check the name of the database, restore its backup, or copy the keys there (npx letopis copy --keys-to)':
    'в базе MongoDB из LETOPIS_READ_STORE нет корневого ключа (letopis_root), а в летописи есть имена людей: без ключей лиц не прочесть ни одного имени и не подписать журнал его ключом. Новые не созданы. Проверьте имя базы, восстановите её копию или перенесите в неё ключи (npx letopis copy --keys-to)',
  'this works only on the files of an embedded Letopis: {}': 'это можно только с файлами встроенной Летописи: {1}',
  'copy the chronicle with `npx letopis copy --to sqlite:DIRECTORY` and back that up, or use the tools of the engines':
    'скопируйте летопись командой `npx letopis copy --to sqlite:ПАПКА` и сделайте её резервную копию или возьмите средства самих серверов',
  'the sample plan is damaged: {}': 'пример плана повреждён: {1}',
  // The address of the server.
  'port {} of {} is taken by another program: stop it, or give this server another port with {}':
    'порт {1} на {2} занят другой программой: остановите её или дайте этому серверу другой порт ({3})',
  'this user may not listen on port {}: give this server a port above 1023 with {}':
    'этому пользователю нельзя занимать порт {1}: дайте серверу порт больше 1023 ({2})',
  '{} is no address of this machine: give one with {}, such as 127.0.0.1, or 0.0.0.0 for all of them':
    '{1} — не адрес этой машины: дайте её адрес ({2}), например 127.0.0.1, или 0.0.0.0 для всех',
  '--port or LETOPIS_PORT': '--port или LETOPIS_PORT',
  '--host or LETOPIS_HOST': '--host или LETOPIS_HOST',
  // Sign-in providers.
  'the keys of {} cannot be read': 'ключи {1} не читаются',
  '{} cannot be read': '{1} не читается',
  '{} cannot be reached': '{1} не отвечает',
  '{} cannot name anybody: {}': '{1} никого не называет: {2}',
  // Keys, notes and proofs.
  'this is no public key of a log: it looks like name+c74f20a3+ARpc2Qc…':
    'это не открытый ключ журнала: он имеет вид name+c74f20a3+ARpc2Qc…',
  'this is no signed note: it has no signatures': 'это не подписанная запись: в ней нет подписей',
  '«{}» is no signature': '«{1}» — не подпись',
  '«{}» is no base64': '«{1}» — не base64',
  'this is no checkpoint: it names no log, size and root':
    'это не контрольная точка: в ней нет журнала, размера и корня',
  'this is no anchor of a log': 'это не якорь журнала',
  'this anchor was not sealed by the master key': 'этот якорь закрыт не главным ключом',
  'this file contains no proof in the format {} or {}': 'в этом файле нет доказательства в формате {1} или {2}',
  'this file contains no proof: it is not UTF-8': 'в этом файле нет доказательства: он не в UTF-8',
  'the witness has sent no cosignature of its own': 'свидетель не прислал своей подписи',
  'the response of the witness is too long': 'ответ свидетеля слишком длинный',
  'this server does not know that operation: is the command line of another version?':
    'сервер не знает этой операции: командная строка другой версии?',
};
