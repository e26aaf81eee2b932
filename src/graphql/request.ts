import type { Logger } from 'pino';
import type { Authentication } from '../access/authentication.js';
import type { Caller } from '../access/principal.js';
import type { ReadWay } from '../access/readings.js';
import type { Language } from '../domain/language.js';
import type { CachedAnswer, ResponseCache } from './answers/answers.js';
import type { ChildListCache } from './answers/lists.js';
import type { OwnWrites } from './answers/ownWrites.js';
import type { Visible } from './answers/visibility.js';
import { Context } from './context.js';
import type { ExecutionScope } from './executionScope.js';
import type { Deadline } from './executor/deadline.js';
import { type TurnTask, turns } from './executor/turns.js';
import type { Budget } from './limits/budget.js';
import type { Hub, Subscription } from './live/hub.js';
import { answerAgain, type GraphQLAnswer, refusedAnswer } from './request/answer.js';
import { cachePlace, questionOf } from './request/cachedAnswers.js';
import {
  type CheckedOperation,
  checkedOperation,
  checkVariables,
  type Documents,
  type GraphQLRequest,
  isQuery,
  isSubscription,
  type RefusedOperation,
  wrongPlace,
} from './request/document.js';
import { costIn, ending } from './request/ending.js';
import { execute } from './request/execute.js';
import { asGraphQLError } from './request/faults.js';
import { languageOf } from './request/language.js';
import { storeWarnings } from './request/warnings.js';
import { type ClientConnection, type Door, Identification, unauthenticated } from './request/who.js';
import type { Services } from './services.js';

/**
 * Expected times of the document stage, in milliseconds: for a cached document, and for one that is parsed and
 * validated. Many requests may come to it at the same moment.
 */
const KNOWN_DOCUMENT_MS = 0.1;
const NEW_DOCUMENT_MS = 3;

/** Dependencies of the request stages. */
export interface RequestParts {
  readonly services: Services;
  readonly authentication: Authentication;
  readonly budget: Budget;
  readonly cache: ResponseCache;
  readonly lists: ChildListCache;
  readonly ownWrites: OwnWrites;
  readonly documents: Documents;
  readonly hub: Hub;
  readonly log: Logger;
}

/** An authenticated request. */
export interface Visit {
  readonly caller: Caller;
  readonly budgetKey: string;
  /** The request as it waits for turns on the event loop. */
  readonly task: TurnTask;
  readonly language: Language;
  readonly deadline: Deadline;
  /** The connection of the client; undefined when its end cannot be detected. */
  readonly client: ClientConnection | undefined;
}

/** The limits that a context gets from its operation: none for subscriptions, and no time limit for commands. */
type ContextBounds = Partial<Pick<ExecutionScope, 'deadline' | 'share' | 'lastEventId'>>;

/** The outcome of an operation: its response, and the name of the question if the answer is cached. */
export interface Answered {
  readonly answer: GraphQLAnswer;
  readonly question: string | undefined;
}

/**
 * Handles requests in the same stages for every transport (HTTP, WebSocket, server-sent events; see http/):
 * authentication, budget, cached answer, document, executor (resolvers, readers), ending. Each stage is a function in a
 * separate file below request/.
 */
export class Requests {
  constructor(readonly parts: RequestParts) {}

  /** Begins to find the sender of a request. Call it once for each request. */
  identify(door: Door): Identification {
    const { authentication, services, log } = this.parts;
    return new Identification(authentication, door, services.limits.queryMs, log);
  }

  /**
   * Admits a request whose sender is authenticated.
   *
   * @param client the connection of the client. Omitted: its end cannot be detected.
   * @throws GraphQLError UNAUTHENTICATED, INVALID_KEY, UNAVAILABLE
   */
  async enter(identification: Identification, client?: ClientConnection): Promise<Visit> {
    const { caller, budgetKey } = await identification.who;
    const { authorization, language } = identification.door;
    if (!caller) throw unauthenticated(authorization);
    const task = turns.newTask(budgetKey);
    return { caller, budgetKey, task, language: languageOf(language), deadline: identification.rest(), client };
  }

