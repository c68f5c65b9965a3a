// Firefox over WebDriver BiDi, which it speaks itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, WINDOW } from './engine.ts';
import { dragActions } from './pointer.ts';
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
  async function script(context: string, expression: string): Promise<unknown> {
    const { type, result, exceptionDetails } = await bidi('script.evaluate', {
      // BiDi's own forms of values are many; JSON is one.
      expression: `(async () => JSON.stringify({ value: await ${expression} }))()`,
      target: { context },
      awaitPromise: true,
    });
    if (type === 'exception') throw new Error(`in the page: ${exceptionDetails.text}`);
    return JSON.parse(result.value).value;
  }

  /** A frame of another origin may still be the empty document that was there before it, though its page is complete. */
  async function frame(depth: number): Promise<string> {
    for (;;) {
      const tree = await bidi('browsingContext.getTree', { root: window.context });
      let at: Context | undefined = tree.contexts[0];
      for (let i = 0; i < depth; i++) at = at?.children?.[0];
      if (at && (await script(at.context, 'location.href')) !== 'about:blank') return at.context;
      await new Promise((again) => setTimeout(again, 50));
    }
  }

  return {
    title: `Firefox ${capabilities.browserVersion}`,
    goto: async (url) =>
      void (await bidi('browsingContext.navigate', {
        context: window.context,
        url,
        wait: 'complete',
      })),
    async evaluate(expression, depth) {
      const context = await frame(depth);
      return script(context, expression);
    },
    drag: async (points) =>
      void (await bidi('input.performActions', {
        context: window.context,
        actions: [dragActions(points)],
      })),
    async close() {
      await bidi('browser.close', {});
      program.end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
