let page: Promise<string> | undefined;

/** GraphiQL from this server alone; loaded at its first use, since it is large. */
export function explorer(): Promise<string> {
  page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) =>
    renderGraphiQL({
      title: 'Летопись',
      endpoint: '/graphql',
      subscriptionsProtocol: 'WS',
      headers: '{ "Authorization": "Bearer KEY" }',
      defaultQuery:
        '# Вставьте ключ, напечатанный при запуске, в «Headers» /\n# put the key printed at start into «Headers»\n{ plans { nodes { id title status } } }\n',
    }),
  );
  return page;
}
