import type { FastifyInstance } from 'fastify';
import { documentText } from '../documents/printing/dates.js';
import { ROLE_TEXTS } from '../documents/printing/roles.js';
import { CSV_BEGINNING, csvLine } from '../documents/printing/sheets.js';
import type { Basis } from '../domain/actor.js';
import { asInstant } from '../domain/dates.js';
import type { Filter } from '../engine/readstore/port.js';
import { type AuditBody, type AuditedEvent, auditTrail } from '../projections/auditTrail.js';
import { type AuditFilter, auditConditions } from './auditFilter.js';
import type { Context } from './context.js';
import { apiError } from './errors.js';
import { component, describedBy, type JsonSchema, routeOperation } from './openapi/operation.js';
import { pagedTexts } from './pagedFile.js';
import { AUDIT_ORDERS } from './queries/history.js';
import { checkParameters, parameter, type RestHandlers, type UrlParameters } from './rest.js';
import { find } from './scope/documents.js';
import { type AuditEntry, entryType } from './types/history.js';

/** Entries of one page, which is also the maximum that is held in memory. */
const ENTRIES_PER_PAGE = 200;

/**
 * Serves the audit trail as a file, oldest entry first: `GET /audit.jsonl` and `/audit.csv`. The parameters are the
 * fields of `AuditFilter` (`?planId=…&text=…`). `?after=` resumes after the position of an entry, as after an
 * interrupted download.
 */
export function serveAudit(app: FastifyInstance, rest: RestHandlers): void {
  for (const [format, { type, schema, ...writer }] of Object.entries(AUDIT_FORMATS)) {
    app.get<{ Querystring: UrlParameters }>(
      `/audit.${format}`,
      describedBy({ get: auditOperation(type, schema) }),
      rest(`GET /audit.${format}`, 'auditFile', async (context, { query }) => {
        const after = parameter(query, 'after');
        const filter: Filter = [
          ...auditConditions(filterFrom(query)),
          { field: 'at', op: 'range', after: after === null ? '' : await context.positions.native(after) },
        ];
        await context.freshness.atLeast(parameter(query, 'atLeast'));
        await context.fresh();
        const headers = {
          'content-type': type,
          'cache-control': 'private, no-store',
          'content-disposition': `attachment; filename="audit.${format}"`,
        };
        return { headers, content: auditFile(context, filter, writer) };
      }),
    );
  }
}

/** The format in which entries are written as a file. */
export interface AuditWriter {
  /** Text before the first entry. */
  readonly beginning: string;
  /** Returns the text of an entry. */
  readonly line: (entry: AuditEntry, recorded: AuditedEvent, position: string) => string;
}

/** The file formats of the audit trail, by their endings. */
export const AUDIT_FORMATS = {
  jsonl: {
    type: 'application/jsonl; charset=utf-8',
    schema: { type: 'string', 'x-line-schema': component('AuditLine') },
    beginning: '',
    line: (entry: AuditEntry) => `${JSON.stringify(entryJson(entry))}\n`,
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    schema: { type: 'string' },
    beginning: `${CSV_BEGINNING}${csvLine([
      ...[
        'Записано',
        'Действует с',
        'Что сделано',
        'Роль',
        'Должность',
        'Кто',
        'Организация',
        'За кого',
        'Ключ или программа',
        'Причина',
        'Основание',
      ],
      ...['Изменения', 'Редакция', 'План', 'Мероприятие', 'Чей доступ', 'Запись', 'Место в летописи'],
    ])}`,
    line: (entry: AuditEntry, { actor, basis }: AuditedEvent, position: string) =>
      csvLine([
        ...[entry.recordedAt, entry.effectiveOn, entry.sentence],
        ...[ROLE_TEXTS[actor.role][0], entry.actor.post, entry.actor.name, entry.actor.organisation],
        ...[entry.onBehalfOf, entry.client],
        ...[entry.reason, basisText(basis)],
        entry.changes.map(({ label, before, after }) => `${label}: ${before ?? '—'} → ${after ?? '—'}`).join('\n'),
        ...[String(entry.edition), entry.planId, entry.activityId, entry.accessOf?.name ?? null, entry.id, position],
      ]),
  },
} as const;

