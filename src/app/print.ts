import { noticedText } from '../documents/printing/noticed.js';
import { headLines, type previewOf } from '../documents/printing/preview.js';
import { asksForReview, type Irregularity } from '../domain/irregularities.js';
import { type Bilingual, type Language, type Sentence, translation } from '../domain/language.js';
import { readingText } from '../domain/scheduleText.js';
import type { AdministratorKey } from './administratorKey.js';
import type { Config } from './config.js';

/**
 * Returns the text that is printed when the server is ready: address, administrator's key, three queries to try. The
 * key itself is printed only when it was created by this start.
 *
 * @param link opens the page and signs the administrator in. Undefined when the output may be stored, as in the log of
 *   a service: then neither the link nor the key is printed.
 */
export function startText(
  address: string,
  key: AdministratorKey,
  settings: Config,
  link: string | undefined,
): Bilingual {
  const { LETOPIS_CLOCK: clock, LETOPIS_ROLES: roles } = settings;
  const isShown = link !== undefined && key.from === 'new';
  const where = whereIs(key);
  const warned = {
    ru: clock ? `\n*** ЧАСЫ СДВИНУТЫ: LETOPIS_CLOCK=${clock} ***\n` : '',
    en: clock ? `\n*** THE CLOCK IS NOT THE REAL ONE: LETOPIS_CLOCK=${clock} ***\n` : '',
  };
  if (!roles.has('api')) {
    return {
      ru: `${warned.ru}\nЛетопись: ${[...roles].join(', ')}\nСостояние: ${address}/health/ready\n\nCtrl-C останавливает.`,
      en: `${warned.en}\nLetopis: ${[...roles].join(', ')}\nHealth: ${address}/health/ready\n\nCtrl-C stops.`,
    };
  }
  const addresses = `${address}        GraphQL: ${address}/graphql        GraphiQL: ${address}/explorer`;
  const signIn = link ?? 'npx letopis sign-in';
  return {
    ru: `${warned.ru}
Летопись: ${addresses}
Войти на страницу (ссылка действует один раз, 15 минут):
  ${signIn}
Ключ администратора:
  ${isShown ? key.token : where.ru}

Запросы для GraphiQL (ключ — в поле над запросом) или curl:
${queriesToTry(address, isShown ? key.token : '<ключ>')}

Ctrl-C останавливает.`,
    en: `${warned.en}
Letopis: ${addresses}
Sign in to the page (the link works once, for 15 minutes):
  ${signIn}
Key of the local administrator:
  ${isShown ? key.token : where.en}

Queries for GraphiQL (the key goes into the field above the query) or curl:
${queriesToTry(address, isShown ? key.token : '<key>')}

Ctrl-C stops.`,
  };
}

function queriesToTry(address: string, token: string): string {
  return `  1. { plans { nodes { id title status sections { numberText title } } } }
  2. { activities(on: "2021-01-01", filter: { timing: [OVERDUE] }) { nodes { number title due timing } totalCount } }
  3. { auditTrail(last: 3) { nodes { recordedAt sentence reason actor { role } } } }

  curl -s ${address}/graphql -H 'Authorization: Bearer ${token}' \\
    -H 'Content-Type: application/json' -d '{"query":"{ plans { nodes { id title status } } }"}'`;
}

function whereIs({ from, file }: AdministratorKey): Bilingual {
  return from === 'configured'
    ? { ru: 'задан в LETOPIS_BOOTSTRAP_KEY', en: 'given by LETOPIS_BOOTSTRAP_KEY' }
    : {
        ru: `в файле ${file}; показать его: npx letopis keys bootstrap`,
        en: `in ${file}; to print it: npx letopis keys bootstrap`,
      };
}

/** Returns the preview of an import as text for people. Quotes of the document are not translated. */
export function previewText(preview: ReturnType<typeof previewOf>, language: Language): string {
  const { title, sections } = preview;
  const { period, approvals } = headLines(preview, language);
  const word = (...both: Sentence) => translation(both, language);
  const reading = (schedule: Parameters<typeof readingText>[0]) => readingText(schedule, language);
  const head = [title, period, ...approvals];
  const rows = sections.flatMap((section) => [
    '',
    [section.numberText, section.title].filter((part) => part !== null).join(' '),
    ...section.activities.flatMap((activity) => [
      `  ${activity.number ?? '—'}. ${activity.title}`,
      ...activity.subItems.map((item) => `       - ${item}`),
      ...Object.entries(activity.extras ?? {}).map(([name, text]) => `     ${name}: ${text}`),
      `     ${word('срок', 'timeframe')}: ${activity.timeframeText} → ${reading(activity.timeframe)}${activity.timeframe.confidence === 'assumed' ? word(' (предположение)', ' (assumed)') : ''}`,
      ...activity.timeframe.alternatives.map((other) => `       ${word('или', 'or')}: ${reading(other)}`),
      `     ${word('ответственные', 'responsible')}: ${activity.responsible.join('; ')}`,
      ...activity.irregularities.map((noticed) => `     ${signOf(noticed)} ${noticedText(noticed, language)}`),
    ]),
  ]);
  const noticed = preview.documentIrregularities.map((each) => `${signOf(each)} ${noticedText(each, language)}`);
  return [...head, ...rows, '', ...noticed].join('\n');
}

/** Returns «?» for an irregularity that needs a review, «·» for a repair that changed no word. */
function signOf(noticed: Irregularity): string {
  return asksForReview(noticed) ? '?' : '·';
}
