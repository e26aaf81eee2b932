let explorerPage: Promise<string> | undefined;

/**
 * Returns the page of GraphiQL, which loads nothing from other servers. The module is large, so it is imported on first
 * use.
 */
export function explorer(): Promise<string> {
  explorerPage ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
    renderGraphiQL({
      title: 'Летопись',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      // The explorer works with the key that is put into it, never with the session of the page.
      credentials: 'omit',
      headers: '{ "Authorization": "Bearer KEY" }',
      defaultQuery:
        '# Вставьте ключ, напечатанный при запуске, в «Headers» /\n# put the key printed at start into «Headers»\n{ plans { nodes { id title status } } }\n',
    }),
  );
  return explorerPage;
}