  /** Answers a query or a mutation: the stages after authentication. Never rejects: errors are in the response. */
  async answer(asked: GraphQLRequest, visit: Visit): Promise<Answered> {
    const { budget, cache, documents, ownWrites, services, log } = this.parts;
    try {
      checkVariables(asked.variables);
      return await budget.work(visit.task, visit.deadline, async (share) => {
        const showsOwnWrites = ownWrites.areShownTo(visit.budgetKey);
        const known = showsOwnWrites ? documents.known(asked.query) : undefined;
        const found = await visit.deadline.race(cachePlace(cache, known, asked, visibleTo(visit)));
        const kept = found && cache.at(found.key, found.moment);
        if (kept) return this.#again(kept, asked);
        const operation = await this.#checkedInTurn(asked, visit);
        if ('errors' in operation) return refusedRequest(refusedAnswer(operation.errors, log));
        if (isSubscription(operation)) return refusedRequest(refusedAnswer(wrongPlace(SUBSCRIPTIONS).errors, log));
        const deadline = isQuery(operation) ? visit.deadline : undefined;
        if (!showsOwnWrites) await deadline?.race(ownWrites.shownTo(visit.budgetKey));
        const context = this.contextFor(visit, 'query', { deadline, share });
        const place = deadline && (found ?? (await deadline.race(cachePlace(cache, operation.known, asked, context))));
        const result = await execute(operation, undefined, context);
        const ended = { asked, operation, place, deadline, maxCost: services.limits.maxCost };
        return ending({ cache, log }, ended, result, context);
      });
    } catch (error) {
      return refusedRequest(refusedAnswer([asGraphQLError(error)], log));
    }
  }

  /** Opens a subscription. Returns the error response when that fails. */
  async subscribe(asked: GraphQLRequest, visit: Visit, lastEventId?: string): Promise<Subscription | GraphQLAnswer> {
    const { budget, hub, log } = this.parts;
    try {
      checkVariables(asked.variables);
      const opened = await budget.work(visit.task, visit.deadline, async () => {
        const operation = await this.#checkedInTurn(asked, visit);
        if ('errors' in operation) return operation;
        if (!isSubscription(operation)) return wrongPlace(NO_SUBSCRIPTION);
        const context = this.contextFor(visit, 'subscription', { lastEventId: lastEventId || undefined });
        return hub.open(operation, context, (work) => budget.work(turns.newTask(visit.budgetKey), undefined, work));
      });
      if ('errors' in opened) return refusedAnswer(opened.errors, log);
      return { tell: (sink, signal) => countedRequest(budget, visit, () => opened.tell(sink, signal)) };
    } catch (error) {
      return refusedAnswer([asGraphQLError(error)], log);
    }
  }

  /** Returns the context for the resolvers of a request. */
  contextFor({ caller, task, language, client }: Visit, way: ReadWay, bounds: ContextBounds): Context {
    const { services, lists, ownWrites } = this.parts;
    const { deadline, share, lastEventId } = bounds;
    const execution = {
      task,
      way,
      deadline,
      share,
      lastEventId,
      lists,
      client,
      ownWrites,
      named: new Set<string>(),
    };
    return new Context(services, caller, language, execution);
  }

  /** The document stage, in the turn of the caller. */
  async #checkedInTurn(asked: GraphQLRequest, { task }: Visit): Promise<CheckedOperation | RefusedOperation> {
    const { documents, services } = this.parts;
    await turns.yield(task, documents.known(asked.query) ? KNOWN_DOCUMENT_MS : NEW_DOCUMENT_MS);
    return checkedOperation(documents, asked, services.limits.maxCost);
  }

  /** Returns a cached answer as the outcome of a request, with the warnings that apply now. */
  #again(kept: CachedAnswer, asked: GraphQLRequest): Answered {
    const { documents, services } = this.parts;
    const known = documents.known(asked.query);
    const question = known && questionOf(known, asked);
    const warnings = storeWarnings(services);
    if (!asked.wantsCost) return { answer: answerAgain(kept, warnings), question };
    const { maxCost } = services.limits;
    const operation = checkedOperation(documents, asked, maxCost);
    const cost = 'errors' in operation ? undefined : costIn(operation, maxCost);
    return { answer: answerAgain(kept, { ...warnings, ...(cost && { cost }) }), question };
  }
}

const SUBSCRIPTIONS =
  'This is a subscription: send it over WebSocket to /graphql (graphql-transport-ws), or as server-sent events to /graphql/stream.';
const NO_SUBSCRIPTION = 'This address serves subscriptions only: send queries and mutations to /graphql.';

function visibleTo({ caller: { principal }, language }: Visit): Visible {
  return { role: principal.role, scope: principal.scope, language };
}

/** Runs a long-lived operation that counts for its caller until it ends. @throws GraphQLError RATE_LIMITED */
async function countedRequest(budget: Budget, { budgetKey }: Visit, open: () => Promise<void>): Promise<void> {
  const leave = budget.operation(budgetKey);
  try {
    await open();
  } finally {
    leave();
  }
}

function refusedRequest(answer: GraphQLAnswer): Answered {
  return { answer, question: undefined };
}
