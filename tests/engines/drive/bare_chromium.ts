// Chromium with nobody listening in: playwright keeps every answer of the network, in the memory of the page that is measured.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags, chromiumPath } from '../../../scripts/chromium.mjs';
import { until } from '../../support/api_site.ts';
import { startProgram } from './processes.ts';
import { type Command, connect } from './socket.ts';

export interface BareChromium {
  readonly browser: Command;
  readonly page: Command;
  evaluate(expression: string): Promise<unknown>;
  close(): void;
}

export async function startBareChromium(url: string): Promise<BareChromium> {
  const profile = mkdtempSync(join(tmpdir(), 'ziffer-chromium-'));
  const program = startProgram(chromiumPath()!, [
    ...chromiumFlags,
    '--headless',
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
  ]);
  const address = await program.said(/DevTools listening on ws:\/\/(\S+)/);
  const [host] = address.split('/');
  const opened = await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' });
  const { webSocketDebuggerUrl } = (await opened.json()) as { webSocketDebuggerUrl: string };
  const page = await connect(webSocketDebuggerUrl);
  await page('Page.navigate', { url });
  const loaded = `location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`;
  const there = () =>
    page('Runtime.evaluate', { expression: loaded }).then(({ result }) => result.value === true);
  await until(() => there().catch(() => false));
  return {
    browser: await connect(`ws://${address}`),
    page,
    async evaluate(expression) {
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await page('Runtime.evaluate', options);
      if (exceptionDetails) throw new Error(`in the page: ${JSON.stringify(exceptionDetails)}`);
      return result.value;
    },
    close() {
      program.end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
