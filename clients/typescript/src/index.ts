export { type CopyOptions, type CopyProgress, type CopyStep, type CopyStore, copy, keepCopy } from './copy.js';
export { directoryStore } from './directoryStore.js';
export { LetopisError } from './errors.js';
export { type Change, type FollowOptions, follow } from './follow.js';
export type { ErrorCode } from './generated/errorCodes.js';
export type { Connection, Options } from './http.js';
export { type Activity, type Plan, type PlanOptions, readPlan } from './plans.js';
export { request, type TypedDocument } from './request.js';
export {
  type ReceivedWebhook,
  verifyWebhook,
  WebhookError,
  type WebhookEvent,
  type WebhookProblem,
} from './webhook.js';
