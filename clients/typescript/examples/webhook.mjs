// Prints each change that Letopis sends to a webhook: WEBHOOK_SECRETS=whsec_… node examples/webhook.mjs 8080
// While the secret is rotated, WEBHOOK_SECRETS has the new and the old one, with a space between.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { verifyWebhook } from 'letopis-client';

const secrets = (process.env.WEBHOOK_SECRETS ?? '').split(' ');
const handled = new Set(); // Keep this in your database: a delivery may come twice.

const server = createServer(async (request, response) => {
  try {
    const event = verifyWebhook({ body: await buffer(request), headers: request.headers, secrets });
    if (!handled.has(event.id)) process.stdout.write(`${JSON.stringify(event)}\n`);
    handled.add(event.id);
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400).end(error.message);
  }
});
server.listen(Number(process.argv[2] ?? 8080));
