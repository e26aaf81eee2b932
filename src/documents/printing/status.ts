import type { PlanStatus } from '../../domain/plan.js';

/** A paper of a plan that holds no more must say so. */
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