/** Yields the entries that match a filter as texts, oldest first. Names in a text are read when it is yielded. */
export function auditFile(context: Context, filter: Filter, { beginning, line }: AuditWriter): AsyncGenerator<string> {
  return pagedTexts<AuditBody>(
    beginning,
    async (last) => {
      const passed: Filter = last ? [{ field: 'at', op: 'range', after: last.recorded.position }] : [];
      const request = {
        filter: [...filter, ...passed],
        order: AUDIT_ORDERS.orderOf(null).terms,
        limit: ENTRIES_PER_PAGE,
      };
      const { bodies, more } = await find(context, auditTrail, request);
      return { items: bodies, more };
    },
    (bodies) =>
      bodies
        .map((body) =>
          line(
            entryType(context, body),
            body.recorded,
            context.positions.token(body.recorded.position, body.recorded.id),
          ),
        )
        .join(''),
  );
}

function basisText(basis: Basis | null): string | null {
  if (basis === null) return null;
  return basis.kind === 'document' ? documentText(basis.document) : 'без документа';
}

/** Returns an entry with roles and document types named as in the API. */
function entryJson({ actor, accessOf, basis, ...entry }: AuditEntry) {
  const document = basis?.document && { ...basis.document, type: basis.document.type.toUpperCase() };
  return {
    ...entry,
    actor: personJson(actor),
    accessOf: accessOf && personJson(accessOf),
    basis: basis && { ...basis, document },
  };
}

function personJson({ role, post, organisation, name, holder }: AuditEntry['actor']) {
  return { role: role.toUpperCase(), post, organisation, name, holder };
}

/** Parameters that are fields of `AuditFilter` and are passed on unchanged. */
const FILTERS = {
  planId: 'Of this plan.',
  organisationId: 'Of this organisation.',
  sectionId: 'Of this section.',
  activityId: 'Of this activity.',
  partyId: 'About this responsible party.',
  actorId: 'By this holder of access.',
  orderNumber: 'On the basis of the document with this number.',
  text: 'With words that begin with these.',
} as const;

/** All parameters of the file. */
const AUDIT_PARAMETERS = {
  ...FILTERS,
  eventType: 'Of these types, separated by commas.',
  from: ['Recorded at this moment or later.', { type: 'string', format: 'date-time' }],
  to: ['Recorded before this moment.', { type: 'string', format: 'date-time' }],
  after: 'After this position: of the last entry that was received.',
  atLeast: 'Wait until the read models have passed this position.',
} as const;

function auditOperation(contentType: string, schema: JsonSchema) {
  const [type = ''] = contentType.split(';');
  return routeOperation({
    summary: 'The audit trail, one entry on each line, oldest first',
    tag: 'Files',
    access: 'key',
    query: AUDIT_PARAMETERS,
    responses: { 200: ['The entries.', { [type]: schema }] },
  });
}

function filterFrom(query: UrlParameters): AuditFilter {
  checkParameters(query, Object.keys(AUDIT_PARAMETERS));
  const types = parameter(query, 'eventType');
  return {
    ...Object.fromEntries(Object.keys(FILTERS).map((name) => [name, parameter(query, name)])),
    eventType: types === null ? null : types.split(','),
    from: momentFrom(query, 'from'),
    to: momentFrom(query, 'to'),
  };
}

function momentFrom(query: UrlParameters, name: string): Date | null {
  const text = parameter(query, name);
  const at = text === null ? undefined : asInstant(text);
  if (text !== null && at === undefined) {
    throw apiError('BAD_USER_INPUT', `${name} is a moment such as 2020-10-01T09:00:00Z.`);
  }
  return at === undefined ? null : new Date(at);
}
