/** The style of the elements of the explorer around GraphiQL. */
export const EXPLORER_STYLE = `
body { display: flex; flex-direction: column; height: 100vh; font: 15px system-ui, sans-serif; }
#root { flex: 1; min-height: 0; }
#root > .graphiql-container { height: 100%; width: 100%; }
#access { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 8px 12px;
  color: #1c2330; background: #eef1f6; border-bottom: 1px solid #c5ccd8; }
#access input { flex: 0 1 28em; min-width: 12em; padding: 6px 8px; font: inherit; border: 1px solid #5d687a; border-radius: 4px; }
#access button { padding: 6px 14px; font: inherit; color: #fff; background: #1f4f8f; border: 0; border-radius: 4px; cursor: pointer; }
#access .failed { color: #a3131f; }
`;
