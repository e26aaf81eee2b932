/** Starts the workers of the editor from `WORKERS`. The editor reads this when it is loaded. */
export const WORKER_SCRIPT = `
self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => URL.createObjectURL(new Blob([WORKERS[label]], { type: 'text/javascript' })),
};
`;

/**
 * The script of the explorer, which runs in the browser after GraphiQL and its workers are defined.
 *
 * Queries, mutations and subscriptions are all sent by `fetch` without credentials, with the key of the field if there
 * is one. So the browser does not add the session of the web page to them, as it would to a WebSocket. The key is
 * stored only in the memory of the page.
 */
export const EXPLORER_SCRIPT = String.raw`
{
  const TEXTS = {
    ru: {
      title: 'Летопись', label: 'Ключ доступа', apply: 'Применить', good: 'Ключ принят', none: 'Без ключа',
      UNAUTHENTICATED: 'Введите ключ: без него сервер не отвечает', INVALID_KEY: 'Ключ неизвестен, истёк или отозван',
      lost: 'Соединение оборвалось: запустите подписку снова', query: 'Ключ доступа — в поле наверху',
    },
    en: {
      title: 'Letopis', label: 'API key', apply: 'Apply', good: 'The key is accepted', none: 'Without a key',
      UNAUTHENTICATED: 'Enter a key: the server does not answer without one',
      INVALID_KEY: 'The key is unknown, expired or revoked',
      lost: 'The connection was lost: subscribe again', query: 'The key goes into the field above',
    },
  };
  const language = navigator.language.startsWith('en') ? 'en' : 'ru';
  const texts = TEXTS[language];
  const [form, field, state] = ['access', 'key', 'state'].map((id) => document.getElementById(id));
  document.documentElement.lang = language;
  form.querySelector('label').textContent = texts.label;
  form.querySelector('button').textContent = texts.apply;
  let key = '';

  function send(address, params, accept, signal) {
    const headers = { accept, 'content-type': 'application/json' };
    if (key !== '') headers.authorization = 'Bearer ' + key;
    return fetch(address, { method: 'POST', credentials: 'omit', headers, body: JSON.stringify(params), signal });
  }

  async function ask(params) {
    const asked = key;
    const answer = await (await send('/graphql', params, 'application/json')).json();
    if (params.operationName === 'IntrospectionQuery' && asked === key) showState(answer.errors?.[0]);
    return answer;
  }

  /** Shows whether the schema could be read with the key, and why not. */
  function showState(error) {
    state.className = error ? 'failed' : '';
    if (error) state.textContent = texts[error.extensions?.code] ?? error.message;
    else state.textContent = key === '' ? texts.none : texts.good;
  }

  /** Returns the results of a subscription. Ending the iteration closes the connection. */
  function subscribe(params) {
    const ended = new AbortController();
    const results = resultsOf(params, ended.signal);
    return {
      [Symbol.asyncIterator]() { return this; },
      next: () => results.next(),
      return() { ended.abort(); return results.return(); },
    };
  }

  async function* resultsOf(params, signal) {
    try {
      const response = await send('/graphql/stream', params, 'text/event-stream', signal);
      if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
        yield await response.json();
        return;
      }
      let text = '';
      for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        const events = (text + value).split('\n\n');
        text = events.pop();
        for (const event of events) {
          const lines = event.split('\n');
          if (lines.includes('event: complete')) return;
          const data = lines.find((line) => line.startsWith('data: '));
          if (data) yield JSON.parse(data.slice('data: '.length));
        }
      }
      throw new Error(texts.lost);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  function isSubscription({ operationName }, document) {
    const operations = (document?.definitions ?? []).filter(({ kind }) => kind === 'OperationDefinition');
    const asked = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
    return asked?.operation === 'subscription';
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    key = field.value.trim().replace(/^Bearer\s+/i, '');
    // The shortcut by which GraphiQL reads the schema again.
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'R', ctrlKey: true, shiftKey: true }));
  });

  YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
    title: texts.title,
    fetcher: (params, { documentAST } = {}) => (isSubscription(params, documentAST) ? subscribe(params) : ask(params)),
    // A key belongs into the field above: headers would be stored in the browser, and subscriptions would not send
    // them.
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
    defaultQuery: '# ' + texts.query + '\n{ plans { nodes { id title status } } }\n',
  });
}
`;
