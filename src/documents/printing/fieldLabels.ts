import { type Language, type Sentence, translation } from '../../domain/language.js';

/** Labels of the parts of field paths, in Russian and English. */
const FIELD_LABELS: Readonly<Record<string, Sentence>> = {
  accepted: ['принято к подписи', 'accepted for signing'],
  accepterMayBeReporter: ['принимать может тот, кто отчитывался', 'accepter may be the reporter'],
  accountable: ['кто отчитывается', 'accountable'],
  activity: ['мероприятие', 'activity'],
  actualOn: ['день выполнения', 'done on'],
  agreement: ['по согласованию', 'by agreement'],
  agreedSteps: ['пройдено согласований', 'steps agreed'],
  anchor: ['якорь', 'anchor'],
  answerWithin: ['срок ответа', 'answer within'],
  apart: ['отдельные ответственные', 'parties kept apart'],
  by: ['кем', 'by'],
  calendar: ['календарь', 'calendar'],
  closingRule: ['что снимает с контроля', 'what closes a point'],
  completions: ['отметка о выполнении', 'completion'],
  copiedFrom: ['составлен по плану', 'copied from'],
  count: ['количество', 'count'],
  credentials: ['способы входа', 'credentials'],
  date: ['дата', 'date'],
  days: ['дни', 'days'],
  daysOff: ['выходные дни', 'days off'],
  deadlineDay: ['как понимать «до»', 'meaning of «до»'],
  discipline: ['коэффициент исполнительской дисциплины', 'discipline indicator'],
  document: ['документ', 'document'],
  documentKind: ['вид документа', 'kind of document'],
  dueSoonDays: ['за сколько дней напоминать', 'days before the due day'],
  edition: ['редакция', 'edition'],
  end: ['конец', 'end'],
  eventTypes: ['типы событий', 'event types'],
  evidence: ['подтверждение', 'evidence'],
  excluded: ['исключено', 'excluded'],
  expectedOn: ['ожидаемый день', 'expected on'],
  explanation: ['пояснение', 'explanation'],
  extras: ['графа', 'column'],
  externalId: ['внешний код', 'external id'],
  fileName: ['файл', 'file'],
  form: ['запись', 'form'],
  formerIds: ['прежний доступ', 'former access'],
  generation: ['номер секрета', 'number of the secret'],
  ground: ['основание удаления', 'ground of the erasure'],
  imported: ['загружен из', 'imported from'],
  institution: ['учреждение', 'institution'],
  interim: ['промежуточный', 'interim'],
  isCouncil: ['коллегиальный орган', 'council'],
  issuedOn: ['день выпуска', 'issued on'],
  issuer: ['кем издан', 'issuer'],
  key: ['ключ журнала', 'key of the log'],
  kind: ['вид', 'kind'],
  joint: ['совместно', 'jointly'],
  late: ['с опозданием', 'late'],
  lateness: ['как считать опоздание', 'lateness rule'],
  limitDays: ['допустимое опоздание, дней', 'limit in days'],
  marker: ['слово грифа', 'word of the stamp'],
  merged: ['написания одного ответственного', 'merged parties'],
  missed: ['срок пропущен', 'deadline missed'],
  name: ['название', 'name'],
  note: ['примечание', 'note'],
  number: ['номер', 'number'],
  numberText: ['номер', 'number'],
  order: ['порядок', 'order'],
  orderWeight: ['вес поручения', 'weight of an order'],
  organisation: ['организация', 'organisation'],
  organisationId: ['организация', 'organisation'],
  outcome: ['итог', 'outcome'],
  outcomes: ['итог по контрольной точке', 'outcome of a point'],
  ownerUnit: ['подразделение', 'unit'],
  parties: ['кто назван', 'who is named'],
  partyCells: ['принятые ответственные', 'own party cell'],
  paperDue: ['срок в выходной день', 'due day that is a day off'],
  parentId: ['вышестоящая организация', 'parent organisation'],
  period: ['период', 'period'],
  periodKind: ['вид периода', 'kind of period'],
  periodReports: ['отчёт за период', 'period report'],
  periodText: ['период, как напечатан', 'period as printed'],
  person: ['кто', 'person'],
  points: ['контрольные точки', 'control points'],
  pointId: ['контрольная точка', 'control point'],
  post: ['должность', 'post'],
  presence: ['загрузка', 'import'],
  plans: ['планов', 'plans'],
  problem: ['что не совпало', 'what did not match'],
  progress: ['ход выполнения', 'progress'],
  remarks: ['замечания', 'remarks'],
  reportDueDay: ['день отчёта', 'day of the report'],
  reports: ['отчёт', 'report'],
  requestedOn: ['день просьбы', 'requested on'],
  requests: ['просьба о переносе срока', 'request for another term'],
  responsible: ['ответственные', 'responsible'],
  retainedPlans: ['планов, срок хранения которых не истёк', 'plans still to be retained'],
  role: ['роль', 'role'],
  root: ['хэш', 'hash'],
  route: ['маршрут согласования', 'route'],
  schedule: ['смысл срока', 'meaning of the term'],
  scope: ['чьи планы видны', 'whose plans are seen'],
  section: ['в разделе', 'in section'],
  sections: ['раздел', 'section'],
  settings: ['настройки', 'settings'],
  sha256: ['SHA-256', 'SHA-256'],
  size: ['записей', 'entries'],
  stage: ['очередь', 'stage'],
  stamps: ['гриф', 'stamp'],
  start: ['начало', 'start'],
  state: ['состояние', 'state'],
  status: ['состояние', 'status'],
  subItem: ['подпункт', 'sub-item'],
  subItems: ['подпункты', 'sub-items'],
  submittedOn: ['день представления', 'submitted on'],
  terms: ['учебные четверти', 'school terms'],
  text: ['текст', 'text'],
  time: ['время', 'time'],
  timeframe: ['срок', 'term'],
  timeZone: ['часовой пояс', 'time zone'],
  title: ['название', 'title'],
  type: ['вид', 'type'],
  underControlFrom: ['на контроле с', 'under control from'],
  until: ['действует до', 'valid until'],
  url: ['адрес', 'address'],
  webhooks: ['веб-хук', 'webhook'],
  window: ['период', 'period'],
  wordings: ['принятое понимание срока', 'own wording'],
  workingDays: ['рабочие дни', 'working days'],
  planId: ['план', 'plan'],
  previousUntil: ['прежний секрет действует до', 'previous secret valid until'],
  windows: ['дни', 'days'],
  dates: ['дни', 'days'],
  rule: ['правило', 'rule'],
  per: ['за', 'per'],
  atLeast: ['не менее', 'at least'],
  noun: ['чего', 'of what'],
};

