import type { Logger } from 'pino';
import { Authentication } from '../access/authentication.js';
import { oidcVerifier } from '../access/oidc.js';
import { ADMINISTRATOR, ANYBODY } from '../access/principals.js';
import { SessionEndings } from '../access/sessionEndings.js';
import { type SignInProvider, signInProvider } from '../access/signInProvider.js';
import { identityLookup } from '../application/access.js';
import { fromStore } from '../domain/recorded.js';
import { type OnClose, openedWhole } from '../engine/closing.js';
import { type EventStore, START, type StoredEvent } from '../engine/eventstore/port.js';
import { httpServer } from '../graphql/server.js';
import { serveAdmin } from './admin/server.js';
import type { AdministratorKey } from './administratorKey.js';
import { type Letopis, openLetopis } from './compose.js';
import type { Config } from './config.js';
import { holdPlace, orCannotListen } from './listening.js';
import { persistedDocuments } from './persisted.js';
import { Readiness } from './readiness.js';
import { provideSample } from './sample.js';
import { administratorCode } from './signInCodes.js';

/** A running server. */
export interface Served {
  readonly address: string;
  readonly administratorKey: AdministratorKey;
  /** Returns a new one-time code that signs the administrator in. */
  readonly signInCode: () => Promise<string>;
  /** Stops the server. Resolves after commands in flight are finished and subscriptions are closed. */
  close(): Promise<void>;
}

const READY_MS = 60_000;

/** Number of events of the sample plan after `provideSample`. */
const SAMPLE_EVENTS = 21;

/**
 * Binds the listening address, opens the data directory, imports the sample into an empty chronicle, and serves.
 *
 * @param prepare work that is to be done before the server answers.
 */
export async function serve(
  config: Config,
  log: Logger,
  prepare?: (letopis: Letopis) => Promise<void>,
): Promise<Served> {
  if (config.LETOPIS_FAST_LANE !== undefined) {
    log.warn('LETOPIS_FAST_LANE has no meaning any more: every query is answered in one way. Leave it out.');
  }
  const place = { host: config.LETOPIS_HOST, port: config.LETOPIS_PORT };
  return openedWhole(async (onClose) => {
    const held = await holdPlace(place);
    onClose(() => held.release());
    const letopis = await openLetopis(config, log);
    onClose(() => letopis.close());
    const { services, metrics, watcher, deliverer } = letopis;
    const { events, runner } = services;
    const administratorKey = await letopis.administratorKey();
    const authentication = authenticationOf(letopis, config, administratorKey, onClose);
    const serves = { api: config.LETOPIS_ROLES.has('api'), traced: letopis.tracing !== undefined };
    if (serves.api && config.LETOPIS_SAMPLE === 'on' && (await sampleIsDue(events))) {
      await provideSample(letopis);
    }
    await prepare?.(letopis);
    const head = await events.head();
    const readiness = new Readiness(events, runner, head);
    onClose(() => readiness.close());
    if (letopis.isShared) readiness.watch();
    const persisted = await persistedDocuments(config.LETOPIS_DOCUMENTS);
    const app = await httpServer({
      services,
      authentication,
      log,
      readiness,
      metrics,
      serves,
      persisted,
      provider: signInProviderOf(config),
    });
    onClose(() => app.close());
    letopis.tracing?.traceRequests(app);
    await held.release();
    const address = await orCannotListen(place, () => app.listen(place));
    await runner.catchUp(head, READY_MS);
    watcher.start();
    deliverer.start();
    if (serves.api) {
      // Read the state once, so that there is a last known state when an engine does not answer.
      services.logState().catch(() => undefined);
      services.facts
        .warm()
        .catch((error: unknown) =>
          log.debug({ err: error }, 'the figures could not be computed in advance: the first query computes them'),
        );
    }
    const admin = await serveAdmin(letopis);
    onClose(() => admin.close());
    return { address, administratorKey, signInCode: () => administratorCode(letopis) };
  });
}

/** Returns the OpenID provider for signing in on the web page; undefined when none is configured. */
function signInProviderOf(config: Config): SignInProvider | undefined {
  const { LETOPIS_OIDC_ISSUER: issuer, LETOPIS_OIDC_CLIENT_ID: clientId } = config;
  const clientSecret = config.LETOPIS_OIDC_CLIENT_SECRET;
  return issuer !== undefined && clientId !== undefined
    ? signInProvider({ issuer, clientId, clientSecret })
    : undefined;
}

/** Returns the authentication of callers by API keys, tokens of the OpenID issuer, and sessions of the web page. */
function authenticationOf(
  { services, directory, sessions, metrics, log }: Letopis,
  config: Config,
  administratorKey: AdministratorKey,
  onClose: OnClose,
): Authentication {
  const endings = new SessionEndings({ sessions, clock: services.clock, log, observer: metrics });
  onClose(() => endings.close());
  return new Authentication({
    directory,
    administrator: { token: administratorKey.token, principal: ADMINISTRATOR },
    anybody: config.LETOPIS_PUBLIC === 'on' ? ANYBODY : undefined,
    identities: config.LETOPIS_OIDC_ISSUER
      ? oidcVerifier({ issuer: config.LETOPIS_OIDC_ISSUER, audience: config.LETOPIS_OIDC_AUDIENCE })
      : undefined,
    lookupOf: (issuer, subject) => identityLookup(services.vault, issuer, subject),
    sessions,
    endings,
    uses: services.uses,
    clock: services.clock,
    unnoted: services.unnoted,
  });
}

/** Returns true for an empty chronicle, and for one that holds nothing but an interrupted import of the sample. */
async function sampleIsDue(events: EventStore): Promise<boolean> {
  // Nothing is added to a damaged chronicle.
  if (events.damage().length > 0) return false;
  if ((await events.head()) === START) return true;
  const { events: first, caughtUp } = await events.readAll({ after: START, limit: SAMPLE_EVENTS + 1 });
  return caughtUp && first.every(isOfSample);
}

/** An event that cannot be read is not part of the sample. The check of the chronicle reports its stream as damaged. */
function isOfSample(event: StoredEvent): boolean {
  try {
    return fromStore(event).commandId === 'sample-import';
  } catch {
    return false;
  }
}
