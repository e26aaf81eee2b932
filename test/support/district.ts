import { registered } from './organisations.js';
import type { TestServer } from './server.js';

/** A department with its schools. Each school except the last has a plan in force. */
export interface District {
  readonly department: string;
  readonly schools: readonly { readonly id: string; readonly name: string; readonly planId: string | null }[];
}

const TERMS = ['до 20 сентября 2020 г.', 'октябрь 2020 г.', 'до 25 ноября 2020 г.', 'март 2021 г.'] as const;
const WORKS = ['Мониторинг сайта', 'Методический день', 'Семинар классных руководителей', 'Отчёт за год'] as const;

/**
 * Registers a district. The plan of each school has four activities, due on 20 September, 31 October and 25 November
 * 2020 and on 31 March 2021. Every other school has done the first one in time.
 */
export async function districtOf(server: TestServer, schools: number): Promise<District> {
  const department = await registered(server, { name: 'Отдел образования района' });
  const made: District['schools'][number][] = [];
  for (let number = 1; number <= schools; number += 1) {
    const name = `СОШ № ${String(number).padStart(2, '0')}`;
    const id = await registered(server, { name, parentId: department });
    const planId = number === schools ? null : await schoolPlan(server, id, name);
    if (planId !== null && number % 2 === 0) {
      const activityId = `${planId.replace('plan', 'activity')}.a1`;
      await server.done('completeActivity', { activityId, actualOn: '2020-09-18' });
    }
    made.push({ id, name, planId });
  }
  return { department, schools: made };
}

/** Imports the plan of a school as {@link districtOf} describes it, approves it and returns its id. */
export async function schoolPlan(server: TestServer, organisationId: string, name: string): Promise<string> {
  const rows = WORKS.map((work, index) => `${index + 1}.\t${work}\t${TERMS[index]}\tЗаместитель директора`);
  const text = [
    'Утверждаю',
    'Директор школы',
    'Е.Н. Филатова',
    '',
    `План работы ${name}`,
    'на 2020-2021 учебный год',
    '',
    '№\tнаименование\tсроки\tответственные',
    '1. Воспитательная работа\t\t\t',
    ...rows,
  ];
  const content = Buffer.from(text.join('\n')).toString('base64');
  const { plan } = await server.done('importPlan', { fileName: `${name}.txt`, content, organisationId });
  const approval = { planId: plan.id, reason: 'Подлинник', underControlFrom: '2020-09-01' };
  await server.done('confirmPrintedApproval', approval);
  return plan.id;
}
