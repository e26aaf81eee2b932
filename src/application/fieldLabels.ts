import type { Language } from './wordings.js';

/** Labels of the parts of field paths, in Russian and English. */
const FIELD_LABELS: Readonly<Record<string, readonly [ru: string, en: string]>> = {
  accepterMayBeReporter: ['принимать может тот, кто отчитывался', 'accepter may be the reporter'],
  accountable: ['кто отчитывается', 'accountable'],
  actualOn: ['день выполнения', 'done on'],
  agreedSteps: ['пройдено согласований', 'steps agreed'],
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
  formerIds: ['прежний доступ', 'former access'],
  generation: ['номер секрета', 'number of the secret'],
  imported: ['загружен из', 'imported from'],
  institution: ['учреждение', 'institution'],
  interim: ['промежуточный', 'interim'],
  isCouncil: ['коллегиальный орган', 'council'],
  issuedOn: ['день выпуска', 'issued on'],
  issuer: ['кем издан', 'issuer'],
  kind: ['вид', 'kind'],
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
  progress: ['ход выполнения', 'progress'],
  remarks: ['замечания', 'remarks'],
  reportDueDay: ['день отчёта', 'day of the report'],
  reports: ['отчёт', 'report'],
  requestedOn: ['день просьбы', 'requested on'],
  requests: ['просьба о переносе срока', 'request for another term'],
  responsible: ['ответственные', 'responsible'],
  role: ['роль', 'role'],
  route: ['маршрут согласования', 'route'],
  schedule: ['смысл срока', 'meaning of the term'],
  scope: ['чьи планы видны', 'whose plans are seen'],
  section: ['раздел', 'section'],
  sections: ['раздел', 'section'],
  settings: ['настройки', 'settings'],
  sha256: ['SHA-256', 'SHA-256'],
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
 * Returns the label of a changed field in a language: «срок: текст» for `activities[a1].timeframe.text`. Ids of list
 * items are left out. The names of printed columns and own wordings are as they were written.
 */
export function fieldLabel(path: string, language: Language): string {
  const [head = '', ...rest] = path
    .replace(/^activities\[[^\]]*\]\.?/, '')
    .replace(/\[[^[\]]*\]/g, '')
    .split('.');
  // What comes after these names was written by people and may have dots.
  const isWritten = head === 'extras' || head === 'wordings' || head === 'merged';
  const parts = isWritten ? [head, rest.join('.')] : [head, ...rest];
  return parts
    .filter((part) => part !== '')
    .map((part, index) => (isWritten && index > 0 ? part : labelOf(part, language)))
    .join(': ');
}

function labelOf(name: string, language: Language): string {
  const [ru, en] = FIELD_LABELS[name] ?? [name, name];
  return language === 'ru' ? ru : en;
}

/** Returns true if every part of a path has a label. */
export function hasLabel(path: string): boolean {
  return !/[a-z]/i.test(fieldLabel(path, 'ru').replace('SHA-256', ''));
}
