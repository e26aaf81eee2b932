import { noticedText, readingText } from '../documents/printing/noticed.js';
import type { previewOf } from '../documents/printing/preview.js';
import { asksForReview, type Irregularity } from '../domain/irregularities.js';
import type { AdministratorKey } from './administratorKey.js';
import type { Config } from './config.js';

/**
 * Returns the text that is printed when the server is ready: address, administrator's key, three queries to try. The
 * key itself is printed only when it was created by this start.
 *
 * @param link opens the page and signs the administrator in. Undefined when the output may be stored, as in the log of a
 *   service: then neither the link nor the key is printed.
 */
export function startText(address: string, key: AdministratorKey, settings: Config, link: string | undefined): string {
  const isShown = link !== undefined && key.from === 'new';
  const clock = settings.LETOPIS_CLOCK
    ? `\n*** ЧАСЫ СДВИНУТЫ / THE CLOCK IS NOT THE REAL ONE: LETOPIS_CLOCK=${settings.LETOPIS_CLOCK} ***\n`
    : '';
  if (!settings.LETOPIS_ROLES.has('api')) {
    return `${clock}
Летопись / Letopis: ${[...settings.LETOPIS_ROLES].join(', ')}
Состояние / health: ${address}/health/ready

Ctrl-C останавливает / stops.`;
  }
  return `${clock}
Летопись / Letopis: ${address}        GraphQL: ${address}/graphql        GraphiQL: ${address}/explorer
Войти на страницу (ссылка действует один раз, 15 минут) / sign in to the page (works once, for 15 minutes):
  ${link ?? 'letopis sign-in'}
Ключ администратора / local administrator key:
  ${isShown ? key.token : whereIs(key)}

Запросы для GraphiQL (ключ — в «Headers») или curl / queries for GraphiQL (put the key into «Headers») or curl:
  1. { plans { nodes { id title status sections { numberText title } } } }
  2. { activities(on: "2021-01-01", filter: { timing: [OVERDUE] }) { nodes { number title due timing } totalCount } }
  3. { auditTrail(last: 3) { nodes { recordedAt sentence reason actor { role } } } }

  curl -s ${address}/graphql -H 'Authorization: Bearer ${isShown ? key.token : '<ключ / key>'}' \\
    -H 'Content-Type: application/json' -d '{"query":"{ plans { nodes { id title status } } }"}'

Ctrl-C останавливает / stops.`;
}

function whereIs({ from, file }: AdministratorKey): string {
  return from === 'configured'
    ? 'задан в LETOPIS_BOOTSTRAP_KEY / given by LETOPIS_BOOTSTRAP_KEY'
    : `в файле / in ${file}; показать / print it: letopis keys bootstrap`;
}

/** Returns the preview of an import as text for people. */
export function previewText(preview: ReturnType<typeof previewOf>): string {
  const { title, period, approvals, sections } = preview;
  const head = [
    title,
    period
      ? `Период: ${period.start} … ${period.end} («${period.text ?? ''}»)`
      : 'Период не найден: укажите его в плане',
    ...approvals.map(
      ({ marker, position, person, date }) => `${marker}: ${position}, ${person ?? '—'}, дата: ${date ?? 'не указана'}`,
    ),
  ];
  const rows = sections.flatMap((section) => [
    '',
    [section.numberText, section.title].filter((part) => part !== null).join(' '),
    ...section.activities.flatMap((activity) => [
      `  ${activity.number ?? '—'}. ${activity.title}`,
      ...activity.subItems.map((item) => `       - ${item}`),
      ...Object.entries(activity.extras ?? {}).map(([name, text]) => `     ${name}: ${text}`),
      `     срок: ${activity.timeframeText} → ${readingText(activity.timeframe)}${activity.timeframe.confidence === 'assumed' ? ' (предположение)' : ''}`,
      ...activity.timeframe.alternatives.map((other) => `       или: ${readingText(other)}`),
      `     ответственные: ${activity.responsible.join('; ')}`,
      ...activity.irregularities.map((noticed) => `     ${signOf(noticed)} ${noticedText(noticed)}`),
    ]),
  ]);
  const noticed = preview.documentIrregularities.map((each) => `${signOf(each)} ${noticedText(each)}`);
  return [...head, ...rows, '', ...noticed].join('\n');
}

/** Returns «?» for an irregularity that needs a review, «·» for a repair that changed no word. */
function signOf(noticed: Irregularity): string {
  return asksForReview(noticed) ? '?' : '·';
}
