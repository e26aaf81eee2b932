/** A to-do list on the engine of Letopis: its history can be read, proved, and counted in a read model. */
import {
  bodyOf,
  defineReadModel,
  defineStream,
  type EnginePlaces,
  eventTypes,
  foldingOf,
  openEngine,
  ProjectionRunner,
  projection,
  readModels,
  type StateOf,
  type StreamChange,
  StreamHandler,
  supervise,
  systemClock,
  transparencyLog,
} from '../../src/engine/index.js';

/** Who gives commands, and how they are refused. */
interface Todo {
  readonly principal: {
    readonly id: string;
    readonly role: 'owner';
    readonly post: null;
    readonly organisation: null;
    readonly name: string;
  };
  readonly basis: never;
  readonly refusal: string;
}

type TodoEvent =
  | { readonly type: 'TaskAdded'; readonly data: { readonly task: string } }
  | { readonly type: 'TaskDone'; readonly data: { readonly task: string } };

type TodoCommand = { readonly type: 'add' | 'finish'; readonly task: string };

interface List {
  readonly status: 'STARTED';
  /** Tasks, with whether each is done. */
  readonly tasks: ReadonlyMap<string, boolean>;
}

const tasksOf = (list: StateOf<List>) => (list.status === 'ABSENT' ? new Map<string, boolean>() : list.tasks);

const lists = defineStream<Todo, List, TodoEvent, TodoEvent, TodoCommand>({
  prefix: 'list-',
  types: eventTypes<TodoEvent, 'owner', never>({ TaskAdded: [], TaskDone: [] }, 'the to-do list'),
  isOfStream: (event): event is TodoEvent => event.type === 'TaskAdded' || event.type === 'TaskDone',
  evolve: (list, { type, data }) => ({
    status: 'STARTED',
    tasks: new Map(tasksOf(list)).set(data.task, type === 'TaskDone'),
  }),
  decide(list, { command: { type, task } }) {
    const isDone = tasksOf(list).get(task);
    if (type === 'add') {
      if (isDone !== undefined) return { kind: 'refused', refusal: `«${task}» is on the list already` };
      return { kind: 'accepted', events: [{ type: 'TaskAdded', data: { task } }] };
    }
    if (isDone === undefined) return { kind: 'refused', refusal: `there is no «${task}»` };
    if (isDone) return { kind: 'refused', refusal: `«${task}» is done already` };
    return { kind: 'accepted', events: [{ type: 'TaskDone', data: { task } }] };
  },
  refuse: ({ kind }) => kind,
});

/** What the read model shows of a list. */
export interface ListBody {
  readonly open: readonly string[];
  readonly done: number;
}

type Change = StreamChange<Todo, List, TodoEvent>;

const listModel = defineReadModel<ListBody, Change, Change>(
  { name: 'lists', version: 1, fields: { open: 'number' }, indexes: [['open']] },
  ({ id }) => [
    {
      id,
      view({ after }) {
        const open = [...after.tasks].flatMap(([task, isDone]) => (isDone ? [] : [task]));
        return { fields: { open: open.length }, body: { open, done: after.tasks.size - open.length } };
      },
    },
  ],
);

const models = readModels({
  folding: foldingOf(lists),
  streams: { streamPrefixes: ['list-'] },
  firstTypes: ['TaskAdded'],
  isReadable: ({ schemaVersion }) => schemaVersion === 1,
  projections: [projection(listModel)],
});

/** Opens the to-do lists. `owner`: who gives all commands. */
export async function openTodo(places: EnginePlaces, owner: string) {
  const { events, eventLog, documents, vault, close } = await openEngine(places);
  const handler = new StreamHandler(lists, { store: events, vault, clock: systemClock });
  const runner = new ProjectionRunner(models, events, documents, places.log);
  const log = transparencyLog(events, eventLog, vault);
  const signing = supervise({ name: 'signing', every: 100, run: async () => void (await log.sign()) }, places);
  await runner.start();
  const principal = { id: 'owner', role: 'owner', post: null, organisation: null, name: owner } as const;
  return {
    key: log.key,
    /** Gives a command. With a `commandId` it may be repeated. */
    give(id: string, command: TodoCommand, commandId: string | null = null) {
      const rest = { expectedRevision: null, reason: null, basis: null, effectiveOn: null };
      return handler.handle({ ...rest, id, principal, commandId, payload: { ...command }, command: () => command });
    },
    /** Returns a list as the read model has it, after all that was recorded until now. */
    async list(id: string): Promise<ListBody | undefined> {
      await runner.waitFor(await events.head(), 10_000);
      const [found] = await documents.get(runner.live(listModel.spec), [id]);
      return found && bodyOf(listModel, found);
    },
    /** Returns who did what on a list. */
    async history(id: string): Promise<string[]> {
      const recorded = (await events.readStream(lists.stream(id))).map(lists.read);
      await vault.learn(recorded);
      return recorded.map(({ event, actor }) => `${vault.open(actor.name)}: ${event.type} ${event.data.task}`);
    },
    prove: (id: string) => log.prove(lists.stream(id)),
    async close() {
      await signing.stop();
      await runner.stop();
      await close();
    },
  };
}
