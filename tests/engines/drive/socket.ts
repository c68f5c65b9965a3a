// A WebSocket of commands and answers, as WebDriver BiDi and Chromium's DevTools protocol have them.
import WebSocket from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: each command of the protocols has an answer of its own.
export type Command = (method: string, params?: object) => Promise<any>;

interface Answer {
  id: number;
  result?: unknown;
  /** BiDi's is a code beside a message, DevTools' an object. */
  error?: unknown;
  message?: string;
}

export async function connect(url: string): Promise<Command> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  await new Promise((open, failed) => socket.once('open', open).once('error', failed));
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = nextId++;
      waiting.set(id, ({ result, error, message }) => {
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${message ?? JSON.stringify(error)}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}