/**
 * Returns the label of a changed field in a language: «срок: текст» for `activities[a1].timeframe.text`, «гриф 2: дата»
 * for `stamps[1].date`. Ids of list items are left out. The names of printed columns and own wordings are as they were
 * written.
 */
export function fieldLabel(path: string, language: Language): string {
  const [head = '', ...rest] = path
    .replace(/^activities\[[^\]]*\]\.?/, '')
    .replace(/\[(\d+)\]/g, (_, index) => ` ${Number(index) + 1}`)
    .replace(/\[[^[\]]*\]/g, '')
    .split('.');
  const { written, fields } = writtenPart(head, rest.join('.'));
  const labels = [head, ...fields].filter((part) => part !== '').map((part) => labelOf(part, language));
  return (written === '' ? labels : labels.toSpliced(1, 0, written)).join(': ');
}

/** Returns the part of a path that people wrote, which may have dots, and the names of the fields after it. */
function writtenPart(head: string, rest: string): { readonly written: string; readonly fields: readonly string[] } {
  if (head === 'extras' || head === 'merged') return { written: rest, fields: [] };
  const isOwn = head === 'wordings' || head === 'partyCells';
  const end = isOwn ? Math.max(...OWN_READING_FIELDS.map((field) => rest.lastIndexOf(field))) : 0;
  return end > 0
    ? { written: rest.slice(0, end), fields: rest.slice(end + 1).split('.') }
    : { written: '', fields: rest.split('.') };
}

/** The parts of a field path that may follow the text of an own wording or cell. */
const OWN_READING_FIELDS = ['.text', '.schedule.', '.period.', '.parties '];

/** Returns the label of a part of a path, with the number of the list item: «гриф 2» for `stamps 2`. */
function labelOf(part: string, language: Language): string {
  const [name = '', number] = part.split(' ');
  const label = translation(FIELD_LABELS[name] ?? [name, name], language);
  return number === undefined ? label : `${label} ${number}`;
}

/** Returns true if every part of a path has a label. */
export function hasLabel(path: string): boolean {
  return !/[a-z]/i.test(fieldLabel(path, 'ru').replace('SHA-256', ''));
}
