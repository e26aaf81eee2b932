import { createHash } from 'node:crypto';
import { EXPLORER_SCRIPT, WORKER_SCRIPT } from './script.js';
import { EXPLORER_STYLE } from './style.js';

/** The page of the explorer and its content security policy. */
export interface ExplorerPage {
  readonly html: string;
  readonly policy: string;
}

let explorerPage: Promise<ExplorerPage> | undefined;

/**
 * Returns the explorer: GraphiQL with a field for the key above it. It loads nothing from other servers. GraphiQL is
 * large, so its module is imported on first use.
 */
export function explorer(): Promise<ExplorerPage> {
  explorerPage ??= import('@graphql-yoga/render-graphiql/graphiql').then(builtExplorer);
  return explorerPage;
}

function builtExplorer(graphiql: typeof import('@graphql-yoga/render-graphiql/graphiql')): ExplorerPage {
  const { css, favicon, js, editorWorkerService, graphqlWorker, jsonWorker } = graphiql;
  const workers = inScript(JSON.stringify({ editorWorkerService, graphql: graphqlWorker, json: jsonWorker }));
  const script = `const WORKERS = ${workers};\n${WORKER_SCRIPT}${inScript(js)};\n${EXPLORER_SCRIPT}`;
  const html = `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Летопись: GraphQL</title>
<link rel="icon" href="${favicon}">
<style>${css}${EXPLORER_STYLE}</style>
</head>
<body>
<header>
<form id="access">
<label for="key"></label>
<input id="key" type="password" autocomplete="current-password" spellcheck="false">
<button type="submit"></button>
<output id="state" for="key"></output>
</form>
</header>
<main id="root"></main>
<script>${script}</script>
</body>
</html>
`;
  return { html, policy: policyOf(script) };
}

/** Returns JavaScript that is safe in an HTML page: it does not contain the end tag of its element. */
function inScript(source: string): string {
  return source.replaceAll('</script', '<\\/script');
}

/**
 * Returns the content security policy of the page: connections to this server only, so that no script sends the key
 * elsewhere.
 */
function policyOf(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    ...["default-src 'none'", `script-src 'sha256-${hash}'`, 'worker-src blob:', "style-src 'unsafe-inline'"],
    ...['img-src data:', 'font-src data:', "connect-src 'self'"],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; ');
}
