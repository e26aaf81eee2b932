import { ROLE_TEXTS } from '../documents/printing/roles.js';
import { type ChronicleEvent, isOfOrganisation, isOfPlan } from '../domain/chronicle.js';
import { type Language, type Sentence, translation } from '../domain/language.js';
import {
  ORGANISATION_EVENTS,
  type OrganisationEventData,
  type OrganisationEventType,
} from '../domain/organisation/catalogue.js';
import { PLAN_EVENTS, type PlanEventOf, type PlanEventType } from '../domain/plan/catalogue.js';
import { quotable } from '../domain/texts.js';
import type { AuditBody } from '../projections/auditTrail.js';

/**
 * Returns the sentence for an event in the reader's language. Sentences are not stored, so a better wording changes no
 * record.
 */
export function auditSentence({ recorded, subject }: AuditBody, language: Language): string {
  const number = subject?.number ?? '';
  const row = subject ? `${number === '' ? '' : `${number}. `}«${quotable(subject.title)}»` : '';
  return translation(wording(recorded.event, row), language);
}

function wording(event: ChronicleEvent, row: string): Sentence {
  if (isOfPlan(event)) return planSentence(event, row);
  if (isOfOrganisation(event)) return organisationSentence(event);
  switch (event.type) {
    case 'PersonForgotten':
      return ['Имя человека удалено: ключ к нему уничтожен', 'The name of a person is erased: its key is destroyed'];
    case 'LogKeyRotated':
      return ['Журнал подписывается новым ключом', 'The log is signed by a new key'];
    case 'LogAccepted':
      return [
        `Журнал принят к подписи, хотя не совпал с якорем: записей ${event.data.accepted.size}`,
        `The log was accepted for signing although it did not match its anchor: ${event.data.accepted.size} entries`,
      ];
    case 'AccessIssued': {
      const { role, post, organisation } = event.data;
      const [ru, en] = ROLE_TEXTS[role];
      const whom = [post, organisation].map((part) => (part === null ? '' : `, ${part}`)).join('');
      return [`Выдан доступ: ${ru}${whom}`, `Access issued: ${en}${whom}`];
    }
    case 'AccessRotated':
      return ['Ключ доступа сменён', 'Key of an access rotated'];
    case 'SignInLinked':
      return event.data.formerAccessId === null
        ? ['Добавлен ещё один способ входа', 'Another way to sign in linked']
        : ['Прежний доступ того же человека связан с этим', 'Former access of the same person linked to this one'];
    case 'SignInUnlinked':
      return ['Способ входа убран', 'Way to sign in unlinked'];
    case 'AccessRenamed':
      return ['Доступ назван иначе', 'Access renamed'];
    case 'AccessGranted':
      return [
        `Открыт доступ к планам организаций: ${event.data.organisationIds.length}`,
        `Granted the plans of ${event.data.organisationIds.length} organisations`,
      ];
    case 'AccessWithdrawn':
      return [
        `Закрыт доступ к планам организаций: ${event.data.organisationIds.length}`,
        `Withdrawn from the plans of ${event.data.organisationIds.length} organisations`,
      ];
    case 'AccessRevoked':
      return ['Доступ отозван', 'Access revoked'];
    case 'WebhookAdded':
      return [`Изменения отправляются на ${event.data.url}`, `Changes are sent to ${event.data.url}`];
    case 'WebhookRotated':
      return ['Секрет веб-хука сменён', 'Secret of a webhook rotated'];
    case 'WebhookRemoved':
      return ['Отправка изменений прекращена', 'Changes are no more sent'];
  }
}

function planSentence<T extends PlanEventType>({ type, data }: PlanEventOf<T>, row: string) {
  return PLAN_EVENTS[type].sentence(data, row);
}

function organisationSentence<T extends OrganisationEventType>({
  type,
  data,
}: {
  readonly type: T;
  readonly data: OrganisationEventData[T];
}) {
  return ORGANISATION_EVENTS[type].sentence(data, '');
}
