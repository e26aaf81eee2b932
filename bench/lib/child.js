import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The flags with which `npm start` runs the server, so that all contenders have the same memory. */
export const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=32', '--max-old-space-size=768'];

/**
 * Starts a script of this directory in a separate process, so that the client takes no processor time from the server.
 *
 * @param flags further flags of Node.
 * @returns `told`, the first message of the script; `ask`, which sends a message and returns the reply; `close`.
 */
export async function child(script, argv, flags = []) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const forked = fork(path, argv, { execArgv: [...FLAGS, ...flags] });
  const waiting = [];
  let problem;
  const next = () =>
    new Promise((resolve, reject) => {
      if (problem) reject(problem);
      else waiting.push({ resolve, reject });
    });
  forked.on('message', (message) => waiting.shift()?.resolve(message));
  const gone = new Promise((resolve) => {
    forked.on('exit', (code, signal) => {
      problem = new Error(`${script} ${argv[0]} ended with ${signal ?? code}`);
      for (const { reject } of waiting.splice(0)) reject(problem);
      resolve();
    });
  });
  return {
    told: await next(),
    ask(message) {
      const answer = next();
      forked.send(message);
      return answer;
    },
    async close() {
      if (forked.connected) forked.disconnect();
      await gone;
    },
  };
}

/**
 * The counterpart in the child process: sends the first message, and replies to messages in order.
 *
 * @param answers a function for each `ask` name of a message; it receives the whole message.
 * @param close called when the parent disconnects, for any reason.
 */
export function answering(told, answers, close) {
  let turn = Promise.resolve();
  process.on('message', (message) => {
    turn = turn.then(async () => process.send((await answers[message.ask](message)) ?? {}));
  });
  process.on('disconnect', async () => {
    await close();
    process.exit();
  });
  process.send(told);
}
