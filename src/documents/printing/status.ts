import type { PlanStatus } from '../../domain/plan.js';

/** Returns the lines that say that a plan is closed, withdrawn or cancelled; none for other plans. */
export function statusWords(status: PlanStatus): string[] {
  switch (status) {
    case 'CANCELLED':
      return ['План отменён'];
    case 'WITHDRAWN':
      return ['План отозван'];
    case 'CLOSED':
      return ['План закрыт'];
    case 'DRAFT':
    case 'ON_AGREEMENT':
    case 'AGREED':
    case 'APPROVED':
      return [];
  }
}
