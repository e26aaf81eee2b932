import type { Language } from '../application/wordings.js';
import type { ChronicleEvent } from '../domain/chronicle.js';
import type { AuditBody } from '../projections/auditTrail.js';

/** What happened, as a sentence in the reader's language. Worded when read, so that a better wording changes no record. */
export function auditSentence({ recorded, subject }: AuditBody, language: Language): string {
  const number = subject?.number ?? '';
  const row = subject ? `${number === '' ? '' : `${number}. `}«${shortened(subject.title)}»` : '';
  const [ru, en] = wording(recorded.event, row);
  return language === 'ru' ? ru : en;
}

function shortened(title: string): string {
  return title.length > 90 ? `${title.slice(0, 90).trimEnd()}…` : title;
}

function wording(event: ChronicleEvent, row: string): readonly [ru: string, en: string] {
  switch (event.type) {
    case 'PlanDrafted':
      return [`Начат план «${shortened(event.data.title)}»`, `Plan «${shortened(event.data.title)}» begun`];
    case 'PlanImported':
      return [
        `План загружен из файла ${event.data.fileName}: разделов ${event.data.sections}, мероприятий ${event.data.activities}`,
        `Plan imported from ${event.data.fileName}: ${event.data.sections} sections, ${event.data.activities} activities`,
      ];
    case 'PlanImportAbandoned':
      return ['Незаконченная загрузка отменена', 'Unfinished import given up'];
    case 'PlanDetailsChanged':
      return ['Изменены сведения о плане', 'Details of the plan changed'];
    case 'PlanAssigned':
      return ['План передан другой организации', 'Plan put under another organisation'];
    case 'SectionAdded':
      return [`Добавлен раздел «${event.data.title}»`, `Section «${event.data.title}» added`];
    case 'SectionChanged':
      return [`Изменён раздел «${event.data.title}»`, `Section «${event.data.title}» changed`];
    case 'SectionRemoved':
      return ['Удалён раздел', 'Section removed'];
    case 'ActivityPlanned':
      return [`Запланировано: ${row}`, `Planned: ${row}`];
    case 'ActivityReworded':
      return [`Изложено в новой редакции: ${row}`, `Reworded: ${row}`];
    case 'ActivityRescheduled':
      return [
        `Новый срок «${event.data.timeframe.text}»: ${row}`,
        `Rescheduled to «${event.data.timeframe.text}»: ${row}`,
      ];
    case 'ActivityReassigned':
      return [`Изменены ответственные: ${row}`, `Responsible parties changed: ${row}`];
    case 'ActivityMoved':
      return [`Перемещено: ${row}`, `Moved: ${row}`];
    case 'ActivityRemoved':
      return [`Удалено из проекта: ${row}`, `Removed from the draft: ${row}`];
    case 'ActivityExcluded':
      return [`Исключено из плана: ${row}`, `Excluded from the plan: ${row}`];
    case 'PlanSubmitted':
      return ['План направлен на согласование', 'Plan submitted'];
    case 'PlanAgreed':
      return [`${event.data.stamp.marker}: ${event.data.stamp.post}`, `Agreed: ${event.data.stamp.post}`];
    case 'PlanReturned':
      return [`План возвращён: ${shortened(event.data.remarks)}`, `Plan returned: ${shortened(event.data.remarks)}`];
    case 'PlanApproved':
      return [`План утверждён: ${event.data.stamp.post}`, `Plan approved: ${event.data.stamp.post}`];
    case 'PrintedApprovalConfirmed':
      return ['Подтверждено утверждение на бумаге', 'Approval on paper confirmed'];
    case 'PlanAmended':
      return [`Внесены изменения, редакция ${event.data.edition}`, `Amended, edition ${event.data.edition}`];
    case 'PlanClosed':
      return ['План закрыт', 'Plan closed'];
    case 'ActivityCompleted':
      return [`Выполнено ${event.data.actualOn}: ${row}`, `Completed on ${event.data.actualOn}: ${row}`];
    case 'ProgressRecorded': {
      const { actualOn, count, subItem } = event.data;
      const much = count === null ? '' : ` (${count})`;
      const [ru, en] = subItem === null ? ['', ''] : [`, подпункт ${subItem}`, `, sub-item ${subItem}`];
      return [`Сделано ${actualOn}${much}${ru}: ${row}`, `Progress on ${actualOn}${much}${en}: ${row}`];
    }
    case 'CompletionWithdrawn':
      return [`Отметка о выполнении отменена: ${row}`, `Completion withdrawn: ${row}`];
    case 'ReportSubmitted':
      return [`Представлен отчёт: ${row}`, `Report submitted: ${row}`];
    case 'PlanWithdrawn':
      return ['План отозван', 'Plan withdrawn'];
    case 'PlanCancelled':
      return ['Действие плана прекращено', 'Plan cancelled'];
    case 'RescheduleRequested': {
      const { text } = event.data.timeframe;
      const [ru, en] = event.data.late ? [' (после срока)', ' (after the due day)'] : ['', ''];
      return [`Просят перенести на «${text}»${ru}: ${row}`, `Asked to move to «${text}»${en}: ${row}`];
    }
    case 'RescheduleRefused':
      return [`В переносе срока отказано: ${row}`, `Another term refused: ${row}`];
    case 'WordingResolved':
      return [`Уточнено, как понимать срок: ${row}`, `Settled what the term means: ${row}`];
    case 'AccountableConfirmed':
      return [`Подтверждено, кто отчитывается: ${row}`, `Accountable party confirmed: ${row}`];
    case 'PlanCopied':
      return [
        `План составлен по прошлому: мероприятий ${event.data.activities}, не завершено ${event.data.unfinished}, вопросов ${event.data.questions}`,
        `Plan copied from last year’s: ${event.data.activities} activities, ${event.data.unfinished} unfinished, ${event.data.questions} questions`,
      ];
    case 'PeriodReportIssued': {
      const { start, end } = event.data.window;
      return [`Отчёт за период ${start} … ${end}`, `Report on ${start} … ${end}`];
    }
    case 'ReportWithdrawn':
      return [`Отчёт отозван: ${row}`, `Report withdrawn: ${row}`];
    case 'ReportAccepted':
      return [`Отчёт принят, снято с контроля: ${row}`, `Report accepted: ${row}`];
    case 'ReportReturned':
      return [`Отчёт возвращён на доработку: ${row}`, `Report returned: ${row}`];
    case 'OrganisationRegistered':
      return [`Зарегистрирована организация ${event.data.name}`, `Organisation ${event.data.name} registered`];
    case 'OrganisationDetailsChanged':
      return [`Изменены сведения об организации ${event.data.name}`, `Details of ${event.data.name} changed`];
    case 'SettingsChanged':
      return ['Изменены настройки контроля', 'Settings of control changed'];
    case 'PartiesMerged':
      return [
        `Написания одного ответственного: ${[event.data.into, ...event.data.keys].map((key) => `«${key}»`).join(', ')}`,
        `Wordings of one party: ${[event.data.into, ...event.data.keys].map((key) => `«${key}»`).join(', ')}`,
      ];
    case 'PartySeparated':
      return [
        `Написание «${event.data.key}» снова отдельный ответственный`,
        `«${event.data.key}» is a party of its own again`,
      ];
    case 'OrganisationReportIssued': {
      const { start, end } = event.data.window;
      return [
        `Отчёт организации за период ${start} … ${end}, планов ${event.data.plans}`,
        `Report of the organisation on ${start} … ${end}, ${event.data.plans} plans`,
      ];
    }
    case 'PersonForgotten':
      return ['Имя человека удалено: ключ к нему уничтожен', 'The name of a person is erased: its key is destroyed'];
    case 'LogKeyRotated':
      return ['Журнал подписывается новым ключом', 'The log is signed by a new key'];
    case 'LogAccepted':
      return [
        `Журнал принят к подписи, хотя не совпал с якорем: записей ${event.data.accepted.size}`,
        `The log was accepted for signing although it did not match its anchor: ${event.data.accepted.size} entries`,
      ];
    case 'AccessIssued':
      return [`Выдан доступ: роль «${event.data.role}»`, `Access issued: role «${event.data.role}»`];
    case 'AccessRotated':
      return ['Ключ доступа сменён', 'Key of an access rotated'];
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
    case 'DeadlineMissed':
      return [`Срок ${event.data.dueOn} пропущен: ${row}`, `Deadline ${event.data.dueOn} missed: ${row}`];
  }
}
