// Firefox over WebDriver BiDi, which it speaks itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, WINDOW } from './engine.ts';
import { dragActions, keyActions } from './pointer.ts';
import { startProgram } from './processes.ts';
import { connect } from './socket.ts';

interface Context {
  context: string;
  children?: Context[];
}

export async function startFirefox(): Promise<Engine> {
  const profile = mkdtempSync(join(tmpdir(), 'ziffer-firefox-'));
  const program = startProgram(
    'firefox-esr',
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
    // Someone else's home, under sudo, would make it refuse.
    { HOME: profile },
  );
  const bidi = await connect(
    `${await program.said(/WebDriver BiDi listening on (ws:\S+)/)}/session`,
  );
  const { capabilities } = await bidi('session.new', { capabilities: {} });
  const { contexts } = await bidi('browsingContext.getTree', {});
  const window = contexts[0] as Context;
  await bidi('browsingContext.setViewport', { context: window.context, viewport: WINDOW });
  const act = async (actions: object) =>
    void (await bidi('input.performActions', { context: window.context, actions: [actions] }));
  return {
    title: `Firefox ${capabilities.browserVersion}`,
    goto: async (url) =>
      void (await bidi('browsingContext.navigate', {
        context: window.context,
        url,
        wait: 'complete',
      })),
    async evaluate(expression, depth) {
      const tree = await bidi('browsingContext.getTree', { root: window.context });
      let { context, children } = tree.contexts[0] as Context;
      for (let i = 0; i < depth; i++) ({ context, children } = children![0]!);
      const { type, result, exceptionDetails } = await bidi('script.evaluate', {
        // BiDi's own forms of values are many; JSON is one.
        expression: `(async () => JSON.stringify({ value: await ${expression} }))()`,
        target: { context },
        awaitPromise: true,
      });
      if (type === 'exception') throw new Error(`in the page: ${exceptionDetails.text}`);
      return JSON.parse(result.value).value;
    },
    drag: (points) => act(dragActions(points)),
    press: (key) => act(keyActions(key)),
    async close() {
      await bidi('browser.close', {});
      program.end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
