// `npm start`: sets up, builds and serves the lab on http://localhost:8080/, or on PORT.
import { buildSite, dist } from './build.mjs';
import { main } from './command.mjs';
import { serve } from './serve.mjs';
import { setUp } from './setup.mjs';

await main(async () => {
  await setUp();
  await buildSite();
  const { url } = await serve(dist, {
    port: Number(process.env.PORT ?? 8080),
    host: process.env.HOST,
  });
  console.log(`\nZiffer is at ${url} (Ctrl+C ends it)`);
});
