/** The Russian text of every text in the help of the command line, by the English text. */
export const RUSSIAN_HELP: Readonly<Record<string, string>> = {
  // Titles
  'Usage:': 'Использование:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Параметры:',
  'Global Options:': 'Общие параметры:',
  'Commands:': 'Команды:',
  'Exit codes:': 'Коды завершения:',
  'one of': 'одно из',
  'by default': 'по умолчанию',

  // Texts of several commands
  'Chronicle of yearly work plans': 'Летопись годовых планов работы',
  'print the version': 'напечатать версию',
  'print the help of a command': 'напечатать справку о команде',
  'language of what is printed; by default that of the locale (LANG)':
    'язык печати; по умолчанию — язык системы (LANG): английский или русский',
  'where the files are (LETOPIS_DATA; by default ./data)': 'где лежат файлы (LETOPIS_DATA; по умолчанию ./data)',
  'print as JSON': 'напечатать как JSON',
  'replace the file if it exists': 'заменить файл, если он уже есть',
  'its number in `npx letopis plans`, its title or words of it, or its id':
    'номер плана в `npx letopis plans`, его название или слова из него, или id',
  why: 'причина',

  // serve
  'serve the web page, GraphQL, subscriptions and GraphiQL':
    'запустить сервер: веб-страница, GraphQL, подписки и GraphiQL',
  'address to listen on (LETOPIS_HOST; by default 127.0.0.1)':
    'адрес, на котором слушать (LETOPIS_HOST; по умолчанию 127.0.0.1)',
  'port to listen on (LETOPIS_PORT; by default 4000)': 'порт, на котором слушать (LETOPIS_PORT; по умолчанию 4000)',
  'what this process does: some of api,projections,deadlines,webhooks (LETOPIS_ROLES; by default all)':
    'что делает этот процесс: часть из api,projections,deadlines,webhooks (LETOPIS_ROLES; по умолчанию всё)',

  // import
  'import a plan document, or each document of a folder, as a draft; uses the running server, or the files':
    'загрузить документ плана или каждый документ папки как проект плана; через работающий сервер или прямо в файлы',
  'print what would be created, and create nothing': 'напечатать, что было бы создано, и ничего не создавать',
  'the organisation that keeps the plan, as the API gives it': 'id организации, которая ведёт план, как в API',
  'correct this draft (its number in `npx letopis plans`, its title or words of it, or its id): print what differs, and change it unless --dry-run is given':
    'исправить этот проект плана (номер в `npx letopis plans`, название или слова из него, или id): напечатать отличия и внести их, если не дан --dry-run',
  'which columns are what, such as activity=2,time=4, for a document without such headings':
    'что в каких столбцах, например activity=2,time=4, если в документе нет таких заголовков',
  'make a second plan although there is one of this file, or of this title and period':
    'создать второй план, хотя план из этого файла или с таким названием и периодом уже есть',
  'for a folder: rows of a file, folder or institution; organisation':
    'для папки: таблица, в строке файл, папка или учреждение; организация',
  'for a folder: where the report is written': 'для папки: куда записать отчёт',
  'abandon an interrupted import of this file': 'отказаться от прерванной загрузки этого файла',
  'with --dry-run: print an HTML page for a browser': 'вместе с --dry-run: напечатать страницу HTML для браузера',
  'a plan as docx, xlsx, odt, ods, rtf, doc, xls, html, csv or plain text, of 10 MB at most unless LETOPIS_MAX_UPLOAD says otherwise; or a folder of up to 1000 plans':
    'план в виде docx, xlsx, odt, ods, rtf, doc, xls, html, csv или текста, не больше 10 МБ, если в LETOPIS_MAX_UPLOAD не сказано иначе; или папка, до 1000 планов',

  // plans
  'list the plans with their numbers and ids, or find them by text':
    'перечислить планы с номерами и id или найти их по тексту',
  'words of the title, the unit or the institution, or words that begin so':
    'слова или начала слов из названия, подразделения или учреждения',

  // export
  'export a plan document, an extract for a month, a report or a comparison; uses the running server, or the files':
    'выгрузить документ плана, выписку на месяц, отчёт или сравнение; через работающий сервер или прямо из файлов',
  'docx by default; text with --month': 'формат; по умолчанию docx, а с --month — text',
  'only what is due in this month': 'только то, что приходится на этот месяц',
  'with the column «Отметка о выполнении»': 'со столбцом «Отметка о выполнении»',
  'report on execution: month, quarter, half-year or year':
    'отчёт о выполнении за месяц, квартал, полугодие или год: month, quarter, half-year, year',
  'a day in the period of the report; today by default': 'день внутри периода отчёта; по умолчанию сегодня',
  'differences between two editions (1..2), days (2020-10-01..2020-12-01) or revisions (r12..r40)':
    'отличия двух редакций (1..2), дней (2020-10-01..2020-12-01) или ревизий (r12..r40)',
  'for a calendar (ics): only what this party is responsible for':
    'для календаря (ics): только то, за что отвечает этот исполнитель',
  'the file to write; by default docx and xlsx get the whole title of the plan as their name, and other formats are printed':
    'файл, который записать; по умолчанию docx и xlsx получают имя по полному названию плана, а другие форматы печатаются',

  // audit
  'print or export the audit trail, oldest entry first: who changed what, when and why':
    'напечатать или выгрузить журнал изменений, начиная со старых записей: кто, что, когда и почему изменил',
  'only of this plan: its number in `npx letopis plans`, its title or words of it, or its id':
    'только об этом плане: номер в `npx letopis plans`, название или слова из него, или id',
  'only by this holder of access: its id, as `npx letopis keys list` and the API give it':
    'только действия этого доступа: его id, как в `npx letopis keys list` и в API',
  'only from this day on, in the time zone of the server (LETOPIS_TIMEZONE)':
    'только с этого дня, в часовом поясе сервера (LETOPIS_TIMEZONE)',
  'only up to this day, which is included': 'только по этот день включительно',
  'only entries with these words, or words that begin so': 'только записи с этими словами или началами слов',
  'only entries after this position, as the last line of an interrupted file names it':
    'только записи после этого места, как его называет последняя строка прерванного файла',
  'text: a line for each entry; csv and jsonl: all fields, as /audit.csv and /audit.jsonl':
    'text: строка на запись; csv и jsonl: все поля, как в /audit.csv и /audit.jsonl',
  'the file to write; by default the entries are printed': 'файл, который записать; по умолчанию записи печатаются',

  // export-proof
  'write the whole history of a plan, in words and with its proofs, to a page that anybody can verify; uses the running server, or the files':
    'записать всю историю плана, словами и с доказательствами, на страницу, которую может проверить каждый; через работающий сервер или прямо в файлах',
  'show names of persons, which cannot be erased from the page later; recorded as a reading of names':
    'показать имена лиц: со страницы их потом нельзя удалить; записывается как чтение имён',
  'the file to write; by default PLAN-proof.html in the current directory':
    'файл, который записать; по умолчанию ПЛАН-proof.html в текущей папке',

  // forget
  'show where a person is named; with --yes erase the name for ever: its key is destroyed, the events do not change':
    'показать, где назван человек; с --yes удалить имя навсегда: его ключ уничтожается, события не меняются',
  'the legal ground': 'правовое основание',
  'why: number and day of the request, without the name': 'причина: номер и день обращения, без имени',
  'the day of the request': 'день обращения',
  'erase even if plans that name the person are still within their retention period':
    'удалить, даже если срок хранения планов с этим именем ещё не вышел',
  'erase; without it nothing is changed': 'удалить; без этого ничего не изменяется',
  'the name as it is printed, or the id of the person': 'имя, как оно напечатано, или id человека',

  // keys
  'API keys, and people whom an identity provider knows': 'ключи API и люди, которых знает провайдер входа',
  'create an API key; its token is printed only once': 'создать ключ API; сам ключ печатается один раз',
  'whose key it is': 'чей это ключ',
  'what it may do': 'что ему разрешено',
  'post, as on a stamp': 'должность, как в грифе',
  organisation: 'организация',
  'ids of the organisations whose plans it can access, with their descendants; all by default':
    'id организаций, планы которых ему открыты, с подчинёнными им; по умолчанию все',
  'when it expires: a day (2027-09-01, from its beginning in UTC) or a moment':
    'когда истекает: день (2027-09-01, с его начала по UTC) или момент',
  'give access to a login instead of a key: the OpenID Connect provider …':
    'открыть доступ по входу вместо ключа: провайдер OpenID Connect …',
  '… and its name for the person (sub)': '… и его имя для человека (sub)',
  'create a new token for a key; the previous one stays valid for the hours of --overlap':
    'сменить ключ; прежний действует ещё столько часов, сколько в --overlap',
  'a number of hours from 0 to 720': 'число часов от 0 до 720',
  'when it expires: a day, a moment, or «never»; by default as the previous token':
    'когда истекает: день, момент или never (никогда); по умолчанию как прежний',
  'its id, as `keys list` prints it': 'его id, как печатает `keys list`',
  'rename a key; earlier events keep the former name': 'переименовать ключ; в прежних событиях имя остаётся прежним',
  'add organisations to the scope of a key': 'открыть ключу планы организаций',
  'ids of organisations': 'id организаций',
  'remove organisations from the scope of a key': 'закрыть ключу планы организаций',
  'link a login, or revoked access of the same person, to access: both count as one person':
    'связать с доступом вход или отозванный доступ того же человека: оба считаются одним лицом',
  'the OpenID Connect provider …': 'провайдер OpenID Connect …',
  '… and its name for the person': '… и его имя для человека',
  'revoked access under which the same person acted before':
    'отозванный доступ, под которым тот же человек действовал раньше',
  'unlink a login from access; earlier events stay attributed to the same person':
    'отвязать вход от доступа; прежние события остаются за тем же лицом',
  'revoke a key at once, and close its open subscriptions': 'отозвать ключ немедленно и закрыть его подписки',
  'print the key of the local administrator, from the configuration or from the first start':
    'напечатать ключ администратора: из настроек или созданный при первом запуске',
  'list the keys; tokens cannot be shown again': 'перечислить ключи; сами ключи повторно показать нельзя',

  // sign-in
  'print a link that opens the web page and signs in; it works once, for 15 minutes':
    'напечатать ссылку, которая открывает веб-страницу и впускает; действует один раз, 15 минут',
  'address of the page, such as https://plans.example; by default this machine':
    'адрес страницы, например https://plans.example; по умолчанию этот компьютер',
  'port of the server on this machine (LETOPIS_PORT; by default 4000)':
    'порт сервера на этом компьютере (LETOPIS_PORT; по умолчанию 4000)',
  'whose access, as in `npx letopis keys list`; the administrator when left out':
    'чей доступ, как в `npx letopis keys list`; без него — администратора',

  // status, doctor
  'show the status of the server or its files; nothing is written':
    'показать состояние сервера или его файлов; ничего не записывается',
  'examine settings, files and engines, and say what to do; nothing is stored, a server may run':
    'проверить настройки, файлы и хранилища и сказать, что делать; ничего не сохраняется, сервер может работать',

  // verify
  'verify that no recorded event was changed, on files or on servers; a server may run, nothing is written to the chronicle':
    'проверить, что ни одно записанное событие не изменено, в файлах или на серверах; сервер может работать, в летопись ничего не пишется',
  'the public key of the log, as its keeper publishes it: letopis/…+id+key':
    'открытый ключ журнала, как его публикует хранитель: letopis/…+id+key',
  'the public key of its witness, which proves the times: letopis/…/witness+id+key':
    'открытый ключ его свидетеля, который доказывает время: letopis/…/witness+id+key',
  'verify the public log of a server over the network': 'проверить открытый журнал сервера по сети',
  'verify a proof that export-proof wrote, instead of a chronicle':
    'проверить не летопись, а доказательство, которое записала export-proof',
  'compare the read models with the chronicle instead; uses the running server, or the files':
    'сверить с летописью представления; через работающий сервер или прямо в файлах',

  // log, witness
  'the signed log of the chronicle': 'подписанный журнал летописи',
  'sign a log that does not match its anchor: data of an earlier version, a restored backup, a copy. First check the history: npx letopis verify':
    'подписывать журнал, который не совпал с якорем: данные прежней версии, восстановленная копия, перенос. Сначала проверьте историю: npx letopis verify',
  'why the log is accepted; recorded in the chronicle': 'почему журнал принимается; записывается в летопись',
  'watch the logs of other servers': 'следить за журналами других серверов',
  'cosign the checkpoints of logs by the C2SP tlog-witness protocol, and refuse a history that was changed':
    'подписывать контрольные точки журналов по протоколу C2SP tlog-witness и отвергать изменённую историю',
  'the permanent name of this witness, such as department.example/witness':
    'постоянное имя этого свидетеля, например department.example/witness',
  'the public key of a log to watch; can be repeated': 'открытый ключ журнала, за которым следить; можно повторять',
  'the directory of its key and of the checkpoints that it has cosigned':
    'папка его ключа и подписанных им контрольных точек',
  'the address to listen at': 'адрес, на котором слушать',
  'the port to listen at': 'порт, на котором слушать',

  // events, rebuild, projections
  'print stored events as JSON Lines, even while the server runs; nothing is written':
    'напечатать записанные события как JSON Lines, в том числе при работающем сервере; ничего не записывается',
  'only events after this position': 'только события после этого места',
  'only of streams with this prefix, such as plan-': 'только из потоков с таким началом имени, например plan-',
  'only of these types': 'только этих типов',
  'at most this many events; all by default': 'не больше стольких событий; по умолчанию все',
  'rebuild read models from the chronicle; queries use the old ones until the new ones are complete':
    'построить представления по летописи заново; до конца построения запросы отвечают по прежним',
  'rebuild the signed log beside KurrentDB instead; its checkpoints are kept and must match':
    'построить заново подписанный журнал рядом с KurrentDB; его контрольные точки остаются и должны совпасть',
  'names of read models; all by default': 'имена представлений; по умолчанию все',
  'read models: quarantined rows, and those of older versions':
    'представления: строки в карантине и оставшиеся от прежних версий',
  'list the quarantined rows': 'перечислить строки в карантине',
  'retry all quarantined rows': 'повторить все строки из карантина',
  'finish an upgrade when no older server runs: drop its read models':
    'завершить обновление, когда прежние серверы остановлены: удалить их представления',

  // backup, restore, copy
  'copy chronicle, keys of persons and API keys into one file, even while the server runs':
    'скопировать летопись, ключи лиц и ключи API в один файл, в том числе при работающем сервере',
  'a file that does not exist yet, such as letopis-2026-11-24.tar.gz':
    'файл, которого ещё нет, например letopis-2026-11-24.tar.gz',
  'restore a backup into a directory without a chronicle': 'восстановить копию в папку, где нет летописи',
  'the public key of the log, as its keeper publishes it': 'открытый ключ журнала, как его публикует хранитель',
  'the public key of its witness': 'открытый ключ его свидетеля',
  'a file that `npx letopis backup` made': 'файл, который сделала `npx letopis backup`',
  'copy a chronicle from one engine to another; run it again to continue an interrupted copy':
    'перенести летопись из одного хранилища в другое; прерванный перенос продолжается повторным запуском',
  'sqlite:DIRECTORY, or the connection string of KurrentDB': 'sqlite:ПАПКА или строка подключения KurrentDB',
  'the same; empty, or with an unfinished copy of the same chronicle':
    'то же; пустое или с неоконченным переносом той же летописи',
  'where the keys are: sqlite:DIRECTORY (that of --from), or mongodb://…':
    'где лежат ключи: sqlite:ПАПКА (та же, что в --from) или mongodb://…',
  'where the keys go: sqlite:DIRECTORY (that of --to), or mongodb://…':
    'куда перенести ключи: sqlite:ПАПКА (та же, что в --to) или mongodb://…',
  'leave out the keys of persons and the API keys': 'не переносить ключи лиц и ключи API',

  // wording, parties
  'read timeframes from standard input and print their meanings; or list what a chronicle means by them':
    'прочитать сроки из стандартного ввода и напечатать их значение; или перечислить, как сроки поняты в летописи',
  'list the stored timeframes of all plans that the present rules read otherwise':
    'перечислить сроки всех планов, которые нынешние правила понимают иначе',
  'list the timeframes whose meaning an organisation has settled':
    'перечислить сроки, значение которых установила организация',
  'with --own: keep the meaning of this timeframe no longer': 'вместе с --own: больше не хранить значение этого срока',
  'read cells of responsible parties from standard input and print the parties of each; or list what an organisation means by them':
    'прочитать ячейки с ответственными из стандартного ввода и напечатать исполнителей каждой; или перечислить, кого под ними понимает организация',
  'list the cells whose parties an organisation has settled':
    'перечислить ячейки, ответственных в которых установила организация',
  'with --own: keep the parties of this cell no longer': 'вместе с --own: больше не хранить ответственных этой ячейки',

  // completion
  'print the script that completes commands and options in a shell: eval "$(npx letopis completion bash)"':
    'напечатать сценарий, который дополняет команды и параметры в оболочке: eval "$(npx letopis completion bash)"',
  'the shell': 'оболочка',
};
