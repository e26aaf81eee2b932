import type { Sentence } from '../domain/language.js';
import type { RefusalCode } from '../domain/refusal.js';

/** The sentences of each refusal; `{name}` stands for a parameter. */
export const REFUSAL_SENTENCES: Readonly<Record<RefusalCode, Sentence>> = {
  ACCEPTER_IS_REPORTER: ['Отчёт принимает не тот, кто его представил.', 'Whoever submits a report cannot accept it.'],
  ACCESS_CHANGED: [
    'Доступ изменён (версия {revision}): {changes}. Прочитайте его снова.',
    'This access has changed (revision {revision}): {changes}. Read it again.',
  ],
  ACCESS_EXISTS: ['Такой доступ уже выдан.', 'This access already exists.'],
  ACCESS_HAS_NO_KEY: [
    'Это вход через OpenID Connect: ключа, который можно сменить, у него нет.',
    'This access is by OpenID Connect: it has no key to rotate.',
  ],
  ACCESS_IN_FORCE: [
    'Прежний доступ ещё действует: сначала отзовите его.',
    'The former access is still in force: revoke it first.',
  ],
  ACCESS_NOT_FOUND: ['Такого доступа нет.', 'There is no such access.'],
  ACCESS_REVOKED: ['Доступ отозван: выдайте новый.', 'This access is revoked: issue another one.'],
  ACCESS_TO_ALL: [
    'Этот доступ дан ко всему: отзовите его и выдайте доступ к нужным организациям.',
    'This access covers all organisations: revoke it, and issue access to specific ones.',
  ],
  ACTIVITY_EXCLUDED: ['Мероприятие {number} исключено из плана.', 'Activity {number} is excluded from the plan.'],
  ACTIVITY_NOT_FOUND: ['Такого мероприятия в плане нет.', 'The plan has no such activity.'],
  ACTUAL_DATE_IN_FUTURE: ['Дата {date} ещё не наступила.', 'The day {date} has not come yet.'],
  ACTUAL_DATE_TOO_EARLY: [
    'Дата {date} раньше {from}, начала плана или срока.',
    'The day {date} is before {from}, the start of the plan or of the window.',
  ],
  ALREADY_ACCEPTED: [
    'Отчёт по контрольной точке {point} уже принят.',
    'A report on control point {point} is already accepted.',
  ],
  ALREADY_COMPLETED: [
    'Выполнение уже отмечено. Сначала отмените отметку.',
    'It is already marked as done. Withdraw that mark first.',
  ],
  ALREADY_IMPORTED: [
    'Этот файл уже загружен: план {plan}. Если нужен ещё один такой план, подтвердите это (allowSecond, --allow-second).',
    'This file is already imported: plan {plan}. If another such plan is wanted, confirm it (allowSecond, --allow-second).',
  ],
  BASIS_REQUIRED: [
    'Укажите основание (приказ) или прямо «без документа».',
    'Name the basis (an order), or state explicitly that there is no document.',
  ],
  CELL_NAMES_PERSON: [
    'В «{text}» названы люди: такие ответственные уточняются в каждом плане отдельно.',
    '«{text}» names persons: such responsible parties are settled in each plan.',
  ],
  COMMAND_ID_REUSED: [
    'Этот commandId уже использован с другим содержанием.',
    'This commandId was already used with another payload.',
  ],
  COUNT_BELOW_TARGET: [
    'Количество должно быть целым и не меньше {target}.',
    'The count must be a whole number and at least {target}.',
  ],
  COUNT_REQUIRED: ['Укажите количество: требуется {target}.', 'Give a count: {target} are required.'],
  DAY_BOTH_WAYS: [
    'День {date} назван и выходным, и рабочим.',
    'The day {date} is listed both as a day off and as a working day.',
  ],
  DAY_OUTSIDE_PERIOD: [
    'День вне периода плана ({start} … {end}).',
    'The day is outside the period of the plan ({start} … {end}).',
  ],
  EVIDENCE_REQUIRED: ['Нужен текст отчёта или хотя бы одна ссылка.', 'A report needs a text or at least one link.'],
  EXPECTED_DATE_PAST: ['Ожидаемая дата {date} уже прошла.', 'The expected day {date} has passed already.'],
  EXPORT_OF_PLAN: [
    'Этот файл выгружен из плана {plan}: внесите правки в него (reviseDraft, --into {plan}; в утверждённый — amendFromDocument). Если нужен второй план, подтвердите это (allowSecond, --allow-second).',
    'This file was exported from plan {plan}: correct that plan (reviseDraft, --into {plan}; amendFromDocument if it is approved). If a second plan is wanted, confirm it (allowSecond, --allow-second).',
  ],
  EXPIRY_PAST: ['Этот момент уже прошёл.', 'This moment has passed already.'],
  EXTERNAL_ID_TAKEN: [
    'Внешний код «{externalId}» уже занят, см. {related}.',
    'The external id «{externalId}» is taken, see {related}.',
  ],
  IMPORT_NOT_FOUND: [
    'Незаконченной загрузки с таким commandId нет.',
    'There is no unfinished import with this commandId.',
  ],
  IMPORT_UNFINISHED: [
    'Загрузка этого файла (план {plan}) начата и не закончена: повторите её с commandId «{commandId}» или откажитесь от неё (abandonImport).',
    'An import of this file (plan {plan}) was begun and not finished: repeat it with the commandId «{commandId}», or give it up (abandonImport).',
  ],
  INVALID_DATE: [
    'Дня «{date}» нет в календаре. Формат: ГГГГ-ММ-ДД.',
    'There is no day «{date}» in the calendar. The form is YYYY-MM-DD.',
  ],
  INVALID_SCHEDULE: [
    'Срок задан неверно: проверьте даты, правило или количество.',
    'The schedule is not valid: check its dates, rule or count.',
  ],
  INVALID_TIME_ZONE: [
    'Часовой пояс «{timeZone}» неизвестен. Пример: Asia/Yekaterinburg.',
    'Time zone «{timeZone}» is unknown. For example: Asia/Yekaterinburg.',
  ],
  INVALID_URL: [
    'Это не ссылка: она начинается с http:// или https://.',
    'This is not a link: it begins with http:// or https://.',
  ],
  LINE_BREAK: ['Здесь нужна одна строка: уберите переводы строк.', 'This is one line: remove its line breaks.'],
  NOT_AUTHORISED: ['Роль «{role}» не даёт права на это действие.', 'The role «{role}» may not do this.'],
  NOT_COMPLETED: ['Выполнение не отмечено.', 'It is not marked as done.'],
  NOT_AMENDABLE: [
    'Название, период и разделы утверждённого плана изменением не меняются: {differences}. Верните их в файле, какими они были.',
    'Title, period and sections of an approved plan are not amended: {differences}. Restore them in the file.',
  ],
  NOT_IMPORTED: [
    'План не загружен из документа: утвердите его обычным порядком.',
    'The plan was not imported from a document: approve it in the usual way.',
  ],
  NOTHING_CHANGES: ['Ничего не меняется.', 'Nothing would change.'],
  NOTHING_PLANNED: ['В плане нет ни одного мероприятия.', 'The plan has no activities.'],
  NO_PRINTED_APPROVAL: ['На документе нет грифа «Утверждаю».', 'The document has no stamp of approval.'],
  NUMBER_TAKEN: [
    'Номер {number} занят; номера исключённых мероприятий не используются снова.',
    'Number {number} is taken; numbers of excluded activities are not used again.',
  ],
  OPEN_POINTS: [
    'Открытых контрольных точек без объяснения: {count}, мероприятия: {rows}.',
    '{count} open control points are neither explained nor carried over, of the activities {rows}.',
  ],
  ORGANISATION_CHANGED: [
    'Запись организации изменена (версия {revision}): {changes}. Прочитайте её снова.',
    'The organisation has changed (revision {revision}): {changes}. Read it again.',
  ],
  ORGANISATION_EXISTS: ['Такая организация уже есть.', 'This organisation already exists.'],
  ORGANISATION_NOT_FOUND: [
    'Такой организации нет: сначала зарегистрируйте её.',
    'There is no such organisation: register it first.',
  ],
  ORGANISATION_REQUIRED: [
    'Укажите организацию: ваш доступ дан к планам названных организаций.',
    'Name the organisation: your access is to plans of named organisations.',
  ],
  OUT_OF_BOUNDS: ['Нужно целое число от {min} до {max}.', 'A whole number from {min} to {max} is required.'],
  PARENT_CYCLE: [
    'Организация не может входить в саму себя или в то, что входит в неё.',
    'An organisation cannot belong to itself or to one that belongs to it.',
  ],
  PARTY_CELL_NOT_OWN: [
    'Среди принятых ответственных организации нет «{text}»: они перечислены у организации (Organisation.partyCells) и командой npx letopis parties --own.',
    'The organisation has not kept the parties of «{text}»: Organisation.partyCells and npx letopis parties --own list those that it has.',
  ],
  PARTY_INTO_ITSELF: [
    'Написание нельзя отнести к самому себе: назовите в partyIds другие.',
    'A wording cannot be merged into itself: name others in partyIds.',
  ],
  PARTY_IS_MERGED: [
    'Это написание само отнесено к другому ответственному: назовите того.',
    'This wording is itself merged into another party: name that one.',
  ],
  PARTY_NOT_FOUND: [
    'Такого ответственного у мероприятия нет: в списке их {count}.',
    'The activity has no such party: its list has {count}.',
  ],
  PARTY_NOT_MERGED: ['Это написание и так стоит отдельно.', 'This wording is already a separate party.'],
  PARTY_UNKNOWN: ['Такого ответственного нет ни в одном плане.', 'No plan names this party.'],
  PERSON_FORGOTTEN: [
    'Имя этого человека уже удалено; ключ к нему уничтожен.',
    'The name of this person is erased already, and its key destroyed.',
  ],
  PERSON_HAS_KEYS: [
    'Именем этого человека названы ключи доступа ({keys}): всё сделанное ими назовёт его снова. Сначала переименуйте их: npx letopis keys rename.',
    'API keys ({keys}) bear the name of this person: further events of these keys would record the name again. Rename them first: npx letopis keys rename.',
  ],
  PERSON_IS_NAMED: [
    'Причина или основание называют этого человека и остались бы в летописи навсегда: назовите вместо имени номер и дату заявления.',
    'The reason or the document names this person and would stay in the chronicle for ever: give the number and the day of the request in place of the name.',
  ],
  PERSON_NOT_FOUND: [
    'Такого человека в летописи нет: проверьте, как имя напечатано в плане, или укажите id этого человека.',
    'The chronicle contains no such person: check how the name is printed in the plan, or give the id of the person.',
  ],
  PERIOD_INVALID: [
    'Период начинается не позже, чем кончается, и не длиннее двух лет.',
    'A period starts no later than it ends, and lasts two years at most.',
  ],
  PERIOD_NOT_OVER: ['Период плана ещё не кончился ({end}).', 'The period of the plan is not over ({end}).'],
  PERIOD_REQUIRED: ['Укажите период плана.', 'State the period of the plan.'],
  PLAN_CHANGED: [
    'План изменён (редакция записи {revision}): {changes}. Прочитайте его снова.',
    'The plan has changed (revision {revision}): {changes}. Read it again.',
  ],
  PLAN_EXISTS: ['Такой план уже есть.', 'This plan already exists.'],
  PLAN_OF_SAME_TITLE: [
    'У организации уже есть план с этим названием на этот период: {plan}. Исправьте его (reviseDraft, --into {plan}; утверждённый — amendFromDocument) или подтвердите, что нужен второй (allowSecond, --allow-second).',
    'The organisation has a plan of this title and period already: {plan}. Correct it (reviseDraft, --into {plan}; amendFromDocument if it is approved), or confirm that a second one is wanted (allowSecond, --allow-second).',
  ],
  PLAN_NOT_FOUND: ['Такого плана нет.', 'There is no such plan.'],
  PLAN_TOO_LARGE: ['План слишком велик: не больше {max}.', 'The plan is too large: at most {max}.'],
  POINT_HAS_EVIDENCE: [
    'По контрольной точке {point} уже есть отметка или отчёт: новый срок их потерял бы.',
    'Control point {point} has a completion or report, which the new schedule would lose.',
  ],
  POINT_NOT_FOUND: ['У мероприятия нет такой контрольной точки.', 'The activity has no such control point.'],
  POINT_NOT_OPEN: ['Эта контрольная точка не открыта.', 'This control point is not open.'],
  POINT_REQUIRED: ['Назовите контрольную точку: {points}.', 'Name the control point, one of: {points}.'],
  PROTOCOL_REQUIRED: [
    'Решение органа «{council}» подтверждает протокол: укажите его номер и дату.',
    'A decision of «{council}» is shown by its protocol: give number and date.',
  ],
  REASON_REQUIRED: ['Укажите причину.', 'Give a reason.'],
  REPORT_DECIDED: ['По отчёту уже есть решение ({status}).', 'The report is already decided ({status}).'],
  REPORT_NOT_FOUND: ['Такого отчёта нет.', 'There is no such report.'],
  REPORT_OF_ANOTHER: [
    'Отчёт представил другой: отозвать его может только он.',
    'Somebody else submitted the report: only they may withdraw it.',
  ],
  REPORT_PENDING: ['Отчёт №{report} ещё рассматривается.', 'Report {report} is not decided yet.'],
  REPORT_RETURNED: ['Отчёт возвращён на доработку: представьте новый.', 'The report was returned: submit another one.'],
  REQUEST_DECIDED: ['По просьбе уже есть решение ({status}).', 'The request is already decided ({status}).'],
  REQUEST_NOT_FOUND: ['Такой просьбы о переносе нет.', 'There is no such request.'],
  REQUEST_PENDING: [
    'Просьба №{request} о переносе ещё рассматривается.',
    'Request {request} for another term is not decided yet.',
  ],
  REQUIRED: ['Поле обязательно.', 'This field is required.'],
  RETENTION_NOT_OVER: [
    'Человек назван в планах, срок хранения которых не истёк ({plans}): проверьте основание и подтвердите despiteRetention.',
    'The person is named in plans that must be kept longer ({plans}): check whether the legal ground suffices, and confirm with despiteRetention.',
  ],
  REVISION_UNKNOWN: [
    'Такой версии ещё нет: последняя — {revision}. Назовите ту, которую прочитали.',
    'There is no such revision yet, the last one is {revision}: name the one that you have read.',
  ],
  ROUTE_TOO_LONG: ['В маршруте не больше {max} шагов.', 'A route has at most {max} steps.'],
  SECTION_NOT_EMPTY: [
    'В разделе есть мероприятия: сначала перенесите их.',
    'The section has activities: move them first.',
  ],
  SECTION_NOT_FOUND: ['Такого раздела в плане нет.', 'The plan has no such section.'],
  SIGN_IN_IS_LAST: [
    'Это единственный способ входа: чтобы закрыть доступ, отзовите его.',
    'This is the only way to sign in: revoke the access to end it.',
  ],
  SIGN_IN_NOT_FOUND: ['У этого доступа такого входа нет.', 'This access has no such way to sign in.'],
  SIGN_IN_TAKEN: [
    'Этот вход принадлежит другому доступу: сначала отзовите или отвяжите его там.',
    'This way to sign in belongs to other access: revoke or unlink it there first.',
  ],
  STAGES_OUT_OF_ORDER: [
    'Этапы маршрута идут по порядку с первого, без пропусков.',
    'Stages of a route are counted from 1 in order, without gaps.',
  ],
  STEP_OF_ANOTHER_POST: [
    'Сейчас очередь согласующего: {post}. Согласует ключ с этой должностью или администратор.',
    'The next step belongs to: {post}. A key with this post agrees, or an administrator.',
  ],
  SUB_ITEM_NOT_FOUND: ['Подпунктов: {count}, такого нет.', 'There are {count} sub-items; this one does not exist.'],
  TERMS_OVERLAP: [
    'Эта четверть или этот триместр пересекается с другой: проверьте даты.',
    'This term overlaps another one: check the dates.',
  ],
  TOO_LONG: [
    'Слишком длинно: {length} знаков, допускается не больше {max}.',
    'Too long: {length} characters, at most {max} are allowed.',
  ],
  TOO_MANY: ['Слишком много: не больше {max}.', 'Too many: at most {max}.'],
  READING_IN_FORCE: [
    'План утверждён с другим пониманием срока «{text}». Измените срок: это будет изменение плана.',
    'The plan was approved with another reading of «{text}». To change the term, amend the plan.',
  ],
  READING_NOT_FOUND: [
    'Такого понимания срока нет: назовите 0 (предложенное) или номер другого, не больше {max}, или задайте даты.',
    'There is no such reading: name 0 (the proposed one) or the place of another one, {max} at most, or state its dates.',
  ],
  UNREADABLE_TEXT: [
    'В тексте есть знак, который нельзя прочитать и напечатать ({character}, {place}-й по счёту): уберите его.',
    'The text has a character that cannot be read or printed ({character}, at place {place}): remove it.',
  ],
  UNREAD_WORDING: [
    'Срок «{text}» не понят. Назовите день или месяц, например «до 15 октября 2020 г.».',
    'The timeframe «{text}» is not understood. Name a day or a month, such as «до 15 октября 2020 г.».',
  ],
  WEBHOOK_NOT_FOUND: ['Такого веб-хука у этого доступа нет.', 'This access has no such webhook.'],
  WEBHOOK_URL_REFUSED: [
    'Адрес веб-хука начинается с https:// и не содержит ни имени с паролем, ни «#»; http:// — только на внутренние адреса, разрешённые в LETOPIS_WEBHOOK_INTERNAL.',
    'The address of a webhook begins with https:// and contains no user name, password or «#»; http:// is only for internal addresses that LETOPIS_WEBHOOK_INTERNAL allows.',
  ],
  WHOLE_SCOPE_REQUIRED: [
    'Это делает только администратор, которому открыты все организации: обратитесь к нему.',
    'Only an administrator who sees all organisations may do this: ask one of them.',
  ],
  WORDING_NOT_OWN: [
    'Среди принятых сроков организации нет «{text}»: они перечислены у организации (Organisation.wordings) и командой npx letopis wording --own.',
    'The organisation has not kept a meaning of «{text}»: Organisation.wordings and npx letopis wording --own list those that it has.',
  ],
  WRONG_STATUS: ['В состоянии «{status}» это невозможно.', 'This is not possible while the plan is {status}.'],
};
