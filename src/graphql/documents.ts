import type { FastifyInstance } from 'fastify';
import { checkExport, exportedPlan } from '../application/exporting.js';
import { EXPORT_FORMATS, formatOf, isExportFormat } from '../documents/printing/formats.js';
import type { PaperToPrint } from '../documents/printing/paperToPrint.js';
import type { Context } from './context.js';
import { apiError, orApiError } from './errors.js';
import { parseId } from './ids.js';
import { describedBy, queryNames, routeOperation } from './openapi/operation.js';
import { checkParameters, parameter, type RestHandlers, type UrlParameters } from './rest.js';
import { seenPlan } from './scope/plans.js';
import { inTurn, turnOf } from './turns.js';

/**
 * Serves printed plans: `GET /plans/{id}.{docx|xlsx|html|csv|json|ics|text}`. `?execution` adds the column of
 * execution, `?month=2020-10` makes an extract, `?report=QUARTER&day=2020-11-30` a report on execution, `?compare=1..2`
 * a comparison of two editions, days or revisions, `?party=…` the calendar of one party. Errors are problem
 * details with the codes of the API.
 */
export function serveDocuments(app: FastifyInstance, rest: RestHandlers): void {
  app.get<{ Params: { file: string }; Querystring: UrlParameters }>(
    '/plans/:file',
    describedBy({ get: DOCUMENT }),
    rest('GET /plans/{file}', 'document', async (context, { params, query }) => {
      const file = await exportedDocument(context, params.file, query);
      const place = file.isShown ? 'inline' : 'attachment';
      const headers = {
        'content-type': file.contentType,
        'cache-control': 'private, no-store',
        'content-disposition': `${place}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      };
      return { headers, content: Buffer.from(file.content) };
    }),
  );
}

const DOCUMENT = routeOperation({
  summary: 'A plan as a document',
  tag: 'Files',
  access: 'key',
  path: {
    file: [
      `The id of a plan and a format: ${EXPORT_FORMATS.map((format) => `.${format}`).join(', ')}.`,
      { type: 'string', pattern: `^plan_[0-9a-f-]+\\.(${EXPORT_FORMATS.join('|')})$` },
    ],
  },
  query: {
    execution: 'With the column of execution, unless the value is `false`.',
    month: ['An extract of a month.', { type: 'string', pattern: '^\\d{4}-\\d{2}$' }],
    report: ['A report on execution for a period.', { type: 'string' }],
    day: ['Last day of the report, or the day of the calendar.', { type: 'string', format: 'date' }],
    compare: 'A comparison of two editions, days or revisions, such as `1..2`.',
    party: 'The calendar of this responsible party.',
  },
  responses: {
    200: [
      'The document.',
      Object.fromEntries(
        EXPORT_FORMATS.map((format) => {
          const [type = ''] = formatOf(format).contentType.split(';');
          return [type, format === 'json' ? { type: 'object' } : type.startsWith('text/') ? { type: 'string' } : {}];
        }),
      ),
    ],
  },
});

async function exportedDocument(context: Context, file: string, query: UrlParameters) {
  const dot = file.lastIndexOf('.');
  const format = file.slice(dot + 1);
  if (dot < 0 || !isExportFormat(format)) {
    throw apiError('BAD_USER_INPUT', `Ask for /plans/ID.${EXPORT_FORMATS.join(', .')}; the id is that of the API.`);
  }
  const { uuid } = parseId(file.slice(0, dot), 'plan');
  const seen = await seenPlan(context, uuid);
  if (!seen) throw apiError('NOT_FOUND', 'There is no such plan.');
  const { plan } = seen;
  checkParameters(query, queryNames(DOCUMENT));
  const text = (name: string) => parameter(query, name);
  const execution = query.execution !== undefined && query.execution !== 'false';
  const options = {
    format,
    execution,
    month: text('month'),
    party: text('party'),
    report: text('report'),
    day: text('day'),
    compare: text('compare'),
  };
  // Only callers who may read the audit trail get audit entries.
  const events = context.may('audit') ? seen.events : { readStream: async () => [] };
  const { print } = context.names;
  const press = (paper: PaperToPrint) => inTurn(context.documents.print(paper, turnOf(context)));
  const exported = async () => {
    if (checkExport(options).looksBack) context.demand('audit');
    return exportedPlan({ planId: uuid, plan, events, now: context.now(), print, press }, options);
  };
  return { ...(await orApiError(exported())), isShown: format === 'html' || format === 'json' };
}
